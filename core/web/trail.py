"""The audit trail as a page: filtered, newest first, by keyset."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date

from core.models import AuditEvent, User
from core.roles import Capability
from core.web import trail_words
from core.web.gate import Inside, in_organisation
from core.web.paging import Page, keyset


@dataclass(frozen=True)
class Line:
    """One event and who did it; the address is empty when it was not kept or was erased."""

    event: AuditEvent
    actor: User | None
    address: str

    @property
    def what(self) -> str:
        """What was done, in the reader's language."""
        return trail_words.action(self.event.action)

    @property
    def kind(self) -> str:
        """To what it was done, in the reader's language."""
        return trail_words.kind(self.event.object_kind)

    @property
    def changes(self) -> list[tuple[str, str]]:
        """As pairs, empty ones left out. (A template would take a key called “items” for the method.)"""
        changed = sorted(self.event.changes.items())
        return [(key, _plain(value)) for key, value in changed if value not in ("", None, [], {})]


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class Trail:
    """What the page shows: lines, the pages beside them, the kinds of action (code, words) and people to filter by."""

    page: Page[AuditEvent]
    lines: list[Line]
    actions: list[tuple[str, str]]
    people: list[User]


@in_organisation(Capability.SEE_AUDIT)
def organisation_trail(inside: Inside) -> HttpResponse:
    """Everything that happened in the organisation."""
    events = AuditEvent.objects.filter(organisation_id=inside.organisation.pk)
    return inside.render("organisations/audit.html", {"trail": trail(inside.request, events)})


def trail(request: HttpRequest, events: QuerySet[AuditEvent]) -> Trail:
    """The part of the events that the query string asks for (`action`, `person`, `day`)."""
    people = list(
        User.objects.filter(pk__in=events.exclude(actor_id=None).values("actor_id")).order_by("name", "email")
    )
    codes = events.order_by("action").values_list("action", flat=True).distinct()
    actions = [(code, trail_words.action(code)) for code in codes]
    found = keyset(request, _filtered(request, events, people).select_related("address"))
    return Trail(found, list(_lines(found.rows, people)), actions, people)


def _filtered(
    request: HttpRequest, events: QuerySet[AuditEvent], people: Iterable[User]
) -> QuerySet[AuditEvent]:
    if action := request.GET.get("action"):
        events = events.filter(action=action)
    if uid := request.GET.get("person"):
        events = events.filter(actor_id__in=[user.pk for user in people if user.uid == uid])
    if day := _day(request.GET.get("day", "")):
        events = events.filter(at__date=day)
    return events


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _lines(events: Iterable[AuditEvent], people: Iterable[User]) -> Iterable[Line]:
    by_id = {user.pk: user for user in people}
    for event in events:
        kept = getattr(event, "address", None)
        yield Line(event, by_id.get(event.actor_id or 0), kept.address if kept else "")
