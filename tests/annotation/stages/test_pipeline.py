"""The pipeline: one step at a time, and a step too many does no harm."""

from typing import Any

from django.db.models import Model

from annotation import pipeline
from annotation.models import Adjudication, Annotation, Assignment, Dispute, GoldLabel, Item
from annotation.models.item import ItemState
from core.models import AuditEvent, Job, User
from tests import cast
from tests.cast import World

STORED: tuple[type[Model], ...] = (Item, Assignment, Annotation, Dispute, Adjudication, GoldLabel, AuditEvent)


def snapshot() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in STORED}


def state() -> str:
    return str(Item.objects.with_state().get().state)


def advance() -> bool:
    return pipeline.advance(Item.objects.select_related("project").get())


def test_each_step_is_taken_once_and_a_second_call_changes_nothing(
    ours: World, carol: User, dan: User, erin: User
) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    assert (state(), advance()) == (ItemState.OPEN, False)
    cast.answer_all(ours.project, carol, lambda _: cast.choice())
    assert (state(), advance()) == (ItemState.OPEN, False)
    cast.answer_all(ours.project, dan, lambda _: cast.choice("unsure"))
    assert (state(), advance()) == (ItemState.LABELLED, True)
    before = snapshot()
    assert (state(), advance()) == (ItemState.DISPUTED, False)
    assert snapshot() == before
    cast.decide(Dispute.objects.get(), erin, cast.choice())
    assert (state(), advance()) == (ItemState.LABELLED, True)
    before = snapshot()
    assert (state(), advance()) == (ItemState.SETTLED, False)
    assert snapshot() == before


def test_the_job_takes_an_item_as_far_as_it_goes(ours: World, carol: User, dan: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for user in (carol, dan):
        cast.answer_all(ours.project, user, lambda _: cast.choice())
    cast.drain()
    assert state() == ItemState.SETTLED
    assert not Job.objects.filter(kind="advance").exists()  # done, and not kept
    before = snapshot()
    cast.drain()
    assert snapshot() == before
