"""The Celery application: a doorbell for jobs that stand in the database (see `core/jobs.py`)."""

import gc
import os
import sys
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("assay")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["annotation"])
# Celery would close a worker's connection to the database before and after every job: half of what a small one costs.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize


@task_prerun.connect
@task_postrun.connect
def keep_usable(**_told: Any) -> None:
    """Close connections that broke or are too old, as a web process does around each request."""
    from django.db import close_old_connections

    close_old_connections()


@worker_init.connect
def share(**_told: Any) -> None:
    """Load what jobs need before the worker's processes part, so that they share it."""
    import_module("annotation.work")
    gc.collect()
    gc.freeze()
