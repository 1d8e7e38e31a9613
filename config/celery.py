"""The Celery application: a doorbell for jobs that stand in the database (see `core/jobs.py`)."""

import gc
import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("assay")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["annotation"])


@worker_init.connect
def share(**_told: Any) -> None:
    """Load what jobs need before the worker's processes part, so that they share it."""
    import_module("annotation.work")
    gc.collect()
    gc.freeze()
