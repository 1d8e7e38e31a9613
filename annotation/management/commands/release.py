"""`manage.py release PROJECT`: freeze the settled items into a numbered release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.management.commands.ingest import find_project
from annotation.management.progress import acting_person, finish, work_here
from annotation.stages import release
from core.refusals import Refusal
from core.roles import Capability


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Freeze a project's settled items into an immutable release.")  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help=_("the project's id or name"))
        parser.add_argument(
            "--by", metavar="EMAIL", help=_("whom the audit trail names (an owner by default)")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the release, show progress, print where its files are and the manifest's hash."""
        project = find_project(options["project"])
        work_here()
        try:
            asked = release.request_release(
                project=project, by=acting_person(project, options["by"], Capability.LEAD_PROJECT)
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.advice}") from refusal
        finish(asked.job)
        asked.refresh_from_db()
        self.stdout.write(
            _("Release %(number)s: %(items)s items in %(folder)s")
            % {"number": asked.number, "items": asked.items, "folder": release.folder_of(asked)}
        )
        self.stdout.write(f"manifest sha256 {asked.manifest_sha256}")
