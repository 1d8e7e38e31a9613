from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Listen to what allauth tells."""
        from core import account_trail  # the models have to be there first

        account_trail.connect()
