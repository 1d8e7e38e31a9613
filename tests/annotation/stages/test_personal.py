"""Personal data at the door: flags that stay open until somebody who leads has looked, and what they said stays."""

from typing import Any

import pytest

from annotation.algorithms.quality.chunk import Text
from annotation.models import AnnotationVersion, Batch, Item, QualityFinding, QualityStep
from annotation.models.quality import Outcome, set_aside
from annotation.scripted import change_item
from annotation.stages.quality import asking, checking, looking, marking, noting
from core import faults
from core.models import AuditEvent, Job
from core.refusals import InvalidInput
from tests import cast
from tests.annotation.stages.release_scene import annotators, rows
from tests.cast import World

BOTH = "Call +44 20 7946 0958 or write to a@roe.org."


def bring(world: World, *texts: str) -> Batch:
    return cast.bring(world.project, world.lead, cast.jsonl([{"text": text} for text in texts]))


def flags(batch: Batch) -> list[tuple[int, str, str, str | None]]:
    """Line, code, outcome and the name of who looked, of each flag of personal data."""
    found = QualityFinding.objects.filter(batch=batch, step="personal")
    return sorted(found.values_list("item__line", "code", "outcome", "seen_by__name"))


def ids(batch: Batch, **which: Any) -> list[int]:
    return list(
        QualityFinding.objects.filter(batch=batch, step="personal", **which).values_list("pk", flat=True)
    )


def test_a_batch_is_looked_through(ours: World) -> None:
    batch = bring(ours, BOTH, "nothing", "身份证号11010519491231002X")
    assert flags(batch) == [
        (1, "email", "", None),
        (1, "phone", "", None),
        (3, "resident_id", "", None),
    ]
    step = QualityStep.objects.get(batch=batch, key="personal")
    kinds = {"phone": 1, "email": 1, "resident_id": 1}
    assert (step.flagged, step.error) == (2, "")
    assert step.figures == {"texts": 3, "kinds": kinds, "places": 3}
    assert batch.routed_at is not None, "nothing is held up"


def test_a_flag_is_marked_by_name_and_time_and_in_the_trail(ours: World) -> None:
    batch = bring(ours, BOTH, "b@roe.org")
    assert marking.mark(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, flags=ids(batch, code="phone")) == 1
    assert flags(batch) == [(1, "email", "", None), (1, "phone", "clear", "Bob"), (2, "email", "", None)]
    assert QualityFinding.objects.get(code="phone").seen_at is not None
    event = AuditEvent.objects.get(action="batch.flags_looked_at")
    item = batch.items.get(line=1)
    assert (event.actor_id, event.changes) == (
        ours.lead.pk,
        {"outcome": "clear", "flags": 1, "items": [item.uid]},
    )


def test_an_item_is_set_aside_as_a_whole_and_taken_back(ours: World) -> None:
    batch = bring(ours, BOTH, "b@roe.org")
    phone = ids(batch, code="phone")
    assert marking.mark(batch=batch, by=ours.lead, outcome=Outcome.ASIDE, flags=phone) == 2
    assert [one[2] for one in flags(batch)] == ["aside", "aside", ""]
    assert list(batch.items.filter(set_aside()).values_list("line", flat=True)) == [1]
    assert marking.mark(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, flags=phone) == 2
    assert flags(batch)[:2] == [(1, "email", "", None), (1, "phone", "clear", "Bob")]
    assert not batch.items.filter(set_aside()).exists()
    marking.mark(batch=batch, by=ours.lead, outcome=Outcome.OPEN, flags=phone)
    assert [one[2:] for one in flags(batch)] == [("", None)] * 3


def test_all_of_a_kind_are_marked_at_once_and_those_looked_at_stay(ours: World) -> None:
    batch = bring(ours, BOTH, "b@roe.org", "c@roe.org")
    marking.mark(batch=batch, by=ours.owner, outcome=Outcome.CLEAR, flags=ids(batch, item__line=3))
    assert marking.mark_all(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, code="email") == 2
    assert [one[2:] for one in flags(batch)] == [
        ("clear", "Bob"),
        ("", None),
        ("clear", "Bob"),
        ("clear", "Alice"),
    ]
    assert marking.mark_all(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, code="email") == 0
    assert AuditEvent.objects.filter(action="batch.flags_looked_at").count() == 2
    assert marking.mark_all(batch=batch, by=ours.lead, outcome=Outcome.ASIDE, code="phone") == 2


@pytest.mark.parametrize("which", ["none", "gone", "another step", "another batch"])
def test_flags_that_are_not_there_are_refused_and_none_is_marked(ours: World, which: str) -> None:
    batch, other = bring(ours, f"{BOTH}  And\u200b more."), bring(ours, "b@roe.org")
    wrong = {
        "none": [],
        "gone": [*ids(batch), 10**12],
        "another step": list(QualityFinding.objects.filter(batch=batch).values_list("pk", flat=True)),
        "another batch": ids(batch) + ids(other),
    }
    with pytest.raises(InvalidInput) as refused:
        marking.mark(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, flags=wrong[which])
    assert (refused.value.code, refused.value.where) == ("flags_gone", "flags")
    assert {one[2] for one in flags(batch)} == {""}


def test_what_was_said_stays_when_the_batch_is_checked_again(ours: World) -> None:
    batch = bring(ours, BOTH, "b@roe.org", "c@roe.org")
    marking.mark(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, flags=ids(batch, code="phone"))
    marking.mark(batch=batch, by=ours.owner, outcome=Outcome.ASIDE, flags=ids(batch, item__line=2))
    before = flags(batch)
    asking.check_again(batch=batch, by=ours.lead)
    cast.drain()
    assert flags(batch) == before
    assert {one[2] for one in before} == {"", "clear", "aside"}


def test_of_a_text_that_changed_nothing_is_known(ours: World) -> None:
    batch = bring(ours, "b@roe.org")
    marking.mark(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, flags=ids(batch))
    change_item(item=batch.items.get(), by=ours.lead, given={"data": {"text": "c@roe.org"}})
    asking.check_again(batch=batch, by=ours.lead)
    cast.drain()
    assert flags(batch) == [(1, "email", "", None)]


def test_every_flag_of_personal_data_is_kept(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "KEPT_FINDINGS", 2)
    monkeypatch.setattr(checking, "CHUNK", 2)
    batch = bring(ours, *(f"a{at}@roe.org" for at in range(7)))
    assert len(flags(batch)) == QualityStep.objects.get(batch=batch, key="personal").flagged == 7


def test_a_text_that_is_not_there_equals_no_other() -> None:
    looked = looking.look([Text(1, ""), Text(2, ""), Text(3, "a word")], {}, ())
    assert (set(looked.exact), looked.errors) == ({3}, {})


class Killed(BaseException):
    """What a kill looks like from inside: nobody handles it."""


def test_killed_while_it_is_checked_again_nothing_that_was_said_is_lost(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = bring(ours, *(f"a{at}@roe.org" for at in range(6)))
    marking.mark_all(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, code="email")
    before = flags(batch)
    monkeypatch.setattr(checking, "CHUNK", 2)
    passed: list[str] = []

    def die(name: str) -> None:
        if name == "quality.in_chunk":
            passed.append(name)
            if len(passed) in (1, 3):
                raise Killed

    monkeypatch.setattr(faults, "point", die)
    asking.check_again(batch=batch, by=ours.lead)
    for _ in range(2):
        with pytest.raises(Killed):
            cast.drain()
        Job.objects.filter(state="running").update(state="waiting")
    cast.drain()
    assert flags(batch) == before
    assert {one[3] for one in before} == {"Bob"}


def test_killed_while_marking_nothing_is_marked(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring(ours, BOTH)

    def die(name: str) -> None:
        if name == "quality.marked":
            raise Killed

    monkeypatch.setattr(faults, "point", die)
    with pytest.raises(Killed):
        marking.mark_all(batch=batch, by=ours.lead, outcome=Outcome.CLEAR, code="email")
    assert {one[2] for one in flags(batch)} == {""}


def test_a_release_leaves_out_what_is_set_aside(ours: World) -> None:
    project = cast.found_project(ours.organisation, ours.lead)
    world = World(ours.organisation, project, ours.people)
    batch = bring(world, "Clause 1: a@roe.org owes rent.", "Clause 2: the tenant owes rent.")
    for person in annotators(world):
        cast.answer_all(project, person, lambda _: cast.everything())
    cast.drain()
    assert Item.objects.filter(project=project).exclude(settled_at=None).count() == 2
    assert AnnotationVersion.objects.filter(annotation__item__project=project).count() == 4
    marking.mark(batch=batch, by=ours.lead, outcome=Outcome.ASIDE, flags=ids(batch))
    made = cast.make_release(project, ours.lead)
    assert [row["data"]["text"] for row in rows(made)] == ["Clause 2: the tenant owes rent."]
