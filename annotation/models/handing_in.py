"""What each answer that is handed in asks and changes, compiled once a thread."""

from django.db.models import Exists, F, OuterRef

from annotation.models.annotation import Annotation
from annotation.models.assignment import Assignment, Draft, Outcome
from annotation.models.item import Item
from core.questions import MOMENT, NUMBER, Question, Rows
from core.writes import Change

OUTCOME = Rows[str](
    lambda assignment: (
        Assignment.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=assignment)
        .values_list("outcome", Exists(Draft.objects.filter(assignment=OuterRef("pk"))))
    ),
    assignment=NUMBER,
)
"""How an assignment stands, locked, and whether it has a draft."""
FIRST_ANSWER = Question[Annotation](
    lambda assignment: (
        Annotation.objects.filter(assignment=assignment).select_related("current__label_schema").order_by()
    ),
    assignment=NUMBER,
)
"""The answer that ended it."""
END = Change(
    lambda assignment, now: (
        Assignment.objects.filter(pk=assignment),
        {"outcome": Outcome.SUBMITTED, "ended_at": now},
    ),
    assignment=NUMBER,
    now=MOMENT,
)
"""End it with an answer."""
FILL = Change(
    lambda item, round: (  # noqa: A006 (the column's name)
        Item.objects.filter(pk=item, round=round),
        {"filled": F("filled") + 1},
    ),
    item=NUMBER,
    round=NUMBER,
)
"""Count an answer on its item."""
LABELLED = Change(
    lambda item, round, now: (  # noqa: A006 (the column's name)
        Item.objects.filter(pk=item, round=round, filled__gte=F("overlap"), labelled_at=None),
        {"labelled_at": now},
    ),
    item=NUMBER,
    round=NUMBER,
    now=MOMENT,
)
"""Note that an item has all its answers; it is found once."""
