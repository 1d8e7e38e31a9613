from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    name = "annotation"

    def ready(self) -> None:
        """Give jobs their doorbell: `core` knows no Celery."""
        from annotation import tasks
        from core import jobs

        jobs.on_ring(tasks.ring)
