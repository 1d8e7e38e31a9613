"""Label: drafts that are not overwritten, answers that are safe and stored once."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Annotation, AnnotationVersion, Assignment, Draft, Item, Judgement, Project
from annotation.models.assignment import Outcome
from annotation.models.newest import newest
from annotation.stages import label, lease
from annotation.stages import project as projects
from core.models import AuditEvent, Job, User
from core.refusals import AlreadyDone, InvalidInput, InvalidLabel, OtherAnswer, Refusal, StaleDraft
from tests import cast
from tests.cast import World, region
from tests.core.database import together

YES, NO = cast.choice(), cast.choice("no breach")


@pytest.fixture
def work(ours: World, carol: User) -> Assignment:
    """Carol's lease on the only item."""
    cast.bring_texts(ours.project, ours.lead, 1)
    return take(ours.project, carol)


def take(project: Project, user: User) -> Assignment:
    assignment = cast.take(project, user)
    assert assignment
    return assignment


def save(work: Assignment, revision: int, result: Any, seconds: Any = 1.0) -> tuple[Draft, Any]:
    schema, _guideline = newest(work.project)
    return label.save_draft(
        assignment=work, schema=schema.schema, revision=revision, result=result, seconds=seconds
    )


def lose(work: Assignment) -> None:
    Assignment.objects.filter(pk=work.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.return_expired() == 1


def slots() -> tuple[int, int]:
    item = Item.objects.get()
    return item.open_slots, item.filled


def test_every_save_raises_the_revision_and_renews_the_lease(work: Assignment) -> None:
    Assignment.objects.update(lease_until=timezone.now() + timedelta(seconds=1))
    assert [save(work, at, choice)[0].revision for at, choice in enumerate([YES, NO, []])] == [1, 2, 3]
    work.refresh_from_db()
    assert work.lease_until > timezone.now() + timedelta(minutes=59)
    assert Draft.objects.get().result == []


def test_a_stale_save_is_refused_with_the_version_that_is_stored(work: Assignment) -> None:
    save(work, 0, YES)
    save(work, 1, NO)
    for revision in (0, 1, 7):
        with pytest.raises(StaleDraft) as refusal:
            save(work, revision, YES)
        theirs = refusal.value.extra["theirs"]
        assert (theirs["revision"], theirs["result"]) == (2, NO)
    assert Draft.objects.get().result == NO


def test_the_same_save_sent_again_is_no_conflict(work: Assignment) -> None:
    save(work, 0, YES)
    assert save(work, 0, YES)[0].revision == 1


def test_the_same_save_from_an_older_revision_forgets_nothing_that_was_put_aside(work: Assignment) -> None:
    schema = newest(work.project)[0].schema
    save = partial(label.save_draft, assignment=work, schema=schema, result=YES)
    save(revision=0, seconds=1, dismissed=["a"])
    save(revision=1, seconds=5, dismissed=["a", "b"])
    draft, _lease = save(revision=1, seconds=9, dismissed=["a", "c"])
    assert (draft.revision, draft.dismissed, draft.seconds) == (2, ["a", "b", "c"], 9)
    save(revision=0, seconds=2)
    stored = Draft.objects.get()
    assert (stored.revision, stored.dismissed, stored.seconds) == (2, ["a", "b", "c"], 9)
    assert save(revision=2, seconds=9)[0].dismissed == []


def test_an_incomplete_draft_is_kept_but_not_a_wrong_one(work: Assignment) -> None:
    save(work, 0, [])
    with pytest.raises(InvalidLabel):
        save(work, 1, cast.choice("perhaps"))
    assert Draft.objects.get().revision == 1


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), "5", None, True])
def test_a_time_on_task_that_is_none_is_refused(work: Assignment, seconds: Any) -> None:
    with pytest.raises(InvalidInput):
        save(work, 0, YES, seconds)


def test_a_time_on_task_has_an_end(work: Assignment) -> None:
    assert save(work, 0, YES, 1e300)[0].seconds == label.MAX_SECONDS


def test_a_draft_takes_the_slot_again_that_ran_out(work: Assignment) -> None:
    lose(work)
    assert slots() == (2, 0)
    assert save(work, 0, YES)[1]
    assert slots() == (1, 0)


def test_a_draft_without_a_free_slot_is_kept_all_the_same(
    ours: World, work: Assignment, dan: User, erin: User
) -> None:
    lose(work)
    Item.objects.update(open_slots=0, filled=2)
    assert save(work, 0, YES)[1] is None
    assert Draft.objects.get().result == YES


@pytest.mark.parametrize("outcome", [Outcome.SUBMITTED, Outcome.SKIPPED])
def test_a_draft_of_what_has_ended_is_refused(work: Assignment, outcome: Outcome) -> None:
    Assignment.objects.update(outcome=outcome)
    with pytest.raises(AlreadyDone):
        save(work, 0, YES)


def test_an_answer_is_stored_with_its_judgements(work: Assignment, carol: User) -> None:
    save(work, 0, YES)
    given = cast.submit(work, carol, cast.everything())
    assert given.created
    version = AnnotationVersion.objects.get()
    assert (version.number, version.result, version.seconds, version.blind) == (
        1,
        cast.everything(),
        3.0,
        True,
    )
    assert version.label_schema.version == version.guideline.version == 1
    assert dict(Judgement.objects.values_list("question", "value")) == {
        "verdict": "breach",
        "topics": ["price", "term"],
        "span": [[0, 6, "Party"]],
        "stars": 4,
        "amount": 12.5,
        "note": ["it is late"],
    }
    annotation = Annotation.objects.get()
    assert (annotation.current, annotation.surplus, annotation.round) == (version, False, 0)
    assert not Draft.objects.exists()
    assert slots() == (1, 1)
    work.refresh_from_db()
    assert (work.outcome, work.ended_at) == ("submitted", annotation.created_at)


def test_an_answer_sent_again_gives_the_first_one(work: Assignment, carol: User) -> None:
    first = cast.submit(work, carol, YES)
    other_ids = [{**one, "id": f"{one['id']}-elsewhere"} for one in YES]
    for same in (YES, other_ids):
        again = cast.submit(work, carol, same)
        assert (again.annotation, again.created) == (first.annotation, False)
    assert Judgement.objects.get().value == "breach"
    assert AuditEvent.objects.filter(action="annotation.submitted").count() == 1


@pytest.mark.parametrize("other", [NO, [*YES, region("stars", "rating", {"rating": 2})], [], "no answer"])
def test_another_answer_than_the_one_that_stands_is_refused_with_it(
    work: Assignment, carol: User, other: Any
) -> None:
    first = cast.submit(work, carol, YES).annotation
    with pytest.raises(OtherAnswer) as refusal:
        cast.submit(work, carol, other)
    theirs = refusal.value.extra["theirs"]
    assert (theirs["result"], theirs["saved_at"]) == (YES, first.created_at.isoformat())
    assert AnnotationVersion.objects.get().result == YES
    assert Judgement.objects.get().value == "breach"
    assert slots() == (1, 1)


def test_another_late_answer_is_refused_and_the_surplus_one_stands(
    ours: World, work: Assignment, carol: User, dan: User
) -> None:
    lose(work)
    Item.objects.update(open_slots=0, filled=2)
    first = cast.submit(work, carol, YES).annotation
    assert first.surplus
    assert cast.submit(work, carol, YES).annotation == first
    with pytest.raises(OtherAnswer):
        cast.submit(work, carol, NO)


def test_an_answer_sent_many_times_at_once_is_stored_once(committed: None) -> None:
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 1)
    carol = ours.people["annotator"]
    work = take(ours.project, carol)
    given = together([lambda: cast.submit(work, carol, YES)] * 6)
    assert not [one for one in given if isinstance(one, Exception)]
    assert sorted(one.created for one in given if isinstance(one, label.Submitted)) == [False] * 5 + [True]
    assert (Annotation.objects.count(), AnnotationVersion.objects.count(), slots()) == (1, 1, (1, 1))


def test_drafts_saved_at_once_from_one_revision_let_one_in(committed: None) -> None:
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 1)
    work = take(ours.project, ours.people["annotator"])
    results = [cast.choice(verdict) for verdict in ("breach", "no breach", "unsure")]
    for revision in (0, 1):
        given = together([partial(save, work, revision, result) for result in results])
        assert sorted(type(one).__name__ for one in given) == ["StaleDraft", "StaleDraft", "tuple"]
    assert Draft.objects.get().revision == 2


def test_the_last_answer_has_the_item_compared_once(
    ours: World, work: Assignment, carol: User, dan: User
) -> None:
    cast.submit(work, carol, YES)
    assert not Job.objects.filter(kind="advance").exists()
    assert Item.objects.get().labelled_at is None
    cast.submit(take(ours.project, dan), dan, YES)
    assert Job.objects.filter(kind="advance").count() == 1
    assert Item.objects.get().labelled_at


def test_a_late_answer_takes_a_slot_that_is_free(work: Assignment, carol: User) -> None:
    lose(work)
    given = cast.submit(work, carol, YES)
    assert (given.created, given.annotation.surplus, slots()) == (True, False, (1, 1))


def test_a_late_answer_without_a_slot_is_kept_as_surplus(
    ours: World, work: Assignment, carol: User, dan: User
) -> None:
    cast.set_overlap(ours.project, ours.lead, 2)
    lose(work)
    Item.objects.update(overlap=1, open_slots=1)
    cast.submit(take(ours.project, dan), dan, NO)
    cast.drain()
    given = cast.submit(work, carol, YES)
    assert given.annotation.surplus
    assert slots() == (0, 1)
    assert list(Annotation.objects.counted()) == [Annotation.objects.get(expert__user=dan)]
    assert Item.objects.get().gold.get(question="verdict").value == "no breach"


def test_an_item_that_was_skipped_takes_no_answer(work: Assignment, carol: User) -> None:
    lease.skip(assignment=work, by=carol, reason="unclear")
    with pytest.raises(AlreadyDone):
        cast.submit(work, carol, YES)
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("hashes", [{}, {"text": ""}, {"text": "0" * 64}, {"other": "x"}])
def test_an_answer_to_another_text_is_refused(work: Assignment, carol: User, hashes: dict[str, str]) -> None:
    schema, guideline = newest(work.project)
    with pytest.raises(InvalidLabel) as refusal:
        label.submit(
            assignment=work,
            schema=schema,
            guideline=guideline,
            by=carol,
            result=YES,
            hashes=hashes,
            seconds=1,
        )
    assert (refusal.value.code, refusal.value.where) == ("text_changed", "hashes.text")


def spans(*edges: tuple[Any, Any]) -> list[dict[str, Any]]:
    return [
        *YES,
        *(region("span", "labels", {"start": at, "end": to, "labels": ["Party"]}) for at, to in edges),
    ]


INVALID: dict[str, tuple[Any, str]] = {
    "no list": ({}, "result_not_list"),
    "nothing": ([], "required_missing"),
    "an unknown question": ([region("colour", "choices", {"choices": ["red"]})], "unknown_question"),
    "an unknown label": (cast.choice("perhaps"), "unknown_label"),
    "two labels for one choice": (
        [region("verdict", "choices", {"choices": ["breach", "unsure"]})],
        "several_labels",
    ),
    "an answer given twice": (YES + NO, "answered_twice"),
    "the wrong field": ([region("verdict", "choices", {"choices": ["breach"]}, field="body")], "wrong_field"),
    "the wrong type": ([region("verdict", "rating", {"rating": 1})], "wrong_type"),
    "a span outside the text": (spans((0, 1000)), "span_outside"),
    "a span before the text": (spans((-1, 3)), "span_outside"),
    "an empty span": (spans((2, 2)), "span_empty"),
    "a reversed span": (spans((3, 2)), "span_reversed"),
    "a span twice": (spans((0, 3), (0, 3)), "span_duplicate"),
    "half an offset": (spans((0, 1.5)), "not_whole"),
    "a rating off the scale": ([*YES, region("stars", "rating", {"rating": 6})], "rating_out_of_range"),
    "a number out of range": ([*YES, region("amount", "number", {"number": 1001})], "number_out_of_range"),
    "no number": ([*YES, region("amount", "number", {"number": "12"})], "not_number"),
    "a lone surrogate": ([*YES, region("note", "textarea", {"text": ["\ud800"]})], "lone_surrogate"),
    "a NUL": ([*YES, region("note", "textarea", {"text": ["\x00"]})], "nul_character"),
}


@pytest.mark.parametrize("name", INVALID)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_stored(
    work: Assignment, carol: User, name: str
) -> None:
    result, code = INVALID[name]
    with pytest.raises(InvalidLabel) as refusal:
        cast.submit(work, carol, result)
    assert refusal.value.code == code
    assert refusal.value.sentence
    assert refusal.value.advice
    assert not Annotation.objects.exists()
    assert slots() == (1, 0)
    assert cast.submit(work, carol, YES).created


def test_offsets_are_code_points(work: Assignment, carol: User) -> None:
    text = work.item.data["text"]
    at = text.index("😀")
    result = [*YES, region("span", "labels", {"start": at, "end": at + 1, "text": "😀", "labels": ["Party"]})]
    cast.submit(work, carol, result)
    assert Judgement.objects.get(question="span").value == [[at, at + 1, "Party"]]


def test_the_answer_to_an_older_version_keeps_it(ours: World, work: Assignment, carol: User) -> None:
    schema, guideline = newest(ours.project)
    projects.add_guideline(project=ours.project, by=ours.lead, text="# 2. New\n")
    label.submit(
        assignment=work,
        schema=schema,
        guideline=guideline,
        by=carol,
        result=YES,
        hashes=label.hashes_of(schema.schema, work.item.data),
        seconds=1,
    )
    assert AnnotationVersion.objects.get().guideline.version == 1
    assert newest(ours.project)[1].version == 2


def test_every_refusal_says_what_to_do(work: Assignment, carol: User) -> None:
    with pytest.raises(Refusal) as refusal:
        cast.submit(work, carol, cast.choice("perhaps"))
    assert "perhaps" in refusal.value.sentence
