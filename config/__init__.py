"""How Assay is put together: settings, routes, WSGI, Celery."""

from config.celery import app as celery_app  # `shared_task` finds its broker through this

__all__ = ["celery_app"]
