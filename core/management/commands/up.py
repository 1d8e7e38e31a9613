"""`manage.py up`: run Assay on this machine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.supervisor import CannotStart, Options, become


class Command(BaseCommand):
    """Broker, web server, worker and beat as children of one process, until Ctrl-C."""

    requires_system_checks: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _(
            "Run Assay on this machine: broker, web server, worker and beat."
        )  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The defaults come from the environment."""
        try:
            default = Options.from_environment()
        except CannotStart as error:
            raise CommandError(str(error)) from error
        parser.add_argument("--port", type=int, default=default.port)
        parser.add_argument("--web-workers", type=int, default=default.web_workers)
        parser.add_argument("--web-threads", type=int, default=default.web_threads)
        parser.add_argument("--worker-processes", type=int, default=default.worker_processes)
        parser.add_argument("--worker-nice", type=int, default=default.worker_nice)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the supervisor, which ends when everything has stopped."""
        wanted = {name: options[name] for name in Options.__annotations__}
        become("core.supervisor", str(settings.ASSAY_HOME.resolve()), json.dumps(wanted))
