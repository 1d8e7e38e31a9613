"""Compare an item's answers, question by question: open a dispute where the project's policy says so."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from annotation.models import Dispute, Item
from annotation.models.project import Policy
from annotation.models.weighing import DISPUTED, Weighed, weigh_all
from annotation.models.worth import weighed as with_worth
from core import audit, faults


def compare(item: Item) -> bool:
    """Take an item from labelled to agreed, opening its disputes; False when it was not there to be taken."""
    return bool(compare_all([item], weigh_all([item])))


@transaction.atomic
def compare_all(items: Sequence[Item], weighed: Mapping[int, Sequence[Weighed]]) -> list[Item]:
    """The same for items of one project, whose answers are `weighed` by id; those that were there to be taken.

    As many statements as for one.
    """
    now = timezone.now()
    fresh = Item.objects.filter(pk__in=[item.pk for item in items], agreed_at=None).exclude(labelled_at=None)
    ready = set(fresh.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    taken = [item for item in items if item.pk in ready]
    if not taken:
        return []
    Item.objects.filter(pk__in=ready).update(agreed_at=now)
    project = taken[0].project
    rule = Policy.ADAPTIVE if project.policy == Policy.ADAPTIVE else project.dispute_rule
    disputed = {
        item: [each for each in weighed[item.pk] if each.verdict(project).how == DISPUTED.how]
        for item in taken
    }
    Dispute.objects.bulk_create(
        with_worth(
            Dispute(
                project=project,
                item=item,
                question=each.question.key,
                round=item.round,
                rule=rule,
                opened_at=now,
            ),
            each,
        )
        for item, those in disputed.items()
        for each in those
    )
    faults.point("agree.before_commit")
    audit.record_many(
        "item.compared",
        by=None,
        on=[(item, {"disputed": [each.question.key for each in those]}) for item, those in disputed.items()],
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )
    return taken
