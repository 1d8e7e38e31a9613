"""A web process stays light: what only workers need is not imported by any page or handler."""

import os
import subprocess
import sys

HEAVY = (
    "numpy",
    "scipy",
    "pandas",
    "label_studio_sdk",
    "pyarrow",
    "spacy",
    "PIL",
    "pypdfium2",
    "httpx",
    "boto3",
    "storages",
)
PROGRAM = f"""
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_web_process_imports_neither_numpy_nor_scipy_nor_the_sdk() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == []
