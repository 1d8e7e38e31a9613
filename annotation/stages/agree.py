"""Compare an item's answers, question by question: open a dispute where the project's policy says so."""

from django.db import transaction
from django.utils import timezone

from annotation.models import Dispute, Item
from annotation.models.project import Policy
from annotation.models.weighing import DISPUTED, weigh
from annotation.models.worth import weighed
from core import audit, faults


@transaction.atomic
def compare(item: Item) -> bool:
    """Take an item from labelled to agreed, opening its disputes; False when it was not there to be taken."""
    now = timezone.now()
    fresh = Item.objects.filter(pk=item.pk, agreed_at=None).exclude(labelled_at=None)
    if not fresh.update(agreed_at=now):
        return False
    project = item.project
    disputed = [each for each in weigh(item) if each.verdict(project).how == DISPUTED.how]
    Dispute.objects.bulk_create(
        weighed(
            Dispute(
                project=project,
                item=item,
                question=each.question.key,
                round=item.round,
                rule=Policy.ADAPTIVE if project.policy == Policy.ADAPTIVE else project.dispute_rule,
                opened_at=now,
            ),
            each,
        )
        for each in disputed
    )
    faults.point("agree.before_commit")
    audit.record(
        "item.compared",
        by=None,
        on=item,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"disputed": [each.question.key for each in disputed]},
    )
    return True
