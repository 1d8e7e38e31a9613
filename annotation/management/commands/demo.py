"""`manage.py demo`: the living example, seeded once, and Assay running on it."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.supervisor import CannotStart, Options, run
from demo.seed import PASSWORD, logins, seed


class Command(BaseCommand):
    requires_system_checks: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Seed the living example once, then run Assay on it.")  # argparse wants text

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, seed what is missing, print the logins, run until Ctrl-C."""
        try:
            run(settings.ASSAY_HOME, Options.from_environment(), before=self._prepare)
        except CannotStart as error:
            raise CommandError(str(error)) from error

    def _prepare(self) -> None:
        """Once folder and port are held, and before anything starts."""
        call_command("migrate", verbosity=0, interactive=False)
        seeded = settings.ASSAY_HOME / "seeded"
        if not seeded.exists():
            began = time.monotonic()
            self._say("Seeding the living example:")
            seed(lambda line: self._say(f"  {line}"))
            seeded.touch()
            self._say(f"Seeded in {time.monotonic() - began:.0f} s.")
        self._say("")
        for role, name, email in logins():
            self._say(f"  {role:<12} {email:<28} {name}")
        self._say(f"  The password of each is: {PASSWORD}")
        self._say("")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
