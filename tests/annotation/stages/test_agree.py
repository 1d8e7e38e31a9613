"""Agree: every rule of the verdict, and the disputes that it opens."""

from typing import Any

import pytest

from annotation.algorithms.verdict import Verdict, judge
from annotation.models import Dispute, Item
from annotation.models.newest import newest
from annotation.stages import agree, label
from annotation.stages import project as projects
from core.models import User
from core.organisations import grant
from tests import cast
from tests.cast import World, region

ANY, MAJORITY = "any_difference", "no_majority"


def said(kind: str, *values: Any, rule: str = ANY) -> Verdict:
    """The verdict on what persons 0, 1, 2 … said."""
    return judge(kind, {str(at): value for at, value in enumerate(values)}, rule=rule)


RULES: list[tuple[str, tuple[Any, ...], str, str, Any]] = [
    # kind, values, rule, how, value
    ("choice", ("a",), ANY, "single", "a"),
    ("choice", (None,), ANY, "single", None),
    ("choice", ("a", "a"), ANY, "unanimous", "a"),
    ("choice", (None, None), ANY, "unanimous", None),
    ("choice", ("a", "b"), ANY, "disputed", None),
    ("choice", ("a", None), ANY, "disputed", None),
    ("choice", ("a", "a", "b"), ANY, "disputed", None),
    ("choice", ("a", "a", "b"), MAJORITY, "majority", "a"),
    ("choice", ("a", None, None), MAJORITY, "majority", None),
    ("choice", ("a", "b"), MAJORITY, "disputed", None),
    ("choice", ("a", "a", "b", "c"), MAJORITY, "disputed", None),
    ("choice", ("a", "a", "b", "b"), MAJORITY, "disputed", None),
    ("choice", ("a", "a", "a", "b", "c"), MAJORITY, "majority", "a"),
    ("choices", (["a", "b"], ["b", "a"]), ANY, "unanimous", ["a", "b"]),
    ("choices", (["a", "b"], ["a"]), ANY, "disputed", None),
    (
        "spans",
        ([[0, 2, "x"], [3, 4, "y"]], [[3, 4, "y"], [0, 2, "x"]]),
        ANY,
        "unanimous",
        [[0, 2, "x"], [3, 4, "y"]],
    ),
    ("spans", ([[0, 2, "x"]], [[0, 3, "x"]]), ANY, "disputed", None),
    ("rating", (4, 4), ANY, "unanimous", 4),
    ("rating", (4, 5), ANY, "disputed", None),
    ("number", (1.5, 1.5), ANY, "unanimous", 1.5),
    ("text", (["a"], ["b"]), ANY, "collected", ["a", "b"]),
    ("text", (["a", "b"], ["b"], None), ANY, "collected", ["a", "b"]),
    ("text", (None, None), ANY, "collected", None),
    ("text", (["a"],), ANY, "collected", ["a"]),
]


@pytest.mark.parametrize(("kind", "values", "rule", "how", "value"), RULES)
def test_answers_come_to(kind: str, values: tuple[Any, ...], rule: str, how: str, value: Any) -> None:
    verdict = said(kind, *values, rule=rule)
    assert (verdict.how, verdict.value) == (how, value)


def test_the_winners_are_those_who_said_it() -> None:
    assert said("choice", "b", "a", "a", rule=MAJORITY).winners == ("1", "2")
    assert said("choice", "a", "b").winners == ()
    assert said("text", None, ["x"]).winners == ("0", "1")


def test_the_order_of_the_answers_does_not_decide() -> None:
    for values in (("a", "a", "b"), ("a", "b", "a"), ("b", "a", "a")):
        assert said("choice", *values, rule=MAJORITY).value == "a"


def test_nobody_s_answers_have_no_verdict() -> None:
    with pytest.raises(ValueError, match="nobody"):
        judge("choice", {}, rule=ANY)


def labelled(ours: World, carol: User, dan: User, his: list[dict[str, Any]]) -> Item:
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, carol, lambda _: cast.everything())
    cast.answer_all(ours.project, dan, lambda _: his)
    return Item.objects.get()


def test_each_question_that_differs_is_a_dispute_of_its_own(ours: World, carol: User, dan: User) -> None:
    his = [*cast.choice("unsure"), region("stars", "rating", {"rating": 4})]
    item = labelled(ours, carol, dan, his)
    assert agree.compare(item)
    found = Dispute.objects.order_by("question").values_list("question", "rule", "closed_at")
    assert list(found) == [(name, ANY, None) for name in ("amount", "span", "topics", "verdict")]


def test_agreement_opens_no_dispute(ours: World, carol: User, dan: User) -> None:
    assert agree.compare(labelled(ours, carol, dan, cast.everything()))
    assert not Dispute.objects.exists()


def test_an_item_is_compared_once(ours: World, carol: User, dan: User) -> None:
    item = labelled(ours, carol, dan, cast.choice("unsure"))
    assert agree.compare(item)
    assert not agree.compare(item)
    assert Dispute.objects.filter(question="verdict").count() == 1


def test_an_item_that_wants_more_answers_is_not_compared(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, carol, lambda _: cast.choice())
    assert not agree.compare(Item.objects.get())


def test_a_majority_is_no_dispute_where_the_project_says_so(ours: World) -> None:
    project = cast.found_project(
        ours.organisation, ours.lead, overlap=3, dispute_rule=MAJORITY, qualified_only=False
    )
    cast.bring_texts(project, ours.lead, 1)
    third = cast.person("third")
    grant(user=third, organisation=ours.organisation, role="annotator", by=ours.owner)
    people = [ours.people["annotator"], ours.people["annotator2"], third]
    for user, verdict in zip(people, ("breach", "unsure", "breach"), strict=True):
        cast.answer_all(project, user, lambda _, verdict=verdict: cast.choice(verdict))  # type: ignore[misc]
    cast.drain()
    assert not Dispute.objects.exists()
    gold = Item.objects.get().gold.get(question="verdict")
    assert (gold.value, gold.how, [entry["value"] for entry in gold.dissent]) == (
        "breach",
        "majority",
        ["unsure"],
    )


MORE = cast.CONFIG.replace("</View>", '<Rating name="risk" toName="text" maxRating="3"/></View>')
LESS = cast.CONFIG.replace('<Rating name="stars" toName="text" maxRating="5"/>', "")
RISK = [*cast.choice(), region("risk", "rating", {"rating": 2})]


@pytest.mark.parametrize("turned", [False, True], ids=["carol first", "dan first"])
@pytest.mark.parametrize(
    ("config", "later", "said", "unsaid"),
    [
        (MORE, RISK, {"risk": ("single", 2)}, set()),
        (LESS, cast.choice(), {"stars": ("single", None)}, {"risk"}),
    ],
    ids=["a question more", "a question less"],
)
def test_a_question_is_judged_over_those_who_were_asked(
    ours: World,
    carol: User,
    dan: User,
    turned: bool,
    config: str,
    later: list[dict[str, Any]],
    said: dict[str, Any],
    unsaid: set[str],
) -> None:
    """A version between two answers makes no dispute, whoever's page had been open before it."""
    project = ours.project
    cast.bring_texts(project, ours.lead, 1)
    works = [(user, cast.take(project, user)) for user in (carol, dan)]
    before = newest(project)
    projects.add_schema(project=project, by=ours.lead, config=config)
    answers = [(cast.choice(), before), (later, newest(project))]
    for (user, work), (result, seen) in zip(works, answers[::-1] if turned else answers, strict=True):
        assert work
        label.submit(
            assignment=work,
            schema=seen[0],
            guideline=seen[1],
            by=user,
            result=result,
            hashes=label.hashes_of(seen[0].schema, work.item.data),
            seconds=1.0,
        )
    cast.drain()
    assert not Dispute.objects.exists()
    gold = {one.question: (one.how, one.value) for one in Item.objects.get().gold.all()}
    assert gold["verdict"] == ("unanimous", "breach")
    assert said.items() <= gold.items()
    assert not unsaid & gold.keys()
