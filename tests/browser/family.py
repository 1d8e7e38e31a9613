"""A project for one family of tags, and its stored answer in Label Studio's shape."""

import json
from typing import Any

from playwright.sync_api import Page

from annotation.formats.label_studio_result import to_label_studio
from annotation.formats.labelling_config import parse_config
from tests.browser.people import come_in, start_labelling
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.label_studio import complaints
from tests.support.stack import Stack


def family(stack: Stack, title: str, config: str, *rows: dict[str, Any]) -> Effort:
    """A project with one annotator, "ann", and these items."""
    effort = Effort(
        stack,
        Founding(
            title=title,
            sector="legal",
            people={"ann": "annotator"},
            config=config,
            settings={"overlap": 1, "lease_minutes": 30},
        ),
    )
    if rows:
        effort.upload("items.jsonl", rows, source="Written for the tests")
    return effort


def open_first(page: Page, effort: Effort) -> None:
    """The annotator's desk with the first item on it."""
    come_in(page, effort, "ann")
    start_labelling(page, effort)


def submitted(effort: Effort) -> list[dict[str, Any]]:
    """The last answer that was submitted, as Label Studio would write it; its SDK must take it."""
    sql = """SELECT v.result, i.data FROM annotation_annotationversion v
        JOIN annotation_annotation a ON a.id = v.annotation_id
        JOIN annotation_item i ON i.id = a.item_id
        JOIN experts_expert e ON e.id = a.expert_id
        JOIN core_user u ON u.id = e.user_id
        WHERE u.email = ? ORDER BY v.id DESC LIMIT 1"""
    email = effort.founding.address("ann")
    # The next item is shown before the server has confirmed the one before it.
    effort.stack.until(lambda: bool(effort.stack.rows(sql, email)), 30)
    ((stored, data),) = effort.stack.rows(sql, email)
    result, item = (json.loads(one) if isinstance(one, str) else one for one in (stored, data))
    written = to_label_studio(result, parse_config(effort.founding.config), item)
    assert complaints(effort.founding.config, written) == []
    return written


def plain(result: list[dict[str, Any]]) -> list[tuple[str, str, Any]]:
    """(control, type, value) of each region of a question about the whole."""
    return [(one["from_name"], one["type"], one["value"]) for one in result]
