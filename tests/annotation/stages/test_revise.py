"""Answers that are corrected or taken back: slots, gold and everybody's records stay true."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation import scripted
from annotation.models import (
    Adjudication,
    Annotation,
    Assignment,
    ControlResult,
    Dispute,
    GoldLabel,
    Item,
    Project,
    Reliability,
)
from annotation.models.newest import newest
from annotation.stages import assign, label, outside, revise
from annotation.stages.adjudicate.appealing import appeal
from core import faults
from core.models import Job, User
from core.refusals import AlreadyDone
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed, gold_of
from tests.annotation.stages.outside_scene import answer, brought, founded, said, slots, tasks, whole
from tests.cast import World


def given(item: Item, user: User) -> Annotation:
    rows = Annotation.objects.select_related("item__project__organisation", "item__lane", "assignment")
    return rows.get(item=item, expert__user=user, retracted_at=None, aside=0)


def correct(annotation: Annotation, verdict: str) -> None:
    schema, guideline = newest(annotation.item.project)
    answer = label.check_result(schema.schema, annotation.item, cast.everything(verdict), complete=True)
    revise.correct(
        annotation=annotation,
        schema=schema,
        guideline=guideline,
        by=annotation.expert.user,
        answer=answer,
        hashes=label.hashes_of(schema.schema, annotation.item.data),
        seconds=1,
    )


def records(project: Project) -> dict[str, tuple[int, int]]:
    """Name -> how often asked, and how often right."""
    rows = Reliability.objects.filter(project=project).select_related("expert__user")
    return {one.expert.user.name: (one.asked, one.right) for one in rows}


def agreed(ours: World) -> Item:
    """An item that Carol and Dan agree on, settled."""
    cast.bring_texts(ours.project, ours.lead, 1)
    for name in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[name], lambda _: cast.everything())
    cast.drain()
    return Item.objects.get(project=ours.project)


def test_who_corrects_an_answer_that_was_right_loses_that(ours: World, carol: User) -> None:
    item = agreed(ours)
    assert records(ours.project) == {"Carol": (1, 1), "Dan": (1, 1)}
    correct(given(item, carol), "unsure")
    assert records(ours.project) == {"Carol": (0, 0), "Dan": (0, 0)}
    cast.drain()
    assert Dispute.objects.filter(item=item, closed_at=None).count() == 1
    correct(given(item, carol), "breach")
    cast.drain()
    assert gold_of(item) == "breach"
    assert records(ours.project) == {"Carol": (1, 1), "Dan": (1, 1)}


def test_what_is_taken_back_is_asked_again_and_counted_once(ours: World, carol: User, dan: User) -> None:
    item = agreed(ours)
    annotation = given(item, carol)
    revise.retract(annotation=annotation, by=carol)
    with pytest.raises(AlreadyDone):
        revise.retract(annotation=annotation, by=carol)
    with pytest.raises(AlreadyDone):
        correct(annotation, "unsure")
    assert slots(item) == (2, 1, 1)
    assert records(ours.project) == {"Carol": (0, 0), "Dan": (0, 0)}
    assert not GoldLabel.objects.current().filter(item=item).exists()
    cast.answer_all(ours.project, carol, lambda _: cast.everything())
    cast.drain()
    assert slots(item) == (2, 0, 2)
    assert records(ours.project) == {"Carol": (1, 1), "Dan": (1, 1)}


def test_a_decision_stands_whatever_becomes_of_the_answers(ours: World, carol: User, dan: User) -> None:
    dispute, _decision = decided(ours)
    correct(given(dispute.item, dan), "breach")
    revise.retract(annotation=given(dispute.item, carol), by=carol)
    cast.drain()
    assert Adjudication.objects.count() == 1
    assert gold_of(dispute.item) == "breach"
    assert slots(dispute.item) == (2, 0, 2)


def test_a_dispute_that_nobody_decided_goes_with_the_answer(ours: World, carol: User) -> None:
    [dispute] = disputed(ours)
    revise.retract(annotation=given(dispute.item, carol), by=carol)
    assert not Dispute.objects.exists()
    assert slots(dispute.item) == (2, 1, 1)


def test_an_item_that_is_not_open_gets_its_slot_when_it_is_opened(ours: World, carol: User) -> None:
    project = founded(ours)
    made = scripted.bring(
        project=project,
        by=ours.owner,
        tasks=tasks(1, {"result": said(), "completed_by": carol.email}),
        content=b"[]",
        name="tasks.json",
    )
    (item,) = made.items
    revise.retract(annotation=given(item, carol), by=ours.owner)
    assert slots(item) == (1, 0, 0)
    cast.drain()
    assert slots(item) == (1, 1, 0)


def test_what_was_taken_back_is_given_by_name_again(ours: World, carol: User) -> None:
    item = agreed(ours)
    revise.retract(annotation=given(item, carol), by=carol)
    made = assign.give(item=whole(item), expert=expert_of(carol), by=ours.lead)
    assert (made.aside, made.outcome) == (0, "")


def test_who_answered_twice_can_appeal(ours: World, dan: User) -> None:
    dispute, _decision = decided(ours)
    answer_beside(whole(dispute.item), dan)
    made = appeal(dispute=dispute, expert=expert_of(dan), by=dan, reason="Read 1.1.")
    assert made.annotation.aside == 0


def answer_beside(item: Item, user: User) -> None:
    place = outside.beside(Assignment.objects.get(item=item, expert__user=user, aside=0))
    cast.submit(place, user, cast.everything())


class Killed(BaseException):
    """Stands for SIGKILL: no handler catches it."""


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever passes the last point before the commit dies there."""

    def point(passed: str) -> None:
        if passed.endswith("before_commit"):
            raise Killed(passed)

    monkeypatch.setattr(faults, "point", point)


def state(project: Project) -> Any:
    """All that corrections, deletions and imports write."""
    return (
        list(Item.everything.filter(project=project).values().order_by("pk")),
        list(Annotation.objects.filter(project=project).values().order_by("pk")),
        list(Assignment.objects.filter(project=project).values().order_by("pk")),
        list(Dispute.objects.filter(project=project).values().order_by("pk")),
        list(GoldLabel.objects.filter(project=project).values().order_by("pk")),
        records(project),
        Job.objects.count(),
        ControlResult.objects.count(),
    )


@pytest.mark.parametrize("act", ["correct", "retract", "remove", "import"])
def test_a_process_that_dies_leaves_all_or_nothing(
    ours: World, carol: User, act: str, request: pytest.FixtureRequest, tmp_path: Any, settings: Any
) -> None:
    item = agreed(ours)
    annotation = given(item, carol)
    Project.objects.filter(pk=ours.project.pk).update(licence="CC0-1.0")
    before = state(ours.project)
    settings.MEDIA_ROOT = str(tmp_path)
    acts: dict[str, Callable[[], object]] = {
        "correct": lambda: correct(annotation, "unsure"),
        "retract": lambda: revise.retract(annotation=annotation, by=carol),
        "remove": lambda: scripted.delete_items(project=ours.project, by=ours.lead, items=[item.pk]),
        "import": lambda: scripted.bring(
            project=ours.project, by=ours.lead, tasks=tasks(3), content=b"[]", name="tasks.json"
        ),
    }
    request.getfixturevalue("killed")
    with pytest.raises(Killed):
        acts[act]()
    assert state(ours.project) == before
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_the_answers_of_an_import_are_compared(ours: World, carol: User, dan: User) -> None:
    project = founded(ours, maximum_annotations=2)
    both = [{"result": said(), "completed_by": one.email} for one in (carol, dan)]
    items = brought(project, ours.owner, 2, *both)
    answer(items[0], ours.owner, "no")
    assert [slots(one) for one in items] == [(2, 0, 2), (2, 0, 2)]
    assert GoldLabel.objects.current().filter(project=project).count() == 2
