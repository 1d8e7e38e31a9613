"""The items of a project: a list to filter, and one item with everything that happened to it."""

from typing import Any

from django.http import HttpResponse

from annotation.judges import judges_of
from annotation.models import Item
from annotation.models.item import ItemState
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.projects.item_people import people_of
from annotation.web.projects.item_story import story
from annotation.web.sentences import blocked
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.paging import keyset


@in_project(Capability.SEE_WORK)
def items(here: Here) -> HttpResponse:
    """`?state=`, `?language=`, `?batch=` filter; `?after=` turns the page."""
    asked = here.request.GET
    found = Item.objects.filter(project=here.project, control=False).with_state().select_related("batch")
    if asked.get("state") in ItemState.values:
        found = found.filter(state=asked["state"])
    if asked.get("language"):
        found = found.filter(language=asked["language"])
    if asked.get("batch"):
        found = found.filter(batch__uid=asked["batch"])
    page = keyset(here.request, found, newest_first=False)
    schema = here.project.schemas.first()
    parsed = schema.parsed if schema else {"questions": [], "fields": []}
    return here.render(
        "projects/items.html",
        {
            "page": page,
            "rows": [_row(item, parsed) for item in page.rows],
            "states": ItemState.choices,
            "languages": _languages(here),
            "batches": here.project.batches.order_by("-pk")[:200],
        },
    )


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
    sees = _may_see_answers(here, found)
    context: dict[str, Any] = {
        "item": found,
        "state": ItemState(found.state),
        "blocked": blocked(found.blocked) if found.blocked else "",
        "language_name": language_name(found.language),
        "story": story(found, here.project.schemas.first(), answers=sees),
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


def _may_see_answers(here: Here, item: Item) -> bool:
    """Who may still label or adjudicate it stays blind until it is settled, also as a lead."""
    sways = here.can(Capability.LABEL) or here.can(Capability.ADJUDICATE)
    return item.settled_at is not None or not sways
