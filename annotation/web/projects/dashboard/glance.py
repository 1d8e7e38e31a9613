"""The five questions of a lead, each with its answer in a figure and a sentence, and where to read on."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from annotation.models import Adjudication, Dispute, Project
from annotation.models.adjudication import Turn
from annotation.web import charts, sentences
from annotation.web.cut import cut
from annotation.web.gate import Here
from annotation.web.projects.dashboard import experts, markers, progress
from annotation.web.projects.dashboard.agreement import Measured, measured_in
from annotation.web.projects.dashboard.asked import asked_in
from annotation.web.projects.dashboard.compared import MIDDLE
from annotation.web.projects.dashboard.edges import apart
from annotation.web.projects.dashboard.few import FEW
from annotation.web.projects.dashboard.labels import pair_link
from core.roles import Capability


@dataclass(frozen=True)
class Answer:
    """`figure` is empty where there is none yet; `said` then tells what would give one."""

    key: str
    asks: str
    figure: str
    said: str
    link: str
    href: str
    weak: bool = False


def answers(here: Here) -> list[Answer]:
    """In the order in which a lead asks."""
    project = here.project
    measured = measured_in(project)
    return [
        _on_track(project),
        _agree(project, measured),
        _where_not(project, measured),
        _who(here),
        _what_to_do(project),
    ]


def _page(project: Project, section: str) -> str:
    return reverse("web:dashboard", args=[project.uid, section])


def _on_track(project: Project) -> Answer:
    found = progress.progress_of(project)
    return Answer(
        "progress",
        gettext("On track?"),
        gettext("%(share)s %% settled") % {"share": found.share} if found.whole else "",
        found.said if found.whole else gettext("There are no items yet."),
        gettext("Progress"),
        _page(project, "progress"),
    )


def _agree(project: Project, measured: list[Measured]) -> Answer:
    asks, link = gettext("Do they agree?"), gettext("Agreement")
    known = [one for one in measured if one.main.value is not None]
    if not known:
        said = (
            sentences.reason(measured[0].main.reason)
            if measured
            else gettext("No item has two answers yet: agreement needs items that two people answered.")
        )
        return Answer("agreement", asks, "", said, link, _page(project, "agreement"))
    worst = min(known, key=lambda one: one.main.value or 0.0)
    row = worst.main
    said = gettext("%(question)s: %(measure)s.") % {"question": worst.asked.title, "measure": worst.measure}
    if row.low is not None and row.high is not None:
        said += " " + gettext("The interval goes from %(low)s to %(high)s.") % {
            "low": charts.number(row.low, 2),
            "high": charts.number(row.high, 2),
        }
    if len(known) > 1:
        said += " " + gettext("No other question is lower.")
    if row.items < FEW:
        said += " " + sentences.warning({"code": "few_items", "params": {"items": row.items, "wanted": FEW}})
    few = [one for one in row.details.get("warnings", []) if one["code"] == "few_documents"]
    said += "".join(f" {sentences.warning(one)}" for one in few)
    return Answer(
        "agreement",
        asks,
        charts.number(row.value or 0.0, 2),
        said,
        link,
        _page(project, "agreement"),
        weak=row.items < FEW,
    )


def _where_not(project: Project, measured: list[Measured]) -> Answer:
    """The pair of labels that met most often, over all questions, from the confusion that is stored with alpha."""
    asks = gettext("Where not?")
    met = [(count, one, pair) for one in measured for count, pair in _apart(one.main.details)]
    differ, whole = (0, 0) if met else apart(project)
    if differ:
        figure = gettext("%(share)s %% of edges") % {"share": round(100 * differ / whole)}
        said = gettext(
            "Of %(pairs)s pairs of overlapping spans, so many begin or end at different characters."
        )
        told = said % {"pairs": charts.number(whole)}
        return Answer(
            "differences", asks, figure, told, gettext("Differences"), _page(project, "differences")
        )
    if not met:
        said = (
            gettext("No two labels are mixed up so far.")
            if any(one.main.details.get("confusion") for one in measured)
            else gettext("As soon as answers differ, the labels that are mixed up stand here.")
        )
        return Answer("differences", asks, "", said, gettext("Differences"), _page(project, "differences"))
    count, one, (first, second) = max(met, key=lambda row: row[0])
    names = gettext("%(one)s / %(two)s") % {
        "one": cut(one.asked.name(first)),
        "two": cut(one.asked.name(second)),
    }
    said = ngettext(
        "Mixed up in %(count)s pair of answers to “%(question)s”, more than any other two labels.",
        "Mixed up in %(count)s pairs of answers to “%(question)s”, more than any other two labels.",
        count,
    ) % {"count": charts.number(count), "question": one.asked.title}
    href = pair_link(project, one.asked, first, second)
    return Answer("differences", asks, names, said, gettext("See the items"), href)


def _apart(details: dict[str, Any]) -> list[tuple[int, tuple[Any, Any]]]:
    """Unordered pairs of different labels, with how many pairs of answers they made."""
    table = details.get("confusion") or {}
    labels, rows = table.get("labels", []), table.get("rows", [])
    return [
        (round((rows[i][j] + rows[j][i]) / 2), (labels[j], labels[i]))
        for i in range(len(labels))
        for j in range(i)
        if rows[i][j]
    ]


def _who(here: Here) -> Answer:
    project, asks, link = here.project, gettext("Who?"), gettext("Reliability")
    href = _page(project, "experts")
    if here.can(Capability.LABEL):
        said = gettext("Figures about people are not shown to who may label here.")
        return Answer("experts", asks, "", said, link, href)
    people = experts.people_of(project)
    asked = asked_in(project)
    found = [experts.comparison_of(people.about(one.key)) for one in asked]
    if any(one.is_spans for one in asked):
        found += [markers.comparison_of(who) for who in markers.markers_of(project).values()]
    known = [one for one in found if one.compared >= MIDDLE]
    if not known:
        count = len({row.expert_id for row in people.rows})
        figure = ngettext("%(count)s person", "%(count)s people", count) % {"count": count} if count else ""
        said = gettext("Too little is known of people to compare them.")
        return Answer("experts", asks, figure, said, link, href)
    below = sorted({str(expert) for one in known for expert in one.below})
    most = max(one.compared for one in known)
    figure = gettext("%(below)s of %(people)s below the middle") % {"below": len(below), "people": most}
    said = (
        gettext("With the whole interval: %(people)s.") % {"people": ", ".join(below[:3])}
        if below
        else gettext("No interval lies below the middle of all: a difference between people is not shown.")
    )
    return Answer("experts", asks, figure, said, link, href)


def _what_to_do(project: Project) -> Answer:
    asks = gettext("What to do?")
    decided = Adjudication.objects.filter(dispute__project=project).exclude(dispute__turn=Turn.SECOND_LOOK)
    clause = (
        decided.exclude(clause="")
        .values_list("clause")
        .annotate(n=Count("pk"))
        .order_by("-n", "clause")
        .first()
    )
    waiting = Dispute.objects.filter(project=project, closed_at=None).count()
    told = ngettext("%(count)s dispute waits", "%(count)s disputes wait", waiting) % {"count": waiting}
    href = _page(project, "todo")
    if clause is None:
        said = gettext("No decision has named a clause yet.")
        return Answer("todo", asks, told if waiting else "", said, gettext("What to do"), href)
    said = gettext("It is behind most decisions: an example there saves most. %(told)s.") % {"told": told}
    figure = gettext("Clause %(clause)s") % {"clause": clause[0]}
    return Answer("todo", asks, figure, said, gettext("What to do"), href)
