from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Listen to what allauth tells, and to new connections to the database; read what may be called."""
        from core import account_trail, regexes, turns  # the models have to be there first
        from core.outbound import allowed

        account_trail.connect()
        turns.connect()
        regexes.connect()
        allowed.entries()  # a wrong entry stops the start, not a call at night
