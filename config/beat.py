"""Celery beat by itself: it sends two names by a clock, and needs nothing else of Assay, nor Django's memory.

`python -m config.beat FILE` (its notebook) is `celery -A config.beat beat` without the memory of Celery's command line.
"""

import os
import sys

from celery import Celery
from celery.apps.beat import Beat

from config.schedule import BROKER_TRANSPORT_OPTIONS, DEFAULT_BROKER, SCHEDULE

app = Celery("assay", fixups=[], set_as_current=False)
app.conf.update(
    broker_url=os.environ.get("CELERY_BROKER_URL", DEFAULT_BROKER),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options=BROKER_TRANSPORT_OPTIONS,
    task_ignore_result=True,
    timezone="UTC",
    beat_schedule=SCHEDULE,
)

if __name__ == "__main__":
    Beat(app=app, schedule=sys.argv[1], quiet=True, loglevel="WARNING").run()
