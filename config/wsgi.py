"""The WSGI entry point that gunicorn loads, once for all of its processes."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# What every process needs is loaded before they part, and looked through by no collector after: so they share it.
import_module("config.urls")
gc.collect()
gc.freeze()
