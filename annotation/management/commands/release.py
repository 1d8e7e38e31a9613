"""`manage.py release PROJECT`: freeze the settled items into a numbered release, if its gate lets it through."""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.formats.messages_gate import NAMES
from annotation.formats.release.gate import code_of, failed, unwaived
from annotation.management.commands.ingest import find_project
from annotation.management.progress import acting_person, finish, work_here
from annotation.models import Release
from annotation.models.release_outlook import preview
from annotation.problems import sentence
from annotation.stages import release
from annotation.stages.release import gating
from core.models import User
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
        parser.add_argument(
            "--format",
            metavar="KEY",
            action="append",
            dest="formats",
            help=_("a format it holds beside the record; may be given more than once"),
        )
        parser.add_argument("--licence", default="", help=_("its licence (the policy's by default)"))
        parser.add_argument("--files", action="store_true", help=_("hold the files that items show too"))
        parser.add_argument(
            "--waive",
            metavar="CHECK=REASON",
            action="append",
            default=[],
            help=_("publish although this check fails, and print why in the card"),
        )
        parser.add_argument(
            "--gate", action="store_true", help=_("only list the checks, as far as they are known before")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the release, show progress, list its checks, print where its files are and the manifest's hash.

        Raises CommandError when it is held.
        """
        project = find_project(options["project"])
        by = acting_person(project, options["by"], Capability.LEAD_PROJECT)
        if options["gate"]:
            self._list(preview(project, options["licence"]), set())
            return
        waivers = _waivers(options["waive"])
        work_here()
        try:
            made = release.request_release(
                project=project,
                by=by,
                files=options["files"],
                formats=options["formats"],
                licence=options["licence"],
            )
            finish(made.job)
            self._through(made, waivers, by)
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.advice}") from refusal
        self.stdout.write(
            _("Release %(number)s: %(items)s items in %(folder)s")
            % {"number": made.number, "items": made.items, "folder": release.folder_of(made)}
        )
        self.stdout.write(f"manifest sha256 {made.manifest_sha256}")

    def _through(self, made: Release, waivers: Mapping[str, str], by: User) -> None:
        """Through the gate: waive what failed and has a reason, and go on. A check that passed needs no waiver."""
        made.refresh_from_db()
        needed = [check for check in failed(made.gate) if check in waivers]
        self._list(made.gate, set(needed))
        if missing := unwaived(made.gate, needed):
            raise CommandError(
                _("Release %(number)s is held: %(checks)s. Waive each with --waive CHECK=REASON, or mend it.")
                % {"number": made.number, "checks": ", ".join(missing)}
            )
        for check in needed:
            gating.waive(release=made, check=check, reason=waivers[check], by=by)
        if needed:
            finish(made.job)
            made.refresh_from_db()

    def _list(self, checks: Iterable[Mapping[str, Any]], waived: set[str]) -> None:
        for one in checks:
            state = _state(one, waived)
            self.stdout.write(f"{state:<8} {one['check']:<12} {_(NAMES[one['check']])}: {_said(one)}")


def _state(one: Mapping[str, Any], waived: set[str]) -> str:
    if one["check"] in waived:
        return _("waived")
    if not one["asked"]:
        return "-"
    return "?" if one["passed"] is None else _("pass") if one["passed"] else _("FAIL")


def _said(one: Mapping[str, Any]) -> str:
    return sentence(code_of(one), one["params"])


def _waivers(given: list[str]) -> dict[str, str]:
    """Check -> reason. Raises CommandError for what is not written like this or names no check."""
    found: dict[str, str] = {}
    for text in given:
        check, _sign, reason = text.partition("=")
        if check not in NAMES or len(reason.strip()) < gating.LEAST_REASON:
            raise CommandError(
                _(
                    "--waive takes CHECK=REASON, with a reason of at least %(least)s characters and one of: %(known)s"
                )
                % {"least": gating.LEAST_REASON, "known": ", ".join(NAMES)}
            )
        found[check] = reason
    return found
