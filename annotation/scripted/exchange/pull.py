"""Bring projects in from a running server: what is new there or has changed, page by page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction

from annotation.formats.messages import FormatError
from annotation.formats.text import find_unstorable
from annotation.models import Project, StudioTwin, TwinKind
from annotation.refuse import refusal
from annotation.scripted.exchange.change import keep_page
from annotation.scripted.exchange.keep import Inward
from annotation.scripted.exchange.people import People
from annotation.scripted.exchange.report import Report
from annotation.scripted.exchange.words import digest
from annotation.scripted.projects import change_project, create_project
from annotation.studio.projects import OPTIONS, project_json
from core.models import Organisation, User
from core.refusals import InvalidInput

PAGE = 100
_SECRET = {"task_data_login", "task_data_password"}
_SETTINGS = (
    "title",
    "description",
    "label_config",
    "expert_instruction",
    "maximum_annotations",
    "show_collab_predictions",
    *(name for name in OPTIONS if name not in _SECRET and name != "expert_instruction"),
)
Progress = Callable[[str, int, int], None]
"""Told of a project's name, how many of its items were seen, and how many there are."""


class There(Protocol):
    """What is asked of the other server (`formats.label_studio.sdk.Server`)."""

    def get(self, path: str, **params: Any) -> Any: ...
    def users(self) -> dict[int, dict[str, Any]]: ...
    def projects(self) -> Iterable[dict[str, Any]]: ...
    def tasks(self, project: int, page: int, size: int) -> tuple[list[dict[str, Any]], int]: ...


def settings_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a project is there, without its secrets and its counters."""
    return {name: told[name] for name in _SETTINGS if told.get(name) is not None}


class Pull:
    """One pull. `address` names the server in what is remembered, `place` is its host; `refuse` unknown authors."""

    def __init__(
        self,
        *,
        server: There,
        address: str,
        place: str,
        organisation: Organisation,
        by: User,
        report: Report,
        refuse: bool = False,
    ) -> None:
        self._server, self._address, self._place = server, address, place
        self._organisation, self._by, self._report, self._refuse = organisation, by, report, refuse
        self._users = server.users()

    def wanted(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """The projects of these numbers there; all of them where none is named."""
        asked = list(numbers)
        if asked:
            return [self._server.get(f"api/projects/{number}/") for number in asked]
        return sorted(self._server.projects(), key=lambda one: int(one["id"]))

    @transaction.atomic
    def project(self, told: Mapping[str, Any]) -> Project:
        """The project here: founded, changed to what it is there, or as it stands. Raises InvalidConfig and others."""
        Organisation.objects.select_for_update(no_key=True).get(pk=self._organisation.pk)
        given = settings_of(told)
        if found := find_unstorable(given):
            raise refusal(FormatError(found[0], where=f"projects[{told['id']}].{found[1]}"), InvalidInput)
        twin = (
            StudioTwin.objects.filter(
                project__organisation=self._organisation,
                server=self._address,
                outward=False,
                kind=TwinKind.PROJECT,
                theirs=told["id"],
            )
            .select_related("project__organisation", "project__sector", "project__studio")
            .first()
        )
        if twin is None:
            project = create_project(organisation=self._organisation, by=self._by, given=given)
            twin = StudioTwin(
                project=project,
                server=self._address,
                kind=TwinKind.PROJECT,
                theirs=told["id"],
                ours=project.pk,
            )
            self._report.carried["projects"] += 1
        elif twin.digest != digest(given):
            source = twin.project.schemas.order_by("-version").values_list("source", flat=True)[0]
            now = project_json(twin.project, source, None)
            new = {name: value for name, value in given.items() if now.get(name) != value}
            change_project(project=twin.project, by=self._by, given=new)
            self._report.carried["projects_changed"] += 1
        twin.digest = digest(given)
        twin.save()
        return twin.project

    def items(self, project: Project, number: int, progress: Progress) -> None:
        """Its tasks with all that hangs on them. A killed pull goes on where it was: what came is passed over."""
        way = self._way(project)
        page, seen, total = 1, 0, 1
        while seen < total:
            tasks, total = self._server.tasks(number, page, PAGE)
            if not tasks:
                break
            keep_page(way, tasks)
            page, seen = page + 1, seen + len(tasks)
            progress(project.name, seen, total)

    def _way(self, project: Project) -> Inward:
        people = People(
            project=project,
            by=self._by,
            report=self._report,
            users=self._users,
            place=self._place,
            refuse=self._refuse,
        )
        return Inward(project, self._by, self._address, people, self._report, self._address)
