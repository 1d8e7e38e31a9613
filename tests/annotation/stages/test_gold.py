"""Gold: one truth per question, how it came about, and the dissent."""

from annotation.models import Annotation, Dispute, GoldLabel, Item
from annotation.stages import gold
from annotation.stages import project as projects
from core.models import User
from core.organisations import grant
from tests import cast
from tests.cast import World


def settled(ours: World, *verdicts: str) -> dict[str, GoldLabel]:
    """The gold of an item after these answers, by question."""
    people = (ours.people["annotator"], ours.people["annotator2"])
    for user, verdict in zip(people, verdicts, strict=False):
        cast.answer_all(ours.project, user, lambda _, verdict=verdict: cast.everything(verdict))  # type: ignore[misc]
    cast.drain()
    return {label.question: label for label in GoldLabel.objects.current()}


def test_one_answer_is_gold_where_one_is_wanted(ours: World) -> None:
    cast.set_overlap(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 1)
    found = settled(ours, "breach")
    assert {label.how for question, label in found.items() if question != "note"} == {"single"}
    assert (found["verdict"].value, found["verdict"].dissent) == ("breach", [])


def test_unanimous_answers_are_gold_with_the_regions_behind_them(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    found = settled(ours, "breach", "breach")
    assert sorted(found) == ["amount", "note", "span", "stars", "topics", "verdict"]
    assert {label.how for question, label in found.items() if question != "note"} == {"unanimous"}
    assert found["span"].value == [[0, 6, "Party"]]
    assert [region["from_name"] for region in found["span"].result] == ["span"]
    assert found["verdict"].result == cast.choice()


def test_free_texts_are_collected_from_everybody(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    note = settled(ours, "breach", "breach")["note"]
    assert (note.how, note.value, note.dissent) == ("collected", ["it is late"], [])
    assert len(note.result) == 2


def test_a_question_that_nobody_answered_has_gold_without_a_value(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice())
    cast.drain()
    stars = GoldLabel.objects.get(question="stars")
    assert (stars.value, stars.result, stars.how) == (None, [], "unanimous")


def test_an_open_dispute_keeps_the_item_unsettled(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    assert settled(ours, "breach", "unsure") == {}
    item = Item.objects.get()
    assert not gold.settle(item)
    assert item.settled_at is None


def test_a_decision_is_gold_and_the_dissent_stays(ours: World, carol: User, dan: User, erin: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    settled(ours, "breach", "unsure")
    decision = cast.decide(Dispute.objects.get(), erin, cast.choice("unsure"))
    cast.drain()
    label = GoldLabel.objects.get(question="verdict")
    assert (label.value, label.how, label.adjudication) == ("unsure", "adjudicated", decision)
    assert label.result == cast.choice("unsure")
    hers = Annotation.objects.get(expert__user=carol)
    assert label.dissent == [{"annotation": hers.uid, "value": "breach"}]
    assert GoldLabel.objects.get(question="stars").how == "unanimous"


def test_an_item_is_settled_once(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    before = settled(ours, "breach", "breach")
    assert not gold.settle(Item.objects.get())
    assert GoldLabel.objects.count() == len(before)


def test_settling_again_supersedes_and_keeps_the_old_truth(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    before = settled(ours, "breach", "breach")
    Item.objects.update(settled_at=None)
    assert gold.settle(Item.objects.get())
    assert GoldLabel.objects.count() == 2 * len(before)
    assert GoldLabel.objects.current().count() == len(before)
    before["verdict"].refresh_from_db()
    assert before["verdict"].superseded_at


def test_a_rule_that_was_changed_meanwhile_does_not_stop_the_item(ours: World, erin: User) -> None:
    """What the rule of the day called a majority stays one, though the project now disputes any difference."""
    project = cast.found_project(
        ours.organisation, ours.lead, overlap=3, dispute_rule="no_majority", qualified_only=False
    )
    cast.bring_texts(project, ours.lead, 1)
    third = cast.person("third")
    grant(user=third, organisation=ours.organisation, role="annotator", by=ours.owner)
    answers = [
        (ours.people["annotator"], cast.everything("breach")),
        (ours.people["annotator2"], [*cast.choice("unsure"), *cast.everything()[3:]]),
        (third, cast.choice("no breach")),
    ]
    for user, result in answers:
        cast.answer_all(project, user, lambda _, result=result: result)  # type: ignore[misc]
    cast.drain()
    projects.change_settings(project=project, by=ours.lead, dispute_rule="any_difference")
    for dispute in Dispute.objects.all():
        assert dispute.question == "verdict"
        cast.decide(dispute, erin, cast.choice())
    cast.drain()
    stars = GoldLabel.objects.get(question="stars")
    assert (stars.value, stars.how, [entry["value"] for entry in stars.dissent]) == (4, "majority", [None])
