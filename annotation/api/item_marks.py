"""The filters of a list of items that a mark of a chart stands for."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models import behind_marks as marks
from annotation.models.met_by import people_of
from core.refusals import InvalidInput

ABOUT_A_QUESTION = ("pair", "label", "week", "guideline", "least")


def rows_behind(project: Project, asked: Mapping[str, Any]) -> list[QuerySet[Any]]:
    """The ids of the items behind each mark that is asked for. Raises InvalidInput naming the filter."""
    found: list[QuerySet[Any]] = []
    given = [name for name in ABOUT_A_QUESTION if asked.get(name) not in (None, "", [])]
    if given and not asked["question"]:
        raise InvalidInput(_("This filter is about a question: name it."), where="question")
    if asked["question"]:
        kind = _kind(project, asked["question"])
        found += [_MARKS[name](project, asked, kind).values("item") for name in given]
    if asked["expert"]:
        expert = people_of(project).filter(uid=asked["expert"]).first()
        if expert is None:
            raise InvalidInput(_("There is no such person in the project."), where="expert")
        found.append(marks.answered_otherwise(project, expert).values("item"))
    if asked["clause"]:
        found.append(marks.cited(project, asked["clause"]).values("dispute__item"))
    return found


def _kind(project: Project, question: str) -> str:
    newest = project.schemas.order_by("-version").first()
    known = newest.schema.by_key.get(question) if newest else None
    if known is None or not known.kind.compared:
        raise InvalidInput(
            _("There is no question of this name whose answers are compared."), where="question"
        )
    return known.kind.value


_MARKS: Mapping[str, Callable[[Project, Mapping[str, Any], str], QuerySet[Any]]] = {
    "pair": lambda project, asked, kind: marks.where_they_met(
        project, asked["question"], kind, [marks.read_label(one) for one in asked["pair"]]
    ),
    "label": lambda project, asked, kind: marks.where_one_alone_said(
        project, asked["question"], kind, marks.read_label(asked["label"])
    ),
    "week": lambda project, asked, _kind: marks.measured_in_week(project, asked["question"], asked["week"]),
    "guideline": lambda project, asked, _kind: marks.answered_under(
        project, asked["question"], asked["guideline"]
    ),
    "least": lambda project, asked, _kind: marks.differing(
        project, asked["question"], asked["least"], asked["most"]
    ),
}
