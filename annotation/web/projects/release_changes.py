"""What a release says otherwise than an earlier one: items that came, that went, and gold that changed, with why."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy

from annotation.models import GoldLabel, Release
from annotation.models.gold import HowSettled
from annotation.models.release_diff import Changed, Difference, Kind, Why, counts, differences, differing
from annotation.web.gate import Here, in_project
from annotation.web.projects.release_frame import load_published, tabs_of
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.paging import keyset

KINDS = {
    Kind.CHANGED: gettext_lazy("Gold changed"),
    Kind.ADDED: gettext_lazy("Added"),
    Kind.REMOVED: gettext_lazy("Removed"),
}
_WHY = {
    Why.SETTLED: gettext_lazy("Settled after the earlier release."),
    Why.AGAIN: gettext_lazy("Settled before; it was left out then and is in again."),
    Why.BAD: gettext_lazy("An adjudicator found that it cannot be judged."),
    Why.REOPENED: gettext_lazy("It was opened again and is not settled."),
    Why.DELETED: gettext_lazy("It was deleted."),
    Why.CONTROL: gettext_lazy("It tests people now."),
    Why.DECIDED: gettext_lazy("Settled anew."),
}


@dataclass(frozen=True)
class Told:
    """One label's change in words."""

    title: str
    before: str
    after: str
    how: str
    gold: GoldLabel | None
    same: bool


@dataclass(frozen=True)
class Line:
    """One item's change in words. `href`: its row or its page; empty where it has none any more."""

    found: Difference
    excerpt: str
    href: str
    why: str
    gold: list[Told]


@in_project(Capability.SEE_WORK)
def changes(here: Here, release: str) -> HttpResponse:
    """`?since=` names the earlier release (else the one before), `?kind=` what is listed, `?after=` turns the page."""
    later = load_published(here, release)
    others = here.project.releases.exclude(published_at=None).filter(number__lt=later.number)
    earlier = _earlier(here, list(others[:100]))
    context: dict[str, Any] = {"release": later, "tabs": tabs_of(here, later), "others": others[:100]}
    if earlier is None:
        return here.render("projects/release_changes.html", context)
    counted = counts(earlier, later)
    kind = _kind(here, counted)
    page = keyset(here.request, differing(kind, earlier, later), newest_first=False, size=25)
    lines = [_line(one, later) for one in differences(kind, earlier, page.rows)]
    kinds = [(one.value, text, counted[one.value], one is kind) for one, text in KINDS.items()]
    context |= {"earlier": earlier, "kept": counted["kept"], "kinds": kinds, "page": page, "lines": lines}
    return here.render("projects/release_changes.html", context)


def _earlier(here: Here, others: list[Release]) -> Release | None:
    wanted = here.request.GET.get("since", "")
    if not wanted:
        return others[0] if others else None
    for one in others:
        if one.uid == wanted:
            return one
    raise NotFound


def _kind(here: Here, counted: dict[str, int]) -> Kind:
    """The kind that is asked for, else the first of which there is any."""
    wanted = here.request.GET.get("kind", "")
    if wanted in list(Kind):
        return Kind(wanted)
    return next((kind for kind in KINDS if counted[kind.value]), Kind.ADDED)


def _line(found: Difference, later: Release) -> Line:
    values = Values(later.label_schema.parsed, found.item.data)
    gold = [_told(one, values) for one in found.gold]
    return Line(found, values.excerpt(), _href(found, later), str(_WHY[found.why]), gold)


def _href(found: Difference, later: Release) -> str:
    """Where the later release has a row of it there is its lineage; else the item, unless it is deleted."""
    project, item = later.project.uid, found.item
    if found.kind is not Kind.REMOVED and later.has_proof:
        return reverse("web:release-row", args=[project, later.uid, item.uid])
    return "" if item.deleted_at else reverse("web:item", args=[project, item.uid])


def _told(one: Changed, values: Values) -> Told:
    def words(label: GoldLabel | None) -> str:
        return values.show(one.question, label.value) if label else gettext("none")

    how = str(HowSettled(one.after.how).label) if one.after else ""
    return Told(values.title(one.question), words(one.before), words(one.after), how, one.after, one.same)


urls = [path("releases/<slug:release>/changes", changes, name="release-changes")]
