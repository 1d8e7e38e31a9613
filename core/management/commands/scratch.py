"""`manage.py scratch`: a throw-away Assay for clients and load tests."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.keys import show_legacy_key
from core.models import User
from core.organisations import create_organisation, grant
from core.roles import Role
from core.supervisor import become

PEOPLE = ("owner", "first", "second", "third", "fourth")
RIGHTS = "Made for a test; nobody's."


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
        """Become `core/scratch.py`, which ends when everything is gone; it calls this again for the people."""
        if options["keys"]:
            self.stdout.write(",".join(_make_people()))
            return
        wanted = {"port": options["port"], "web_workers": options["web"], "web_threads": options["threads"]}
        become("core.scratch", json.dumps(wanted), options["database_url"] or "")


def _make_people() -> list[str]:
    """An organisation with an owner and four annotators; their keys, the owner's first. Run in the scratch database."""
    people = [User.objects.create_user(f"{name}@scratch.example", None, name=name.title()) for name in PEOPLE]
    owner, *others = people
    house = create_organisation(name="Scratch", by=owner, default_rights=RIGHTS)
    for one in others:
        grant(user=one, organisation=house, role=Role.ANNOTATOR, by=owner)
    return [show_legacy_key(user=one) for one in people]
