"""`manage.py signing_key ORGANISATION`: print the public keys that its releases are verified with; make another one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from core import signing
from core.models import Organisation
from core.refusals import Refusal


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Print an organisation's signing keys; the first one is made if there is none.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help=_("the organisation's id or name"))
        parser.add_argument(
            "--rotate", action="store_true", help=_("retire the current key and make another one")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each key on a line: its state, its id, its public part. Checks that the current one can be opened.

        One that was encrypted under an older SECRET_KEY is encrypted anew.
        """
        organisation = _find(options["organisation"])
        try:
            if options["rotate"]:
                signing.rotate_key(organisation=organisation, by=None)
            else:
                signing.open_key(signing.current_key(organisation))
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.advice}") from refusal
        for key in signing.keys_of(organisation).iterator():
            state = _("retired") if key.retired_at else _("current")
            self.stdout.write(f"{state}\t{key.key_id}\t{key.public}")


def _find(name: str) -> Organisation:
    found = list(Organisation.objects.filter(Q(uid=name) | Q(name=name))[:2])
    if len(found) != 1:
        words = (
            _("Several organisations are called “%(name)s”: give the id.")
            if found
            else _("No organisation has the id or name “%(name)s”.")
        )
        raise CommandError(words % {"name": name})
    return found[0]
