"""`manage.py scratch`: a throw-away Assay for clients and load tests."""

import subprocess
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.scratch import begun, make_people, scratch_environment, serve, stopped_by_signals
from core.supervisor import CannotStart
from core.supervisor.guard import listen


class Command(BaseCommand):
    """Starts Assay as in production on a fresh database, prints where and with which keys, and removes it all."""

    requires_system_checks: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Run a throw-away Assay with five accounts, until Ctrl-C.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Port 0 takes a free one."""
        parser.add_argument("--port", type=int, default=0)
        parser.add_argument(
            "--database-url", help=_("a PostgreSQL server; a database of its own is made there")
        )
        parser.add_argument("--web", type=int, default=2, help=_("how many web processes"))
        parser.add_argument("--threads", type=int, default=8, help=_("threads of each"))
        parser.add_argument(
            "--keys", action="store_true", help=_("make the accounts in this database, no more")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Return when everything is gone."""
        if options["keys"]:
            self.stdout.write(",".join(make_people()))
            return
        try:
            with stopped_by_signals():
                listen(options["port"]).close()  # a port that is taken is told before all else is made
                with scratch_environment(options["database_url"]) as environment:
                    self._serve(environment, options)
        except CannotStart as error:
            raise CommandError(str(error)) from error

    def _serve(self, environment: dict[str, str], options: dict[str, Any]) -> None:
        self._run(environment, "migrate", "--verbosity", "0")
        self._run(environment, "collectstatic", "--noinput", "--verbosity", "0")
        first, *others = self._run(environment, "scratch", "--keys").strip().split(",")

        def ready(address: str) -> None:
            self.stdout.write(f"BASE_URL={address}\nAPI_KEY={first}\nEXTRA_API_KEYS={','.join(others)}")
            self.stdout.flush()

        web = ["--web-workers", str(options["web"]), "--web-threads", str(options["threads"])]
        serve(environment, ["--port", str(options["port"]), *web], ready)

    def _run(self, environment: dict[str, str], *command: str) -> str:
        """What it prints. Raises CannotStart where it fails, having said why."""
        with begun(*command, environment=environment, stdout=subprocess.PIPE) as child:
            said, _errors = child.communicate()
        if child.returncode:
            raise CannotStart(_("“%(command)s” has failed.") % {"command": command[0]})
        return said
