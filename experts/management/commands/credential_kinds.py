"""`manage.py credential_kinds FILE`: add or update kinds of credentials from a JSON file, all of them or none."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from experts import well_known
from experts.jurisdictions import JURISDICTIONS
from experts.kind_rows import problems
from experts.models import Category, CredentialKind, Sector


class Command(BaseCommand):
    help = "Add or update kinds of credentials from a JSON file (a list of objects; see docs/run.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = self._rows(options["file"])
        with transaction.atomic():
            sectors = set(Sector.objects.values_list("key", flat=True))
            wrong = [
                f"row {at}: {problem}"
                for at, row in enumerate(rows, 1)
                for problem in problems(
                    row, sectors=sectors, categories=Category.values, places=JURISDICTIONS
                )
            ]
            if wrong:
                raise CommandError("nothing was stored.\n" + "\n".join(wrong))
            stored = well_known.load_kinds(rows, Sector, CredentialKind)
        self.stdout.write(f"{stored} kinds stored")

    @staticmethod
    def _rows(file: Path) -> list[Any]:
        try:
            rows = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        if not isinstance(rows, list):
            raise CommandError(f"{file}: this is not a list")
        return rows
