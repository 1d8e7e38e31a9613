"""The gate of a release: each check on a played-out project, holding, waiving, giving up."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.formats.release.gate import CHECKS, code_of
from annotation.models import (
    Agreement,
    AnnotationVersion,
    Batch,
    Dispute,
    Item,
    MeasureRun,
    Release,
    ReleasePolicy,
)
from annotation.models.noting import measure_soon
from annotation.models.release_agreement import current_run, full_run
from annotation.models.release_gate import checks_of
from annotation.models.release_outlook import preview
from annotation.problems import sentence
from annotation.stages.adjudicate import rules
from annotation.stages.release import folder_of, request_release
from annotation.stages.release.gating import drop, judge, waive
from annotation.work import HANDLERS
from core import jobs
from core.models import AuditEvent, Job
from core.models.job import JobState
from core.refusals import AlreadyDone, InvalidInput
from experts import evidence
from experts.models import Credential, CredentialVerification, Qualification
from tests import cast
from tests.annotation.stages.dispute_scene import second_adjudicator
from tests.annotation.stages.release_scene import annotators, done, empty, kept, played
from tests.cast import World

__all__ = ["done", "empty", "kept", "played"]

REASON = "Seen by the board on 3 May, which accepts it."


def judged(world: World) -> tuple[Release, dict[str, dict[str, Any]]]:
    """A release that was asked for and run, and its checks by key."""
    made = cast.make_release(world.project, world.lead)
    return made, {one["check"]: one for one in made.gate}


def said(one: dict[str, Any]) -> str:
    return sentence(code_of(one), one["params"])


def test_a_release_in_order_passes_every_check_and_tells_its_figures(done: World) -> None:
    cast.ask_less(done.project, least_overlap=2)
    made, gate = judged(done)
    assert made.published_at
    assert made.held_at is None
    assert [one["check"] for one in made.gate] == list(CHECKS)
    assert all(one["passed"] for one in made.gate)
    assert [key for key, one in gate.items() if not one["asked"]] == [
        "alpha",
        "second_looks",
        "splits",
        "unsettled",
    ]
    assert gate["overlap"]["figure"] == 2
    assert gate["credentials"]["params"]["answers"] == 14
    assert gate["credentials"]["params"]["decisions"] == 1
    assert gate["licences"]["params"]["sources"] == [
        {"source": "CC0-1.0", "items": 7, "fits": True, "because": "fits", "requires": []}
    ]
    assert all(said(one) and "%(" not in said(one) for one in made.gate)
    assert made.manifest["gate"]["passed"] is True
    assert made.manifest["gate"]["checks"] == made.gate


def test_the_same_rows_give_the_same_checks_whatever_happens_later(done: World) -> None:
    made, _gate = judged(done)
    cast.bring_texts(done.project, done.lead, 3, start=50)
    Qualification.objects.update(revoked_at=timezone.now())
    again = Release.objects.select_related("project__organisation", "label_schema").get(pk=made.pk)
    assert checks_of(again) == made.gate


def test_a_split_that_gets_no_rows_is_told(done: World) -> None:
    _made, gate = judged(done)
    assert said(gate["splits"]) == "Every split that has a share has rows."
    cast.ask_less(done.project, shares={"train": 0.8, "validation": 0.1, "test": 0.1})
    made, gate = judged(done)  # its items are drawn already, and stay
    assert made.published_at
    assert (gate["splits"]["figure"], gate["splits"]["asked"]) == (2, False)
    assert said(gate["splits"]).startswith("Splits that have a share but no rows: validation, test.")
    card = (folder_of(made) / "README.md").read_text("utf-8")
    assert "There is no row in test, which was to have a share of 0.1" in card


def test_alpha_below_its_floor_holds(done: World) -> None:
    cast.ask_less(done.project, alpha_floor=0.8)
    made, gate = judged(done)
    assert made.published_at is None
    assert made.held_at
    assert not folder_of(made).exists()
    assert gate["alpha"]["passed"] is False
    # seven items are fewer than any gate takes; asking for the release had the spans measured
    assert gate["alpha"]["params"]["because"] in ("few_items", "no_value", "no_interval", "few_documents")
    assert gate["alpha"]["params"]["missing"] == []
    assert {one["question"] for one in gate["alpha"]["params"]["questions"]} == {
        "verdict",
        "topics",
        "stars",
        "amount",
        "span",
    }


def _measured(world: World, **figures: Any) -> dict[str, Any]:
    """The check of alpha after a full measurement, with every figure set to these."""
    with transaction.atomic():
        measure_soon(world.project)
    cast.drain()
    Agreement.objects.update(**figures)
    cast.ask_less(world.project, alpha_floor=0.8)
    _made, gate = judged(world)
    return gate["alpha"]


def test_alpha_of_every_question_reaches_its_floor(done: World) -> None:
    found = _measured(done, value=0.95, low=0.9, high=1, items=200, reason="", details={})
    assert (found["passed"], found["figure"]) == (True, 0.9)
    assert {one["measure"] for one in found["params"]["questions"]} == {
        "alpha",
        "alpha_masi",
        "alpha_ordinal",
        "alpha_interval",
        "alpha_u",
    }
    assert found["params"]["missing"] == []


def test_one_question_below_its_floor_fails(done: World) -> None:
    with transaction.atomic():
        measure_soon(done.project)
    cast.drain()
    Agreement.objects.update(value=0.95, low=0.9, high=1, items=200, reason="", details={})
    Agreement.objects.filter(measure="alpha_u", label="Party").update(low=0.61)
    cast.ask_less(done.project, alpha_floor=0.8)
    made, gate = judged(done)
    assert made.held_at
    assert said(gate["alpha"]) == ("The lower end of alpha of “span” is 0.61, on 200 items; 0.8 is asked.")


def test_few_documents_never_pass(done: World) -> None:
    few = {"warnings": [{"code": "few_documents", "params": {}}]}
    found = _measured(done, value=0.95, low=0.9, high=1, items=200, reason="", details=few)
    assert (found["passed"], found["params"]["because"]) == (False, "few_documents")


def _answered_once_more(world: World, start: int) -> None:
    cast.bring_texts(world.project, world.lead, 1, start=start)
    for person in annotators(world):
        cast.answer_all(world.project, person, lambda _: cast.everything())


def _full_runs(world: World) -> int:
    return MeasureRun.objects.filter(project=world.project, kind="full").count()


def test_spans_measured_before_the_last_answers_are_measured_anew(done: World) -> None:
    with transaction.atomic():
        measure_soon(done.project)
    cast.drain()
    _answered_once_more(done, 90)
    cast.drain()
    cast.ask_less(done.project, alpha_floor=-1.0)
    assert {one["check"]: one["passed"] for one in preview(done.project)}["alpha"] is None
    before = _full_runs(done)
    made, gate = judged(done)
    assert gate["alpha"]["params"]["missing"] == []
    assert _full_runs(done) == before + 1
    assert MeasureRun.objects.get(project=done.project, number=made.agreement_run or 0).kind == "full"
    again, _gate = judged(done)
    assert (_full_runs(done), again.agreement_run) == (before + 1, made.agreement_run)


def test_without_a_floor_nothing_is_measured_for_it(done: World) -> None:
    judged(done)
    assert _full_runs(done) == 0


def test_answers_that_come_in_meanwhile_do_not_undo_the_measurement(done: World) -> None:
    cast.ask_less(done.project, alpha_floor=-1.0)
    judged(done)
    made = request_release(project=done.project, by=done.lead)
    _answered_once_more(done, 95)
    for job in Job.objects.filter(kind="fold", state=JobState.WAITING):
        jobs.run(job.pk, HANDLERS)  # figures of the whole that saw more than was measured in full
    assert current_run(done.project) != full_run(done.project)
    cast.drain()
    made.refresh_from_db()
    told = {one["check"]: one for one in made.gate}["alpha"]
    assert told["params"]["missing"] == []
    assert MeasureRun.objects.get(project=done.project, number=made.agreement_run or 0).kind == "full"


def test_a_measurement_that_fails_holds_nobody_for_ever(done: World) -> None:
    cast.ask_less(done.project, alpha_floor=-1.0)
    made = request_release(project=done.project, by=done.lead)
    Job.objects.filter(kind="measure", state=JobState.WAITING).update(state=JobState.FAILED)
    cast.drain()
    made.refresh_from_db()
    told = {one["check"]: one for one in made.gate}["alpha"]
    assert made.held_at
    assert (told["passed"], told["params"]["missing"]) == (False, ["span"])


def test_too_few_answers_hold(done: World) -> None:
    cast.ask_less(done.project, least_overlap=3)
    made, gate = judged(done)
    assert made.held_at
    assert said(gate["overlap"]) == "7 of 7 items have fewer than 3 independent answers."
    assert AuditEvent.objects.filter(action="release.held").count() == 1


def test_an_answer_given_with_a_suggestion_is_not_independent(done: World) -> None:
    first = AnnotationVersion.objects.order_by("pk")[0]
    fresh = AnnotationVersion.objects.create(
        annotation=first.annotation,
        number=2,
        label_schema=first.label_schema,
        guideline=first.guideline,
        result=first.result,
        predictions_shown=["p1"],
        created_by=first.created_by,
        created_at=timezone.now(),
    )
    type(first.annotation).objects.filter(pk=first.annotation_id).update(current=fresh)
    cast.ask_less(done.project, least_overlap=2)
    _made, gate = judged(done)
    assert (gate["overlap"]["figure"], gate["overlap"]["params"]["below"]) == (1, 1)


def test_an_open_dispute_holds_and_its_item_is_left_out(done: World) -> None:
    carol, dan = annotators(done)
    cast.bring_texts(done.project, done.lead, 1, start=90)
    cast.answer_all(done.project, carol, lambda _: cast.everything("breach"))
    cast.answer_all(done.project, dan, lambda _: cast.everything("unsure"))
    cast.drain()
    told = {one["check"]: one for one in preview(done.project)}
    assert told["disputes"]["passed"] is False
    made, gate = judged(done)
    assert made.held_at
    assert (made.items, gate["disputes"]["figure"]) == (7, 1)
    assert gate["disputes"]["params"]["left_out"] == 1
    assert (gate["unsettled"]["figure"], gate["unsettled"]["passed"]) == (1, True)
    cast.decide(Dispute.objects.get(closed_at=None), done.people["adjudicator"], cast.choice("unsure"))
    cast.drain()
    assert {one["check"]: one for one in checks_of(made)}["disputes"] == gate["disputes"]
    later, gate = judged(done)
    assert later.published_at
    assert gate["disputes"]["figure"] == 0


def test_decisions_that_nobody_looked_at_again_hold_where_it_is_asked(done: World) -> None:
    cast.ask_less(done.project, second_look_share=0.5)
    made, gate = judged(done)
    assert made.held_at
    assert said(gate["second_looks"]).startswith("0 of 1 decisions were looked at again")
    cast.ask_less(done.project, second_look_share=None, second_look_agreement=0.5)
    _made, gate = judged(done)
    assert gate["second_looks"]["params"]["because"] == "differ"


@pytest.mark.parametrize(("second", "same"), [("unsure", 1), ("breach", 0)])
def test_second_looks_and_what_they_came_to_are_counted(done: World, second: str, same: int) -> None:
    heidi = second_adjudicator(done)
    rules.change(project=done.project, by=done.lead, second_look_share=1)
    cast.drain()
    cast.decide(Dispute.objects.get(turn="second_look"), heidi, cast.choice(second))
    cast.drain()
    cast.ask_less(done.project, second_look_share=1.0, second_look_agreement=0.5)
    made, gate = judged(done)
    found = gate["second_looks"]
    assert [found["params"][name] for name in ("decisions", "looked", "same")] == [1, 1, same]
    assert found["figure"] == same
    assert bool(made.published_at) is bool(same)


def _backdate(world: World, **changes: Any) -> None:
    Qualification.objects.filter(expert__user=annotators(world)[0]).update(**changes)


def _expire(world: World) -> None:
    Credential.objects.filter(expert__user=annotators(world)[0]).update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )


def _reject(world: World) -> None:
    credential = Credential.objects.get(expert__user=annotators(world)[0])
    CredentialVerification.objects.filter(credential=credential).update(accepted=False, revoked=True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: _backdate(world, granted_at=timezone.now() + timedelta(minutes=1)),
        lambda world: _backdate(world, revoked_at=timezone.now() - timedelta(hours=1)),
        lambda world: _backdate(world, valid_until=timezone.localdate() - timedelta(days=1)),
        lambda world: _backdate(world, project_id=world.project.pk),
        _expire,
        _reject,
    ],
    ids=["granted later", "revoked before", "expired before", "for a kind only", "credential", "withdrawn"],
)
def test_an_answer_without_a_qualification_in_force_then_holds(done: World, spoil: Any) -> None:
    spoil(done)
    made, gate = judged(done)
    assert made.held_at
    assert gate["credentials"]["params"]["without_answers"] == 7
    assert gate["credentials"]["params"]["without_decisions"] == 0
    assert len(gate["credentials"]["params"]["examples"]) == 7
    assert made.members.get(position=0).versions[0]["class"] == "none"


def test_a_credential_withdrawn_after_the_labelling_holds_nothing(done: World) -> None:
    credential = Credential.objects.get(expert__user=annotators(done)[0])
    evidence.revoke(credential=credential, organisation=done.organisation, by=done.lead, reason="it lapsed")
    made, gate = judged(done)
    assert made.published_at
    assert gate["credentials"]["figure"] == 0


def test_a_decision_by_somebody_unqualified_then_counts_too(done: World) -> None:
    adjudicator = done.people["adjudicator"]
    Qualification.objects.filter(expert__user=adjudicator).update(granted_at=timezone.now())
    made, gate = judged(done)
    assert made.held_at
    assert gate["credentials"]["params"]["without_decisions"] == 1
    assert said(gate["credentials"]).startswith("0 of 14 answers and 1 of 1 decisions were given without")


@pytest.mark.parametrize(
    ("stated", "release", "because"),
    [
        ("CC-BY-SA-4.0", "CC-BY-4.0", "it must be passed on under the same licence."),
        ("CC-BY-NC-4.0", "CC-BY-4.0", "it forbids commercial use"),
        ("CC-BY-ND-4.0", "CC-BY-4.0", "it forbids adaptations."),
        ("as found", "CC-BY-4.0", "this is no licence that Assay knows."),
    ],
)
def test_a_source_whose_licence_conflicts_holds(done: World, stated: str, release: str, because: str) -> None:
    cast.ask_less(done.project, licence=release)
    Item.objects.filter(pk=Item.objects.order_by("pk")[0].pk).update(licence=stated)
    made, gate = judged(done)
    assert made.held_at
    assert said(gate["licences"]).startswith(f"“{stated}” (items: 1): {because}")
    assert [one["items"] for one in gate["licences"]["params"]["sources"]] == [1, 6]


def test_a_statement_of_rights_or_nothing_holds(done: World) -> None:
    Batch.objects.update(licence="", rights="Ours, and you may use it.")
    _made, gate = judged(done)
    assert "a person must read" in said(gate["licences"])
    Batch.objects.update(rights="")
    _made, gate = judged(done)
    assert "no licence and no statement of rights" in said(gate["licences"])


def test_a_release_under_a_licence_that_nobody_knows_holds(done: World) -> None:
    cast.ask_less(done.project, licence="Do as you like")
    _made, gate = judged(done)
    assert said(gate["licences"]).startswith("“Do as you like” is no licence that Assay knows")
    told = {one["check"]: one for one in preview(done.project)}
    assert told["licences"]["params"]["because"] == "strange"


def test_what_is_not_asked_is_told_and_holds_nothing(done: World) -> None:
    off = ("disputes_settled", "credentials", "licences", "personal", "duplicates")
    cast.ask_less(done.project, **dict.fromkeys(off, False))
    Batch.objects.update(licence="")
    _backdate(done, granted_at=timezone.now())
    made, gate = judged(done)
    assert made.published_at
    assert gate["licences"]["params"]["because"] == "conflict"
    assert gate["credentials"]["figure"] == 7
    assert not any(one["asked"] for one in made.gate)


@pytest.fixture
def held(done: World) -> Release:
    """A release held by two checks."""
    cast.ask_less(done.project, least_overlap=3, licence="")
    Batch.objects.update(licence="CC-BY-4.0")
    made, _gate = judged(done)
    assert made.held_at
    return made


def test_a_waiver_for_each_lets_it_go_on(done: World, held: Release) -> None:
    first = held.job
    waive(release=held, check="overlap", reason=f" {REASON} ", by=done.lead)
    cast.drain()
    held.refresh_from_db()
    assert held.held_at
    assert not folder_of(held).exists()
    waive(release=held, check="licences", reason=REASON, by=done.owner)
    cast.drain()
    held = Release.objects.get(pk=held.pk)
    assert held.held_at is None
    assert held.published_at
    assert held.job != first
    assert held.manifest["gate"]["passed"] is True
    assert [(one["check"], one["reason"]) for one in held.manifest["gate"]["waivers"]] == [
        ("licences", REASON),
        ("overlap", REASON),
    ]
    told = AuditEvent.objects.filter(action="release.waived").order_by("pk")
    assert [(one.actor_id, one.changes["check"]) for one in told] == [
        (done.lead.pk, "overlap"),
        (done.owner.pk, "licences"),
    ]
    with pytest.raises(AlreadyDone):
        waive(release=held, check="overlap", reason=REASON, by=done.lead)


@pytest.mark.parametrize(
    ("check", "reason", "code", "where"),
    [
        ("overlap", "too short", "reason_too_short", "reason"),
        ("overlap", " " * 40, "reason_too_short", "reason"),
        ("credentials", REASON, "nothing_to_waive", "check"),
        ("unsettled", REASON, "nothing_to_waive", "check"),
        ("everything", REASON, "no_such_check", "check"),
    ],
)
def test_what_cannot_be_waived(
    done: World, held: Release, check: str, reason: str, code: str, where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        waive(release=held, check=check, reason=reason, by=done.lead)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert refused.value.sentence
    assert refused.value.advice
    assert not held.waivers.exists()


def test_a_check_is_waived_once(done: World, held: Release) -> None:
    waive(release=held, check="overlap", reason=REASON, by=done.lead)
    with pytest.raises(AlreadyDone):
        waive(release=held, check="overlap", reason=REASON, by=done.owner)


def test_one_given_up_stays_unpublished(done: World, held: Release) -> None:
    drop(release=held, by=done.lead)
    assert held.dropped_at
    assert judge(None, held) is False
    for act in (
        lambda: drop(release=held, by=done.lead),
        lambda: waive(release=held, check="overlap", reason=REASON, by=done.lead),
    ):
        with pytest.raises(AlreadyDone):
            act()
    cast.drain()
    held.refresh_from_db()
    assert held.published_at is None
    ReleasePolicy.objects.all().delete()
    Batch.objects.update(licence="CC0-1.0")
    assert cast.make_release(done.project, done.lead).number == held.number + 1


def test_what_is_not_held_is_neither_waived_nor_given_up(done: World) -> None:
    asked = request_release(project=done.project, by=done.lead)
    with pytest.raises(InvalidInput, match="is not held by its gate"):
        drop(release=asked, by=done.lead)
    with pytest.raises(InvalidInput, match="is not held by its gate"):
        waive(release=asked, check="overlap", reason=REASON, by=done.lead)
    cast.drain()
    with pytest.raises(AlreadyDone):
        drop(release=asked, by=done.lead)


def test_judging_twice_writes_nothing_anew(done: World, held: Release) -> None:
    before = Release.objects.values().get(pk=held.pk)
    assert judge(None, held) is False
    assert Release.objects.values().get(pk=held.pk) == before
    assert AuditEvent.objects.filter(action="release.held").count() == 1


def test_a_preview_says_what_is_known_and_what_is_not(done: World) -> None:
    told = {one["check"]: one for one in preview(done.project)}
    assert list(told) == list(CHECKS)
    assert told["disputes"]["passed"] is True
    assert told["licences"]["passed"] is True
    assert told["credentials"]["passed"] is None
    assert said(told["credentials"]) == "Measured when the rows are frozen."


def test_a_preview_takes_a_few_statements(done: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        preview(done.project)


def test_a_preview_of_an_empty_project(empty: World) -> None:
    assert [one["check"] for one in preview(empty.project)] == list(CHECKS)
