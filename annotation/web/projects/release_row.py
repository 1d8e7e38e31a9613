"""The rows of a release, and the lineage of one: who answered, when, under which guideline, and how it was settled."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path

from annotation.models import ReleaseMember
from annotation.models.gold import HowSettled
from annotation.models.release_lineage import Answer, Label, lineage
from annotation.models.release_proof import proof_of
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.projects.release_frame import load_proved, splits_of, tabs_of
from annotation.web.values import Values
from core.roles import Capability
from core.web.paging import keyset


@dataclass(frozen=True)
class Settled:
    """One gold label in words."""

    title: str
    value: str
    how: str
    label: Label
    soft: list[tuple[str, float]]
    dissent: list[tuple[str, str]]


@dataclass(frozen=True)
class Given:
    """One answer in words."""

    answer: Answer
    values: list[tuple[str, str]]


@in_project(Capability.SEE_WORK)
def rows(here: Here, release: str) -> HttpResponse:
    """`?split=` filters, `?after=` turns the page."""
    found = load_proved(here, release)
    members = ReleaseMember.objects.filter(release=found).select_related("item")
    split = here.request.GET.get("split", "")
    if split in found.splits["rows"]:
        members = members.filter(split=split)
    page = keyset(here.request, members, newest_first=False)
    parsed = found.label_schema.parsed
    told = [(row, Values(parsed, row.item.data).excerpt()) for row in page.rows]
    context = {"release": found, "tabs": tabs_of(here, found), "page": page, "rows": told, "split": split}
    context["splits"] = splits_of(found)
    return here.render("projects/release_rows.html", context)


@in_project(Capability.SEE_WORK)
def row(here: Here, release: str, item: str) -> HttpResponse:
    """One row with everything that it came from."""
    found = load_proved(here, release)
    whole = lineage(found, item)
    values = Values(found.label_schema.parsed, whole.item.data)

    def order(one: Label) -> int:
        """As they are asked; what is asked no more comes last."""
        key = one.said.question
        return values.keys.index(key) if key in values.keys else len(values.keys)

    context: dict[str, Any] = {
        "release": found,
        "tabs": tabs_of(here, found),
        "whole": whole,
        "texts": values.texts,
        "language_name": language_name(whole.row.language),
        "labels": [_settled(one, values) for one in sorted(whole.labels, key=order)],
        "answers": [_given(one, values) for one in whole.answers],
    }
    return here.render("projects/release_row.html", context)


def _settled(label: Label, values: Values) -> Settled:
    said = label.said
    soft = said.soft.distribution if said.soft else ()
    return Settled(
        title=values.title(said.question),
        value=values.show(said.question, said.value),
        how=str(HowSettled(said.how).label),
        label=label,
        soft=[(values.show(said.question, value), 100 * share) for value, share in soft],
        dissent=[(one.annotator, values.show(said.question, one.value)) for one in said.dissent],
    )


def _given(answer: Answer, values: Values) -> Given:
    said = answer.said.values
    return Given(answer, [(values.title(key), values.show(key, said.get(key))) for key in values.keys])


@in_project(Capability.SEE_WORK)
def proof(here: Here, release: str, item: str) -> HttpResponse:
    """The proof of one row, as a file."""
    found = load_proved(here, release)
    name = f"{found.about['key']}-r{found.number}-{item}.proof.json"
    return HttpResponse(
        proof_of(found, item),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


urls = [
    path("releases/<slug:release>/rows/", rows, name="release-rows"),
    path("releases/<slug:release>/rows/<slug:item>", row, name="release-row"),
    path("releases/<slug:release>/rows/<slug:item>/proof", proof, name="release-proof"),
]
