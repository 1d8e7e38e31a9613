"""Items and projects that are taken away: nobody finds them, and nothing that was decided is lost."""

import pytest

from annotation import scripted
from annotation.models import Annotation, Appeal, Assignment, Dispute, GoldLabel, Item
from annotation.models.assignment import Outcome
from annotation.models.webhook import Webhook
from annotation.models.webhook_delivery import WebhookDelivery
from annotation.stages import lease, remove
from annotation.stages.adjudicate.appealing import appeal
from core.models import User
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed
from tests.annotation.stages.outside_scene import brought, founded
from tests.cast import World


def gone(ours: World, *items: Item) -> int:
    return scripted.delete_items(project=ours.project, by=ours.lead, items=[one.pk for one in items])


def test_an_item_with_an_open_appeal_can_be_deleted(ours: World, dan: User) -> None:
    dispute, _decision = decided(ours)
    appeal(dispute=dispute, expert=expert_of(dan), by=dan, reason="Read 1.1.")
    assert gone(ours, dispute.item) == 1
    assert Appeal.objects.count() == 1
    assert not Dispute.objects.filter(closed_at=None).exists()
    assert not GoldLabel.objects.current().exists()


def test_a_deleted_item_is_nobodys_work(ours: World, carol: User, erin: User) -> None:
    [dispute] = disputed(ours)
    cast.bring_texts(ours.project, ours.lead, 1, start=1)
    held = cast.take(ours.project, carol)
    assert held
    assert gone(ours, dispute.item, held.item) == 2
    held.refresh_from_db()
    assert held.outcome == Outcome.WITHDRAWN
    assert not Dispute.objects.to_decide_by(erin).exists()
    assert lease.take_next(project=ours.project, expert=expert_of(carol), by=carol) is None
    assert gone(ours, dispute.item) == 0


def test_what_is_handed_in_for_a_deleted_item_counts_for_nothing(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    held = cast.take(ours.project, carol)
    assert held
    gone(ours, held.item)
    made = cast.submit(Assignment.objects.get(pk=held.pk), carol, cast.everything())
    assert made.annotation.surplus
    assert not Annotation.objects.counted().exists()


def test_webhooks_hear_of_what_went_and_of_nothing_else(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = founded(ours)
    Webhook.objects.create(organisation=ours.organisation, project=outside, url="https://example.org/")
    monkeypatch.setattr(remove, "CHUNK", 2)
    items = [one.pk for one in brought(outside, ours.owner, 3)]
    scripted.delete_items(project=outside, by=ours.owner, items=items[:1])
    told = WebhookDelivery.objects.filter(action="TASKS_DELETED")
    assert told.count() == 1
    scripted.delete_items(project=outside, by=ours.owner, items=items)
    bodies = "".join(told.order_by("pk").values_list("body", flat=True))
    assert [bodies.count(f'"id":{pk}') >= 1 for pk in items] == [True] * 3
    assert bodies.count(f'{{"id":{items[0]}}}') == 1
