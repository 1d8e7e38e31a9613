"""The page that is measured: built by Vite from the editor's sources, served on this machine."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import ARGUMENTS

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's browser, as the tests start it. Raises LookupError where there is none."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not executable:
        raise LookupError("No chromium here: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Requests are not told."""


@contextmanager
def served(works: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Build the page, put the works beside it as `<name>.json`, and give its address."""
    with TemporaryDirectory(prefix="assay-editor-") as folder:
        built = Path(folder) / "built"
        subprocess.run(
            [
                "npx",
                "vite",
                "build",
                "dev/bench",
                "--outDir",
                str(built),
                "--base",
                "./",
                "--logLevel",
                "error",
            ],
            cwd=FRONTEND,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        for name, work in works.items():
            (built / f"{name}.json").write_text(json.dumps(work, ensure_ascii=False), encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built)))
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/index.html"
        finally:
            server.shutdown()
            server.server_close()
