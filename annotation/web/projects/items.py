"""The items of a project: a list to filter, and one item with everything that happened to it."""

from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from annotation.answers_payload import answers_of_item
from annotation.judges import judges_of
from annotation.models import Item
from annotation.models.blind import sees_answers
from annotation.models.item import ItemState
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.projects.behind import behind, page_of, said_of
from annotation.web.projects.dashboard.todo import said_in_words
from annotation.web.projects.item_people import people_of
from annotation.web.projects.item_story import story
from annotation.web.projects.quality import flags_of, seems_to_be
from annotation.web.sentences import blocked
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.csv_lines import download

_BEHIND = ("question", "pair", "label", "week", "guideline", "least", "most", "expert", "clause")


@in_project(Capability.SEE_WORK)
def items(here: Here) -> HttpResponse:
    """`?state=`, `?language=`, `?batch=` filter, and what `behind` knows; `?after=` turns the page."""
    found = behind(here)
    page = page_of(here, found)
    schema = here.project.schemas.first()
    parsed = schema.parsed if schema else {"questions": [], "fields": []}
    said = {
        pk: said_in_words(found.asked, row.said)
        for pk, row in said_of(found, page.rows).items()
        if found.asked
    }
    return here.render(
        "projects/items.html",
        {
            "page": page,
            "rows": [(*_row(item, parsed), said.get(item.pk, "")) for item in page.rows],
            "found": found,
            "kept": [
                (key, value) for key, values in here.request.GET.lists() if key in _BEHIND for value in values
            ],
            "query": here.request.GET.urlencode(),
            "states": ItemState.choices,
            "languages": _languages(here),
            "batches": here.project.batches.order_by("-pk")[:200],
        },
    )


@in_project(Capability.SEE_WORK)
def items_csv(here: Here) -> StreamingHttpResponse:
    """The same items as a file, all of them, in their own order."""
    found = behind(here)
    rows = found.items.order_by("pk").values_list("uid", "batch__name", "line", "state", "filled", "overlap")
    head = [("item", "batch", "line", "state", "answers", "wanted")]
    return download(f"{here.project.uid}-items", chain(head, rows.iterator(chunk_size=2000)))


def _row(item: Any, parsed: dict[str, Any]) -> tuple[Any, str, ItemState, str]:
    return item, Values(parsed, item.data).excerpt(), ItemState(item.state), blocked(item.blocked)


def _languages(here: Here) -> list[tuple[str, str]]:
    """Those of the project and its batches, not of every item: a row that names another one is found by its batch."""
    codes = {here.project.language, *here.project.batches.order_by().values_list("language", flat=True)}
    return [(code, language_name(code)) for code in sorted(codes) if code]


@in_project(Capability.SEE_WORK)
def item(here: Here, item: str) -> HttpResponse:
    """Its text, its way so far, and the answers once they can no longer sway anybody."""
    rows = Item.objects.filter(project=here.project, uid=item).with_state()
    found = rows.select_related("batch", "lane", "project__organisation", "project__sector").first()
    if found is None:
        raise NotFound
    sways = here.can(Capability.LABEL) or here.can(Capability.ADJUDICATE)
    sees = sees_answers(found, sways=sways)
    schema = here.project.schemas.first()
    context: dict[str, Any] = {
        "item": found,
        "state": ItemState(found.state),
        "blocked": blocked(found.blocked) if found.blocked else "",
        "language_name": language_name(found.language),
        "flags": flags_of(found),
        "seems_to_be": seems_to_be(found),
        "story": story(found, schema, answers=sees),
        "answers": answers_of_item(found, schema, answers=sees) if schema else None,
        "people": people_of(found) if sees and here.can(Capability.LEAD_PROJECT) else None,
    }
    return here.render("projects/item.html", context)


@in_project(Capability.LEAD_PROJECT)
def judges(here: Here, item: str) -> HttpResponse:
    """Who may judge it, and every reason why the others may not."""
    found = Item.objects.filter(project=here.project, uid=item).select_related("project").first()
    if found is None:
        raise NotFound
    asked, more = judges_of(found)
    return here.render("projects/item_judges.html", {"item": found, "judges": asked, "more": more})
