"""How an item was settled is part of its gold: the posterior, what the answers come to, and the truth that came in."""

import math
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from annotation.formats.release.rows import GoldAnswer
from annotation.models import Annotation, Dispute, GoldLabel, Item, Project, Release, Reliability
from annotation.models.release_rows import rows_between
from annotation.stages import overlap
from annotation.stages import project as projects
from annotation.stages.adjudicate.appealing import appeal
from annotation.stages.release import folder_of
from core.models import User
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import decided, fresh, second_adjudicator
from tests.annotation.stages.policies import annotators, project_of, say
from tests.cast import World

ADAPTIVE = {"policy": "adaptive", "overlap": 2, "overlap_max": 4, "stop_at": 0.8}


def only() -> Any:
    return GoldLabel.objects.current().get()


def uids(project: Project) -> list[str]:
    return list(Annotation.objects.filter(project=project).order_by("pk").values_list("uid", flat=True))


def test_plain_votes_give_shares(ours: World) -> None:
    project = project_of(ours, items=1, policy="fixed", overlap=3)
    for user, verdict in zip(annotators(ours, 3), ("unsure", "breach", "breach"), strict=True):
        say(project, user, verdict)
    gold = only()
    assert (gold.value, gold.how, gold.chance, gold.reliabilities) == ("breach", "majority", None, {})
    assert [value for value, _share in gold.soft] == ["breach", "unsure"]
    assert [share for _value, share in gold.soft] == pytest.approx([2 / 3, 1 / 3])


def test_what_cannot_be_counted_has_no_distribution(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.everything())
    cast.drain()
    soft = {one.question: (one.soft, one.reliabilities) for one in GoldLabel.objects.all()}
    assert {key for key, told in soft.items() if told == (None, None)} == {"span", "note"}
    assert soft["verdict"] == ([["breach", 1.0]], {})
    assert soft["topics"] == ([[["price", "term"], 1.0]], {})
    assert soft["stars"] == ([[4, 1.0]], {})


def test_the_stopping_rule_keeps_its_posterior_and_whom_it_relied_on(ours: World) -> None:
    """Labels that nobody said have a chance too; all add up to 1."""
    project = project_of(ours, items=1, **ADAPTIVE)
    good, poor, other = [*annotators(ours, 1, project, right=90), *annotators(ours, 2, project, right=60)]
    for user, verdict in ((poor, "unsure"), (good, "breach"), (other, "breach")):
        say(project, user, verdict)
    gold = only()
    assert (gold.value, gold.how) == ("breach", "stopped")
    assert gold.chance is not None
    assert gold.chance >= project.stop_at
    assert [value for value, _chance in gold.soft] == ["breach", "unsure", "no breach"]
    assert gold.soft[0][1] == pytest.approx(gold.chance)
    assert math.fsum(chance for _value, chance in gold.soft) == pytest.approx(1)
    first, second, third = (gold.reliabilities[uid] for uid in uids(project))
    assert 0.5 < first < 0.7 < second < 1
    assert 0.5 < third < 0.7


def test_unanimous_stays_unanimous_with_its_posterior(ours: World) -> None:
    project = project_of(ours, items=1, **ADAPTIVE)
    for user in annotators(ours, 2, project, right=90):
        say(project, user, "breach")
    gold = only()
    assert gold.how == "unanimous"
    assert gold.chance == pytest.approx(gold.soft[0][1])
    assert 0.8 < gold.chance < 1


def test_beside_a_decision_stands_what_the_answers_came_to_before(ours: World) -> None:
    dispute, decision = decided(ours, "no breach")
    cast.drain()
    gold: Any = GoldLabel.objects.current().get(item=dispute.item, question="verdict")
    assert (gold.how, gold.chance, gold.adjudication) == ("adjudicated", None, decision)
    assert sorted(gold.soft) == [["breach", 0.5], ["unsure", 0.5]]


@pytest.mark.parametrize("column", ["chance = 0.5", "soft = NULL", "reliabilities = '{}'", "how = 'single'"])
def test_the_database_refuses_to_change_how_it_was_settled(ours: World, column: str) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice())
    cast.drain()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE annotation_goldlabel SET {column}")


def verdict_in(made: Release, item: Item) -> GoldAnswer:
    (row,) = [row for row in rows_between(made, 0, made.items) if row.item == item.uid]
    return next(gold for gold in row.gold if gold.question == "verdict")


def test_a_later_decision_corrects_gold_and_earlier_releases_keep_what_they_said(
    ours: World, dan: User
) -> None:
    dispute, first = decided(ours, "breach")
    cast.drain()
    made = cast.make_release(ours.project, ours.lead)
    files = {path: path.read_bytes() for path in folder_of(made).rglob("*") if path.is_file()}
    assert files
    heidi = second_adjudicator(ours)
    appeal(dispute=fresh(dispute), expert=expert_of(dan), by=dan, reason="The rent was due on Monday.")
    again = Dispute.objects.select_related("project__organisation", "item__lane").get(of=dispute)
    second = cast.decide(again, heidi, cast.choice("unsure"))
    cast.drain()
    later = cast.make_release(ours.project, ours.lead)
    said, says = verdict_in(made, dispute.item), verdict_in(later, dispute.item)
    assert (said.value, said.decision) == ("breach", first.uid)
    assert (says.value, says.decision) == ("unsure", second.uid)
    assert said.soft is not None
    assert says.soft is not None
    assert said.soft.distribution == says.soft.distribution
    assert {path: path.read_bytes() for path in files} == files


def test_gold_of_before_is_released_without_a_distribution(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice())
    cast.drain()
    for label in GoldLabel.objects.filter(question="verdict"):
        GoldLabel.objects.filter(pk=label.pk).update(superseded_at=label.settled_at)
        label.pk, label.uid, label.soft, label.reliabilities = None, "before", None, None
        label.save(force_insert=True)
    made = cast.make_release(ours.project, ours.lead)
    answer = verdict_in(made, Item.objects.get())
    assert (answer.value, answer.soft, answer.chance) == ("breach", None, None)


def test_the_rules_of_the_day_decide_what_is_called_certain(ours: World) -> None:
    """Settled under a plain policy, the same answers are a majority."""
    project = project_of(ours, items=1, **ADAPTIVE)
    overlap.change_overlap(project=project, by=ours.lead, policy="fixed", overlap=3)
    projects.change_settings(project=project, by=ours.lead, dispute_rule="no_majority")
    cast.drain()
    for user, verdict in zip(
        annotators(ours, 3, project, right=90), ("breach", "unsure", "breach"), strict=True
    ):
        say(project, user, verdict)
    assert (only().how, only().chance) == ("majority", None)
    assert not Reliability.objects.filter(asked=0).exists()
