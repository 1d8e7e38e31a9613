"""A decision that is being written is kept, and goes with the dispute."""

from typing import Any

import pytest

from annotation.models import Dispute, DisputeDraft
from annotation.models.dispute_draft import draft_of
from annotation.models.newest import newest
from annotation.stages.adjudicate.doubting import hold, resume
from annotation.stages.adjudicate.drafting import Unfinished, save
from core.models import User
from core.organisations import grant
from core.refusals import AlreadyDone, Conflicted, InvalidInput, InvalidLabel, NotAllowed, StaleDraft
from core.roles import Role
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import disputed, fresh, second_adjudicator
from tests.cast import World


def write(dispute: Dispute, user: User, revision: int = 0, **said: Any) -> DisputeDraft:
    return save(
        dispute=dispute,
        expert=expert_of(user),
        by=user,
        schema=newest(dispute.project)[0],
        revision=revision,
        said=Unfinished(**said),
    )


def test_what_is_half_written_is_kept_for_its_writer_only(ours: World) -> None:
    [dispute] = disputed(ours)
    erin, heidi = ours.people["adjudicator"], second_adjudicator(ours)
    assert draft_of(dispute, erin) is None
    write(dispute, erin, result=cast.choice(), rationale="Rent is ", cites=["x"], way="bad_item")
    draft = draft_of(dispute, erin)
    assert draft is not None
    assert (draft.revision, draft.rationale, draft.result) == (1, "Rent is ", cast.choice())
    assert (draft.cites, draft.way) == (["x"], "bad_item")
    assert draft_of(dispute, heidi) is None
    write(dispute, heidi, rationale="No.")
    assert draft_of(dispute, erin).rationale == "Rent is "  # type: ignore[union-attr]


def test_a_save_from_an_older_revision_is_refused_with_the_stored_version(ours: World) -> None:
    [dispute] = disputed(ours)
    erin = ours.people["adjudicator"]
    write(dispute, erin, rationale="One")
    write(dispute, erin, 1, rationale="Two")
    for revision in (0, 1, 7):
        with pytest.raises(StaleDraft) as refused:
            write(dispute, erin, revision, rationale="Other")
        theirs = refused.value.extra["theirs"]
        assert (theirs["revision"], theirs["rationale"], theirs["way"]) == (2, "Two", "answer")
    assert write(dispute, erin, 1, rationale="Two").revision == 2  # its answer was lost on the way
    assert write(dispute, erin, 2, rationale="Three").revision == 3


def test_only_who_may_decide_keeps_a_draft(ours: World) -> None:
    [dispute] = disputed(ours)
    with pytest.raises(NotAllowed):
        write(dispute, ours.lead)
    carol = ours.people["annotator"]
    grant(user=carol, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    with pytest.raises(Conflicted):
        write(dispute, carol)


def test_it_may_be_incomplete_but_not_about_something_else(ours: World) -> None:
    [dispute] = disputed(ours)
    erin = ours.people["adjudicator"]
    assert write(dispute, erin).result == []
    with pytest.raises(InvalidLabel):
        write(dispute, erin, 1, result=cast.everything())
    with pytest.raises(InvalidLabel):
        write(dispute, erin, 1, result=[{"id": 3}])
    with pytest.raises(InvalidInput):
        write(dispute, erin, 1, unclear="x" * 4001)
    with pytest.raises(InvalidInput):
        write(dispute, erin, 1, cites=[str(one) for one in range(11)])


def test_a_decision_ends_everybodys_draft_and_takes_no_more(ours: World) -> None:
    [dispute] = disputed(ours)
    erin, heidi = ours.people["adjudicator"], second_adjudicator(ours)
    write(dispute, erin, rationale="Rent")
    write(dispute, heidi, rationale="No.")
    cast.decide(dispute, erin, cast.choice())
    assert not DisputeDraft.objects.exists()
    with pytest.raises(AlreadyDone):
        write(fresh(dispute), heidi, 1, rationale="No. Because")
    with pytest.raises(AlreadyDone):
        write(dispute, heidi, 1, rationale="No. Because")
    assert not DisputeDraft.objects.exists()


def test_a_dispute_on_hold_keeps_the_answer_and_asks_no_second_time(ours: World) -> None:
    [dispute] = disputed(ours)
    erin = ours.people["adjudicator"]
    write(dispute, erin, result=cast.choice(), rationale="Rent", way="hold", unclear="Holidays?")
    guideline = newest(dispute.project)[1]
    doubt = hold(dispute=dispute, expert=expert_of(erin), by=erin, guideline=guideline, note="Holidays?")
    with pytest.raises(AlreadyDone):
        write(dispute, erin, 2, rationale="Rent is")
    resume(doubts=[doubt], by=ours.lead, answer="They count.")
    draft = draft_of(fresh(dispute), erin)
    assert draft is not None
    assert (draft.revision, draft.way, draft.unclear, draft.rationale) == (2, "answer", "", "Rent")


def test_a_bad_item_ends_the_drafts_of_its_other_disputes(ours: World) -> None:
    [dispute] = disputed(ours)
    other = Dispute.objects.create(
        project=ours.project,
        item=dispute.item,
        question="stars",
        rule="any_difference",
        opened_at=dispute.opened_at,
    )
    erin, heidi = ours.people["adjudicator"], second_adjudicator(ours)
    write(other, heidi, rationale="Three")
    cast.decide(dispute, erin, [], outcome="bad_item")
    assert fresh(other).closed_at is not None
    assert not DisputeDraft.objects.exists()
