"""The editor's stories as a site on the loopback address."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from tools.steps import ROOT, call

ASSETS = "/api/v1/assets/"


class _Handler(SimpleHTTPRequestHandler):
    """Files of the build; assets, whose addresses have no ending, by the ending that the build gave them."""

    def translate_path(self, path: str) -> str:
        plain = urlsplit(path).path
        if plain.startswith(ASSETS):
            plain += ".json" if plain.endswith("/text") else ".svg"
        return super().translate_path(plain)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Say nothing: the command prints what it makes."""


@contextmanager
def served() -> Iterator[str]:
    """Build the stories into a folder that is gone afterwards, and serve them: the site's address."""
    with tempfile.TemporaryDirectory(prefix="assay-stories-") as folder:
        call(
            "npx", "vite", "build", "--config", "dev/vite.config.ts", "--outDir", folder, "--emptyOutDir",
            "--logLevel", "error",
            cwd=ROOT / "frontend",
        )  # fmt: skip
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(Path(folder))))
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
