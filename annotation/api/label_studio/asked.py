"""What a caller may see and do with items, by their numbers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from rest_framework.request import Request

from annotation.api.base import person
from annotation.api.label_studio.base import row_for
from annotation.models import Assignment, Draft, Item, Prediction, Project
from annotation.models.access import may
from annotation.models.assignment import Outcome, Purpose
from annotation.models.project import roles_at
from annotation.models.studio_counts import answers, own_answers
from core.models import User
from core.questions import NUMBER, Question, Rows
from core.refusals import NotAllowed, NotFound
from core.roles import Capability

_item = Question[Item](
    lambda user, item: (
        Item.objects.filter(pk=item, project__in=Project.objects.visible_to(user).values("pk"))
        .select_related("project__organisation", "project__sector", "lane")
        .annotate(is_predicted=Exists(Prediction.objects.filter(item=OuterRef("pk")).order_by()))
        .order_by()
    ),
    user=NUMBER,
    item=NUMBER,
)
_roles = Rows[Any](
    lambda user, item: roles_at(user, Project.objects.filter(items=item)), user=NUMBER, item=NUMBER
)
_own = Rows[Any](
    lambda user, item: (
        Assignment.objects.filter(item=item, expert__user=user)
        .exclude(purpose=Purpose.EXAM)
        .exclude(outcome=Outcome.WITHDRAWN)
        .values_list("pk")[:1]
    ),
    user=NUMBER,
    item=NUMBER,
)


def items_of(user: User, project: Project) -> "QuerySet[Item]":
    """The project's items that the person sees, in their order. Control items are told by nothing: leads do without."""
    rows: QuerySet[Item] = project.items.all()  # each knows its project: a row a task would bring it anew
    if may(user, project, Capability.SEE_WORK):
        return rows.filter(control=False).order_by("pk")
    mine = Assignment.objects.filter(
        expert__user=user, project=project, outcome__in=["", Outcome.SUBMITTED, Outcome.SKIPPED]
    ).exclude(purpose=Purpose.EXAM)
    found: QuerySet[Item] = rows.filter(pk__in=mine.values("item")).order_by("pk")
    return found


def item_of(request: Request, pk: int) -> Item:
    """The item of that number. Who may label in its project may name it: the rules are asked when they answer.

    Raises NotFound.
    """
    user = person(request)
    item = row_for(user, _item, _roles, lambda found: found.project, item=pk)
    if not _reaches(user, item):
        raise NotFound
    return item


def _reaches(user: User, item: Item) -> bool:
    if may(user, item.project, Capability.SEE_WORK):
        return not item.control or _has(user, item)
    open_ = item.project.open_to_members and not item.control and may(user, item.project, Capability.LABEL)
    return open_ or _has(user, item)


def _has(user: User, item: Item) -> bool:
    return _own.holds(user=user.pk, item=item.pk)


def demand_lead(user: User, project: Project) -> None:
    """Raise NotAllowed unless the person leads the project."""
    if not may(user, project, Capability.LEAD_PROJECT):
        raise NotAllowed


def answer_of(user: User, pk: int) -> Assignment:
    """One's own answer or skip of that number, or anybody's where one sees the work. Raises NotFound."""
    seen = answers().of_work_seen_by(user)  # type: ignore[attr-defined]
    own = own_answers(user).filter(project__in=Project.objects.visible_to(user).values("pk"))
    rows = Assignment.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=own.values("pk"))).select_related(
        "item__lane", "item__project__organisation", "item__project__sector", "expert__user", "studio"
    )
    place: Assignment | None = rows.filter(pk=pk).first() or _turned(rows, pk)
    if place is None:
        raise NotFound
    return place


def _turned(rows: "QuerySet[Assignment]", pk: int) -> Assignment | None:
    """Where the answer of that number stands now that it became a skip, or the other way."""
    item = Assignment.objects.filter(pk=pk).values("item")[:1]
    return rows.filter(item=item, studio__more__number=pk).first()


def draft_of(user: User, pk: int) -> Draft:
    """One's own draft of that number. Raises NotFound."""
    if pk >= 2**63:  # a key that is another row's is compared as it is
        raise NotFound
    here = Project.objects.visible_to(user).values("pk")
    rows: Any = Draft.objects.filter(
        pk=pk, assignment__expert__user=user, assignment__project__in=here, assignment__item__deleted_at=None
    )
    found: Draft | None = rows.select_related("assignment__item__project", "assignment__expert__user").first()
    if found is None:
        raise NotFound
    return found


def prediction_of(user: User, pk: int) -> Prediction:
    """A prediction of a project whose work one sees. Raises NotFound."""
    found = Prediction.objects.visible_to(user).filter(pk=pk, item__deleted_at=None).first()
    if found is None:
        raise NotFound
    return found
