"""The queue, the import and the release, in one process on a fresh SQLite file: `python -m benchmarks.work`."""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Prepare the environment, then measure: settings are read at the first import of Django."""
    home = Path(tempfile.mkdtemp(prefix="assay-bench-"))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        ASSAY_HOME=str(home),
        DATABASE_URL=f"sqlite:///{home / 'assay.sqlite3'}",
        SECRET_KEY=secrets.token_hex(32),
        CELERY_BROKER_URL="memory://",
        ASSAY_FAST_PASSWORDS="true",
        LOG_LEVEL="ERROR",
    )
    try:
        _measure()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from core import jobs

    jobs.on_ring(lambda *_: None)  # there is no worker: this process does what is owed

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from benchmarks import flow, queue, rubric

    table = rubric.Table(sys.stdout)
    queue.measure(table)
    flow.measure(table)


if __name__ == "__main__":
    main()
