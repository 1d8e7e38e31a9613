"""A replay of a project: which labels it may use, and that a stored one can be done again."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from annotation.models import Annotation, GoldLabel, MeasureRun, Project
from annotation.models.agreement import RunKind
from annotation.models.replayable import replayable
from annotation.stages import overlap
from annotation.stages.statistics import recomputing, recomputing_runs, replaying
from core.models import User
from tests import cast
from tests.annotation.stages.policies import annotators, project_of, say
from tests.cast import World

ADAPTIVE = {"policy": "adaptive", "overlap": 2, "overlap_max": 4, "stop_at": 0.8}


@pytest.fixture
def played(ours: World, erin: User) -> Project:
    """Three items: two agreed on at once, and one that two and then two more disagreed about; it was decided."""
    project = project_of(ours, items=3, **ADAPTIVE)
    one, two, three, four = annotators(ours, 4, project, right=90)
    say(project, one, "breach", "breach", "unsure")
    say(project, two, "breach", "breach", "breach")
    say(project, three, "breach")
    say(project, four, "unsure")
    cast.decide(project.disputes.get(), erin, cast.choice("unsure"))
    cast.drain()
    return project


def _replay(project: Project) -> MeasureRun:
    replaying.replay_soon(project)
    cast.drain()
    return MeasureRun.objects.filter(project=project, kind=RunKind.REPLAY).latest("number")


def test_all_blind_labels_are_replayed_also_those_asked_for_because_others_differed(played: Project) -> None:
    (question,) = _replay(played).result["questions"]
    assert (question["items"], question["deep"], question["labels"], question["people"]) == (3, 1, 8, 4)
    assert question["decided"] == 1
    rows = {row["policy"]: row for row in question["rows"]}
    assert rows["fixed4"]["labels_per_item"] == pytest.approx(8 / 3)
    assert {"fixed3", "lead-of-two", "adaptive"} <= set(rows)


def test_specialists_answers_are_left_out(played: Project) -> None:
    run = _replay(played)
    last = Annotation.objects.latest("pk")
    Annotation.objects.filter(pk=last.pk).update(tier="specialist")
    assert len(replayable(played.pk, run.number).labels["verdict"]) == 7


def test_a_stored_replay_is_done_again_whatever_came_since(ours: World, played: Project) -> None:
    run = _replay(played)
    assert run.result["agrees"]
    assert run.seen == 8
    cast.bring_texts(played, ours.lead, 2, start=60)
    for user in annotators(ours, 2, played, right=90):
        say(played, user, "breach", "unsure")
    overlap.change_overlap(project=played, by=ours.lead, policy="fixed", overlap=2)
    assert len(_replay(played).result["questions"][0]["rows"]) == len(run.result["questions"][0]["rows"])
    found = recomputing_runs.recompute_replay(played, run)
    assert found.equal
    assert len(found.rows) == 1 + len(run.result["questions"][0]["rows"])
    call_command("recompute", played.uid, run=run.number)
    assert recomputing.find_run(played, None).kind in {RunKind.FOLD, RunKind.FULL}


def test_a_decision_that_is_committed_after_it_was_read_is_no_part_of_it(played: Project) -> None:
    """It was settled before the run's time, in a transaction that ended later."""
    run = _replay(played)
    late = GoldLabel.objects.filter(project=played).exclude(how="adjudicated").earliest("pk")
    late.pk, late.uid, late.how, late.value = None, "late", "adjudicated", "no breach"
    late.settled_at, late.superseded_at = run.at - timedelta(seconds=1), run.at + timedelta(seconds=1)
    late.save(force_insert=True)
    assert recomputing_runs.recompute_replay(played, run).equal
    assert len(run.result["gold"]["verdict"]) == 1


def test_a_replay_that_kept_no_gold_is_done_again_as_of_its_time(played: Project) -> None:
    run = _replay(played)
    del run.result["gold"]
    assert recomputing_runs.recompute_replay(played, run).equal


@pytest.mark.parametrize("name", ["labels_per_item", "as_all"])
def test_a_changed_figure_is_found(played: Project, name: str) -> None:
    run = _replay(played)
    run.result["questions"][0]["rows"][-1][name] += 0.001
    run.save()
    with pytest.raises(CommandError, match="differs"):
        call_command("recompute", played.uid, run=run.number)
