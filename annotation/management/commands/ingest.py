"""`manage.py ingest PROJECT FILE`: the same import as the project page's upload."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from annotation.management.progress import acting_person, finish, work_here
from annotation.models import Item, Project
from annotation.models.batch import Duplicates, WrittenBy
from annotation.models.opening import ROUTE
from annotation.problems import sentence
from annotation.stages import ingest
from core import jobs
from core.models import Job
from core.refusals import Refusal
from core.roles import Capability

SHOWN = 20


def find_project(name: str) -> Project:
    """The project with that id or exact name; raises CommandError."""
    found = list(
        Project.objects.select_related("organisation", "sector").filter(Q(uid=name) | Q(name=name))[:2]
    )
    if len(found) != 1:
        words = (
            _("No project has the id or name “%(name)s”.")
            if not found
            else _("Several projects are called “%(name)s”: give the id.")
        )
        raise CommandError(words % {"name": name})
    return found[0]


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Import a JSONL, JSON, CSV or TSV file into a project.")  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help=_("the project's id or name"))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by", metavar="EMAIL", help=_("whom the audit trail names (an owner by default)")
        )
        parser.add_argument("--source", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--rights", default="", help=_("a statement of the right to use the texts"))
        parser.add_argument("--language", default="")
        parser.add_argument(
            "--written-by",
            dest="written_by",
            choices=WrittenBy.values,
            default="",
            help=_("who wrote the texts"),
        )
        parser.add_argument("--duplicates", choices=Duplicates.values, default=Duplicates.SKIP)
        parser.add_argument(
            "--deidentified", default="", metavar="STATEMENT", help=_("how the texts were de-identified")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, show progress, list the first bad rows; exit status 1 when the import cannot begin or end."""
        project = find_project(options["project"])
        path: Path = options["file"]
        work_here()
        try:
            with path.open("rb") as file:
                batch = ingest.begin_batch(
                    project=project,
                    by=acting_person(project, options["by"], Capability.BRING_BATCHES),
                    file=File(file, name=path.name),
                    name=path.name,
                    deidentified_statement=options["deidentified"],
                    **{
                        key: options[key]
                        for key in ("source", "licence", "rights", "language", "duplicates", "written_by")
                    },
                )
        except OSError as error:
            raise CommandError(str(error)) from error
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.advice}") from refusal
        finish(batch.job)
        for route in Job.objects.filter(kind=ROUTE, args__batch=batch.pk, state__in=jobs.UNFINISHED).order_by(
            "pk"
        ):
            finish(route)
        batch.refresh_from_db()
        for problem in batch.problems.order_by("offset")[:SHOWN]:
            self.stderr.write(f"{path.name}:{problem.line}: {sentence(problem.code, problem.params)}")
        blocked = Item.objects.filter(batch=batch).exclude(blocked="").count()
        self.stdout.write(
            _("Batch %(id)s: %(stored)s stored, %(repeated)s repeated, %(bad)s bad, %(blocked)s blocked.")
            % {
                "id": batch.uid,
                "stored": batch.items_stored,
                "repeated": batch.items_repeated,
                "bad": batch.rows_bad,
                "blocked": blocked,
            }
        )
