"""As many answers as it takes: one more at a time while the answers leave doubt, up to the maximum."""

from functools import partial

import pytest

from annotation import pipeline
from annotation.models import Dispute, ExpertMeasure, GoldLabel, Project
from annotation.stages import agree, lease, overlap, widen
from annotation.stages import project as projects
from core import faults
from core.models import AuditEvent, User
from experts import evidence
from tests import cast
from tests.annotation.stages.policies import annotators, item, project_of, rely, say, slots
from tests.cast import World

ADAPTIVE = {"policy": "adaptive", "overlap": 2, "overlap_max": 4, "stop_at": 0.8}


@pytest.fixture
def project(ours: World) -> Project:
    return project_of(ours, items=1, **ADAPTIVE)


@pytest.fixture
def known(ours: World, project: Project) -> list[User]:
    """Five who were right in 90 of 100."""
    return annotators(ours, 5, project, right=90)


def test_two_who_agree_are_enough(project: Project, known: list[User]) -> None:
    for user in known[:2]:
        say(project, user, "breach")
    assert slots(item()) == (2, 0, 2, 0)
    gold = GoldLabel.objects.get()
    assert (gold.value, gold.how, gold.dissent) == ("breach", "unanimous", [])


def test_two_who_differ_are_asked_about_by_one_more(project: Project, known: list[User]) -> None:
    say(project, known[0], "breach")
    say(project, known[1], "unsure")
    one = item()
    assert slots(one) == (3, 1, 2, 1)
    assert one.labelled_at is None
    assert one.lane.again
    assert not Dispute.objects.exists()
    event = AuditEvent.objects.get(action="item.widened")
    assert {name: event.changes[name] for name in ("answers", "tier", "questions")} == {
        "answers": 1,
        "tier": "",
        "questions": ["verdict"],
    }
    assert event.changes["decisions"] == ["verdict: probability 0.4072, least 0.66"]

    say(project, known[2], "breach")  # two of three, each right in .9: 0.64, for the item may be hard
    assert slots(one) == (4, 1, 3, 2)
    say(project, known[3], "breach")
    gold = GoldLabel.objects.get()
    assert (gold.value, gold.how, len(gold.dissent)) == ("breach", "stopped", 1)
    assert gold.chance is not None
    assert gold.chance > project.stop_at
    assert not Dispute.objects.exists()


def test_what_the_answers_of_all_taught_of_people_is_believed(ours: World, project: Project) -> None:
    good, poor = annotators(ours, 2)
    say(project, poor, "unsure")
    for user, value in ((good, 0.97), (poor, 0.3)):
        learned = {"run": 1, "method": "default", "answers": 200, "value": value}
        ExpertMeasure.objects.update_or_create(
            project=project, expert=evidence.expert_of(user), question="verdict", defaults=learned
        )
    say(project, good, "breach")
    assert slots(item()) == (2, 0, 2, 0)
    assert GoldLabel.objects.get().value == "breach"


def test_at_the_maximum_a_bare_majority_is_still_a_dispute(
    project: Project, known: list[User], erin: User
) -> None:
    for user, verdict in zip(known, ("breach", "unsure", "unsure", "breach"), strict=False):
        say(project, user, verdict)
    assert slots(item()) == (4, 0, 4, 2)
    assert Dispute.objects.get().rule == "adaptive"
    cast.decide(Dispute.objects.get(), erin, cast.choice("unsure"))
    cast.drain()
    assert GoldLabel.objects.get().how == "adjudicated"


def test_those_nobody_can_rely_on_are_not_believed_though_they_agree(ours: World, project: Project) -> None:
    weak = annotators(ours, 4, project, right=35)
    for user in weak:
        say(project, user, "breach")
    assert Dispute.objects.get().question == "verdict"


def test_one_who_is_reliable_outweighs_two_who_are_not(ours: World, project: Project) -> None:
    strong, *weak = [*annotators(ours, 1, project, right=100), *annotators(ours, 2, project, right=40)]
    overlap.change_overlap(project=project, by=ours.lead, overlap=3)
    cast.drain()
    say(project, weak[0], "unsure")
    say(project, strong, "breach")
    say(project, weak[1], "unsure")
    gold = GoldLabel.objects.get()
    assert (gold.value, gold.how) == ("breach", "stopped")
    assert [entry["value"] for entry in gold.dissent] == ["unsure", "unsure"]
    assert gold.result == cast.choice("breach")


def test_the_record_for_the_item_s_kind_counts_before_the_one_for_any(ours: World, project: Project) -> None:
    people = annotators(ours, 2, project, right=34)
    lane = item().lane
    type(lane).objects.filter(pk=lane.pk).update(kind="lease")
    for user in people:
        rely(project, user, 100, kind="lease")
        say(project, user, "breach")
    assert GoldLabel.objects.get().value == "breach"


def test_each_step_taken_twice_changes_nothing(
    project: Project, known: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cast, "drain", lambda: None)
        say(project, known[0], "breach")
        say(project, known[1], "unsure")
    stale = item()
    assert pipeline.advance(item())
    assert slots(item()) == (3, 1, 2, 1)
    assert not pipeline.advance(stale)
    assert not pipeline.advance(item())
    assert not widen.widen(stale)
    assert not agree.compare(stale)
    assert slots(item()) == (3, 1, 2, 1)
    assert AuditEvent.objects.filter(action="item.widened").count() == 1


@pytest.mark.parametrize("at", ["widen.before_commit", "advance.before_close"])
def test_a_worker_that_dies_in_it_asks_for_one_more_all_the_same(
    project: Project, known: list[User], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    died: list[str] = []

    def dying(name: str) -> None:
        if name == at and not died:
            died.append(name)
            raise ConnectionError

    say(project, known[0], "breach")
    with monkeypatch.context() as patch:
        patch.setattr(cast, "drain", partial(cast.drain, failing=True))
        patch.setattr(faults, "point", dying)
        say(project, known[1], "unsure")
    assert died == [at]
    assert slots(item()) == (3, 1, 2, 1)
    assert AuditEvent.objects.filter(action="item.widened").count() == 1


def test_a_lower_maximum_holds_at_once(ours: World, project: Project, known: list[User]) -> None:
    overlap.change_overlap(project=project, by=ours.lead, overlap_max=2)
    say(project, known[0], "breach")
    say(project, known[1], "unsure")
    assert slots(item()) == (2, 0, 2, 0)
    assert Dispute.objects.exists()


def test_what_was_certain_stays_settled_when_the_policy_changes_before_the_rest_is_decided(
    ours: World, erin: User
) -> None:
    """One question is certain, the other disputed; the lead goes back to a fixed number before it is decided."""
    project = project_of(ours, items=0, **ADAPTIVE)
    projects.add_schema(project=project, by=ours.lead, config=cast.CONFIG)
    cast.bring_texts(project, ours.lead, 1)
    people = [*annotators(ours, 2, project, right=100), *annotators(ours, 2, project, right=40)]
    verdicts = ("breach", "breach", "unsure", "unsure")
    for user, verdict, stars in zip(people, verdicts, (1, 2, 3, 4), strict=True):
        work = cast.take(project, user)
        assert work
        rating = cast.region("stars", "rating", {"rating": stars})
        cast.submit(work, user, [*cast.choice(verdict), rating])
        cast.drain()
    overlap.change_overlap(project=project, by=ours.lead, policy="fixed")
    cast.decide(Dispute.objects.get(question="stars"), erin, [rating])
    cast.drain()
    gold = GoldLabel.objects.get(question="verdict")
    assert (gold.value, gold.how) == ("breach", "weighed")


def test_an_item_in_doubt_goes_first_to_those_whose_answer_is_worth_its_price(
    ours: World, project: Project, known: list[User]
) -> None:
    """Two who are right in nine of ten differ. Who is right less often is given other work first, and it in the end."""
    poor, good = [*annotators(ours, 1, project, right=30), *annotators(ours, 1, project, right=95)]
    (untested,) = annotators(ours, 1)
    say(project, known[0], "breach")
    say(project, known[1], "unsure")
    doubtful = item()
    assert doubtful.lane.again
    assert doubtful.lane.wants == 65
    cast.bring_texts(project, ours.lead, 1, start=50)
    overlap.change_overlap(project=project, by=ours.lead, overlap_max=6)
    for user, first in ((poor, False), (untested, True), (good, True)):
        work = cast.take(project, user)
        assert work
        assert (work.item_id == doubtful.pk) is first
        if first:
            lease.give_back(assignment=work, by=user)
    say(project, poor, "breach")
    assert cast.take(project, poor).item_id == doubtful.pk  # type: ignore[union-attr]
