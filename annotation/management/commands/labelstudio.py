"""`manage.py labelstudio pull|push|import|export|round-trip`: in and out of Label Studio."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.api.label_studio.export_shape import Wanted, exported
from annotation.formats.label_studio_export import FORMATS, UnknownFormat, export_format
from annotation.management.alone import alone
from annotation.management.commands.ingest import find_project
from annotation.management.meter import Meter
from annotation.management.progress import acting_person, finish, work_here
from annotation.management.receiving import receiving
from annotation.management.round_trip import exports_in, round_trip, table
from annotation.models import Project
from annotation.models.opening import ROUTE
from annotation.scripted.exchange.files import bring_file
from annotation.scripted.exchange.pull import Progress, Pull
from annotation.scripted.exchange.push import Push
from annotation.scripted.exchange.report import Report
from annotation.studio.projects import parsed_of
from core import jobs
from core.models import Job, Organisation, User
from core.outbound.refusing import AddressRefused, AnswerTooLarge
from core.outbound.target import read
from core.refusals import Refusal
from core.roles import Capability

LARGEST = 250 * 1024 * 1024


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Carry projects in from Label Studio, and out to it.")  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        by = {"metavar": "EMAIL", "help": _("whom the audit trail names (an owner by default)")}
        acts = parser.add_subparsers(dest="act", required=True)
        pull = acts.add_parser("pull", help=_("bring projects in from a running server"))
        pull.add_argument("url")
        pull.add_argument("token")
        pull.add_argument("projects", nargs="*", type=int, help=_("their numbers there (all by default)"))
        pull.add_argument(
            "--organisation",
            metavar="ID",
            help=_("whose they will be: its id or name (the only one by default)"),
        )
        pull.add_argument("--by", metavar=by["metavar"], help=by["help"])
        push = acts.add_parser("push", help=_("take projects out to a running server"))
        push.add_argument("url")
        push.add_argument("token")
        push.add_argument("projects", nargs="+", help=_("the project's id or name"))
        push.add_argument("--by", metavar=by["metavar"], help=by["help"])
        for online in (pull, push):
            online.add_argument(
                "--allow",
                action="append",
                default=[],
                metavar="HOST[:PORT]",
                help=_("call this host although its address is private"),
            )
        bring = acts.add_parser("import", help=_("bring JSON exports in"))
        bring.add_argument("files", nargs="+", type=Path)
        bring.add_argument("--project", required=True, help=_("the project's id or name"))
        bring.add_argument("--by", metavar=by["metavar"], help=by["help"])
        for inward in (pull, bring):
            inward.add_argument(
                "--authors",
                choices=["add", "refuse"],
                default="add",
                help=_("authors who are nobody here: make accounts that cannot log in, or refuse"),
            )
        out = acts.add_parser("export", help=_("write a project to a file"))
        out.add_argument("project", help=_("the project's id or name"))
        out.add_argument("file", type=Path)
        out.add_argument("--format", default="JSON", help=", ".join(one.name for one in FORMATS))
        out.add_argument("--answered", action="store_true", help=_("only items that have answers"))
        trip = acts.add_parser("round-trip", help=_("bring exports in and out again, compare, keep nothing"))
        trip.add_argument("paths", nargs="+", type=Path, help=_("JSON exports, or folders of them"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell what was carried and what was not. What is refused as a whole: exit status 1."""
        work_here()
        acts = {
            "pull": self._pull,
            "push": self._push,
            "import": self._import,
            "export": self._export,
            "round-trip": self._round_trip,
        }
        try:
            acts[options["act"]](options)
        except AddressRefused as refusal:
            raise CommandError(f"{refusal.sentence} {_advice(options['url'])}".rstrip()) from refusal
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.advice}") from refusal
        except OSError as error:
            raise CommandError(str(error)) from error

    def _pull(self, options: dict[str, Any]) -> None:
        organisation, by = receiving(options["organisation"], options["by"])
        with self._reporting() as report, _server(options) as (server, address):
            pull = Pull(
                server=server,
                address=address,
                place=urlsplit(address).hostname or "server.invalid",
                organisation=organisation,
                by=by,
                report=report,
                refuse=options["authors"] == "refuse",
            )
            for told in pull.wanted(options["projects"]):
                try:
                    project = pull.project(told)
                except Refusal as refusal:
                    report.lose("refused", f"projects[{told['id']}]: {refusal.sentence}")
                    continue
                open_items(project)
                with self._meter(project.name) as progress:
                    pull.items(project, told["id"], progress)
                open_items(project)
                self.stdout.write(f"{told['id']} → {project.uid} {project.name}")

    def _push(self, options: dict[str, Any]) -> None:
        from annotation.formats.label_studio.sdk import ServerRefused

        with self._reporting() as report, _server(options) as (server, address):
            for name in options["projects"]:
                project = find_project(name)
                by = acting_person(project, options["by"], Capability.LEAD_PROJECT)
                push = Push(
                    server=server,
                    address=address,
                    project=project,
                    by=by,
                    report=report,
                    refused=ServerRefused,
                )
                number = push.founded()
                with self._meter(project.name) as progress:
                    push.items(number, progress)
                self.stdout.write(f"{project.uid} {project.name} → {number}")

    def _import(self, options: dict[str, Any]) -> None:
        project = find_project(options["project"])
        by = acting_person(project, options["by"], Capability.LEAD_PROJECT)
        open_items(project)
        with self._reporting() as report:
            for path in options["files"]:
                with self._meter(path.name) as progress:
                    bring_file(
                        project=project,
                        by=by,
                        name=path.name,
                        content=path.read_bytes(),
                        report=report,
                        refuse=options["authors"] == "refuse",
                        progress=progress,
                    )
                open_items(project)

    def _export(self, options: dict[str, Any]) -> None:
        project = find_project(options["project"])
        try:
            form = export_format(options["format"])
        except UnknownFormat as error:
            raise CommandError(str(error)) from error
        source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
        wanted = Wanted(answered_only=options["answered"], authors_whole=True)
        with options["file"].open("wb") as file:
            for chunk in form.write(exported(project, wanted), parsed_of(source), timezone.now()):
                file.write(chunk)

    def _round_trip(self, options: dict[str, Any]) -> None:
        paths = [one for path in options["paths"] for one in (exports_in(path) if path.is_dir() else [path])]
        trips = []
        for path in paths:
            with transaction.atomic():
                by = User.objects.create_user("round-trip@nobody.invalid", None, is_active=False)
                home = Organisation.objects.create(name="round trip", default_licence="CC0-1.0")
                trips.append(round_trip(path.name, path.read_bytes(), home, by))
                transaction.set_rollback(True)
        self.stdout.write("\n".join(table(trips)))
        if any(trip.losses for trip in trips):
            raise CommandError("; ".join(f"{trip.name}: {place}" for trip in trips for place in trip.losses))

    @contextmanager
    def _reporting(self) -> Iterator[Report]:
        """Tells what was carried at the end, whatever the end was."""
        report = Report()
        try:
            yield report
        finally:
            for line in report.lines():
                self.stdout.write(line)
            if not report.carried:
                self.stdout.write(_("Nothing was carried."))

    @contextmanager
    def _meter(self, what: str) -> Iterator[Progress]:
        with Meter(self.stderr, what) as meter:
            yield lambda _name, seen, total: meter.show(seen / max(total, 1))


def _advice(url: str) -> str:
    """How an address that is one may be called all the same."""
    try:
        target = read(url)
    except AddressRefused:
        return ""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return _("Add --allow %(place)s if it is the server that you mean.") % {"place": f"{host}:{target.port}"}


def open_items(project: Project) -> None:
    """Look at what came in and open it for work, here and now."""
    waiting = Job.objects.filter(kind=ROUTE, project_id=project.pk, state__in=jobs.UNFINISHED)
    for job in waiting.order_by("pk"):
        finish(job)


@contextmanager
def _server(options: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The running server through its client, past the guard; and its address as it is remembered. One run at a time."""
    import httpx

    from annotation.formats.label_studio.sdk import Server, ServerRefused
    from core.outbound.transport import GuardedTransport, Limits

    settings.ASSAY_OUTBOUND_ALLOW = [*settings.ASSAY_OUTBOUND_ALLOW, *options["allow"]]
    read(options["url"])
    address = options["url"].rstrip("/")
    transport = GuardedTransport(Limits(connect=10, total=300, size=LARGEST))
    try:
        with alone(address), httpx.Client(transport=transport, trust_env=False, timeout=300) as client:
            yield Server(address, options["token"], client), address
    except AnswerTooLarge as error:
        words = _("The server %(url)s: an answer is larger than %(most)s bytes.")
        raise CommandError(words % {"url": address, "most": LARGEST}) from error
    except (httpx.HTTPError, ServerRefused) as error:
        raise CommandError(_("The server %(url)s: %(said)s") % {"url": address, "said": error}) from error
