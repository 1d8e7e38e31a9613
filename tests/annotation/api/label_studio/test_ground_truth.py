"""What came in as ground truth is gold where it says so of itself."""

from typing import Any

from annotation.models import Dispute, GoldLabel, Reliability
from tests.annotation.api.label_studio.script import CLS, House, choice
from tests.cast import drain


def brought(house: House, *answers: dict[str, Any], **settings: Any) -> int:
    """A task that came in with these answers; its number."""
    project = house.owner.project(CLS, **settings)
    (task,) = house.owner.load(project, [{"data": {"text": "x"}, "annotations": list(answers)}])
    drain()
    return int(task)


def by(person: Any, label: str, **more: Any) -> dict[str, Any]:
    return {"result": [choice(label)], "completed_by": {"email": person.user.email}, **more}


def settled() -> Any:
    return GoldLabel.objects.current().get()


def test_a_truth_that_came_in_is_gold(house: House) -> None:
    brought(house, by(house.ann, "news", ground_truth=True))
    gold = settled()
    assert (gold.value, gold.how, gold.dissent, gold.adjudication) == ("news", "imported", [], None)
    assert [region["value"] for region in gold.result] == [{"choices": ["news"]}]
    assert (gold.soft, gold.reliabilities, gold.chance) == ([["news", 1.0]], {}, None)


def test_answers_beside_it_are_its_dissent_and_open_no_dispute(house: House) -> None:
    task = brought(house, by(house.ann, "news", ground_truth=True), maximum_annotations=2)
    assert not GoldLabel.objects.exists()  # it takes a place: one more answer was asked for
    house.ben.annotate(task, [choice("sport")])
    drain()
    gold = settled()
    assert (gold.value, gold.how, [one["value"] for one in gold.dissent]) == ("news", "imported", ["sport"])
    assert sorted(gold.soft) == [["news", 0.5], ["sport", 0.5]]
    assert not Dispute.objects.exists()
    assert not Reliability.objects.exists()  # it is nobody's record


def test_two_truths_that_differ_settle_nothing(house: House) -> None:
    answers = [by(house.ann, "news", ground_truth=True), by(house.ben, "sport", ground_truth=True)]
    brought(house, *answers, maximum_annotations=2)
    assert not GoldLabel.objects.exists()
    assert Dispute.objects.count() == 1


def test_what_does_not_say_so_is_an_answer_like_any(house: House) -> None:
    """Label Studio takes it for ground truth; whether its authors meant that, nobody knows."""
    brought(house, by(house.ann, "news"))
    assert settled().how == "single"


def test_an_answer_that_is_kept_aside_is_no_truth(house: House) -> None:
    """A second one by the same person counts for nothing, whatever it says of itself."""
    brought(house, by(house.ann, "news"), by(house.ann, "sport", ground_truth=True))
    assert (settled().value, settled().how) == ("news", "single")
