"""How Assay is put together: settings, routes, WSGI, Celery."""
