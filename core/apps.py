from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Listen to what allauth tells, and to new connections to the database."""
        from core import account_trail, turns  # the models have to be there first

        account_trail.connect()
        turns.connect()
