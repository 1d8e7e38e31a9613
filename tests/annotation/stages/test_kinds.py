"""Answers of the newer kinds from import to release: compared, decided, settled, measured, released."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from annotation.models import Adjudication, Agreement, Assignment, Dispute, GoldLabel, MeasureRun, noting
from annotation.models.agreement import RunKind
from annotation.models.scopes import FULL, SPANS, WHOLE
from annotation.stages import project as projects
from annotation.stages.statistics import recomputing
from annotation.web.values import Values
from core.refusals import InvalidConfig, InvalidLabel
from tests import cast
from tests.annotation.stages.release_scene import content
from tests.cast import World

CONFIG = """<View>
  <HyperText name="html" value="$html"/><Table name="table" value="$table"/><List name="list" value="$list"/>
  <HyperTextLabels name="span" toName="html"><Label value="Party"/><Label value="Sum"/></HyperTextLabels>
  <Relations name="rel" toName="html"><Relation value="pays"/></Relations>
  <Choices name="sure" toName="html" perRegion="true"><Choice value="yes"/><Choice value="no"/></Choices>
  <Labels name="cell" toName="table"><Label value="Wrong"/></Labels>
  <DateTime name="day" toName="html" only="date"/>
  <Ranker name="order" toName="list"/>
  <Taxonomy name="topic" toName="html"><Choice value="Law"><Choice value="Tax"/></Choice></Taxonomy>
  <Rubric name="rubric" toName="html"/>
  <Choices name="offer" toName="html" value="$offers"/>
</View>"""
HTML = "<p>The <b>tenant</b> owes 7 😀.</p>"


def result(
    day: str = "2026-11-20", order: str = "abc", *, related: bool = True, prefix: str = "x"
) -> cast.Result:
    """The tenant (4 to 10) pays a sum (16 to 17)."""
    marks = [(f"{prefix}1", 4, 10, "tenant", "Party"), (f"{prefix}2", 16, 17, "7", "Sum")]
    said = [
        _region("span", id_, "hypertextlabels", start=start, end=end, text=text, hypertextlabels=[label])
        for id_, start, end, text, label in marks
    ]
    ends: dict[str, Any] = {
        "from_id": f"{prefix}1",
        "to_id": f"{prefix}2",
        "direction": "right",
        "labels": ["pays"],
    }
    said += [_region("rel", f"{prefix}3", "relation", **ends)] if related else []
    return [
        *said,
        _region("sure", f"{prefix}1", "choices", start=4, end=10, text="tenant", choices=["yes"]),
        _region("cell", f"{prefix}4", "labels", "table", row=0, column="amount", labels=["Wrong"]),
        _region("day", f"{prefix}5", "datetime", datetime=day),
        _region("order", f"{prefix}6", "ranker", "list", ranker={"order": list(order)}),
        _region("topic", f"{prefix}7", "taxonomy", taxonomy=[["Law", "Tax"]]),
        _region("rubric", f"{prefix}8", "rubric", rubric=[{"text": f"by {prefix}", "weight": 2}]),
        _region("offer", f"{prefix}9", "choices", choices=["first"]),
    ]


def _region(key: str, id_: str, kind: str, field: str = "html", **value: Any) -> dict[str, Any]:
    return {"id": id_, "from_name": key, "to_name": field, "type": kind, "value": value}


def brought(ours: World, count: int = 2, **more: Any) -> World:
    """A project that asks all of it, with so many items."""
    projects.add_schema(project=ours.project, by=ours.lead, config=CONFIG)
    rows = [
        {
            "html": HTML,
            "table": [{"name": "rent", "amount": at}],
            "list": [{"id": one, "title": one.upper()} for one in "abc"],
            "offers": ["first", "second"],
            **more,
        }
        for at in range(count)
    ]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    return ours


def answered(ours: World, *, related: bool = True, day: str = "2026-11-20", order: str = "abc") -> None:
    """Both annotators answer everything, the second perhaps otherwise."""

    def other(work: Assignment) -> cast.Result:
        return result(day, order, related=related, prefix="y")

    cast.answer_all(ours.project, ours.people["annotator"], lambda _: result())
    cast.answer_all(ours.project, ours.people["annotator2"], other)
    cast.drain()


def test_what_everybody_says_is_settled_and_what_is_collected_is_kept(ours: World) -> None:
    answered(brought(ours))
    gold = {one.question: one for one in GoldLabel.objects.filter(item__line=1)}
    assert {key: one.how for key, one in gold.items()} == {
        **dict.fromkeys(["span", "rel", "sure", "cell", "day", "order", "topic", "offer"], "unanimous"),
        "rubric": "collected",
    }
    assert gold["rel"].value == [[[4, 10, "Party"], [16, 17, "Sum"], "pays", "right"]]
    assert gold["rubric"].value == ["2 by x", "2 by y"]
    assert {one["from_name"] for one in gold["rel"].result} == {"span", "rel"}


def test_a_dispute_about_relations_is_decided_with_the_marks_they_join(ours: World) -> None:
    answered(brought(ours, 1), related=False)
    dispute = Dispute.objects.get()
    assert (dispute.question, dispute.tally["contested"]) == ("rel", ["pays"])
    erin = ours.people["adjudicator"]
    with pytest.raises(InvalidLabel) as refused:
        cast.decide(dispute, erin, result())
    assert refused.value.code == "other_question"
    decision = cast.decide(dispute, erin, result()[:3])
    cast.drain()
    assert decision.value == [[[4, 10, "Party"], [16, 17, "Sum"], "pays", "right"]]
    assert GoldLabel.objects.get(question="rel").how == "adjudicated"
    assert Adjudication.objects.count() == 1


def test_dates_and_orders_are_the_same_or_disputed(ours: World) -> None:
    answered(brought(ours, 1), day="2026-11-21", order="acb")
    found = {one.question: one.tally["contested"] for one in Dispute.objects.all()}
    assert found == {"day": ["2026-11-20", "2026-11-21"], "order": ["a > b > c", "a > c > b"]}


def test_a_full_measurement_has_the_figures_that_fit_each_kind(ours: World) -> None:
    answered(brought(ours, 3), order="acb")
    with transaction.atomic():
        noting.measure_soon(ours.project)
    cast.drain()
    rows = Agreement.objects.current().filter(project=ours.project, label="")
    whole = {(one.question, one.measure): one for one in rows.filter(scope=WHOLE)}
    full = {(one.question, one.measure): one for one in rows.filter(scope=FULL)}
    spans = {(one.question, one.measure): one for one in rows.filter(scope=SPANS)}
    assert {key[1] for key in whole if key[0] == "day"} >= {"alpha", "percent"}
    assert {key[1] for key in whole if key[0] == "rel"} >= {"alpha_masi", "percent"}
    assert whole["order", "percent"].value == 0.0
    assert whole["rel", "percent"].value == 1.0
    assert full["order", "ranking_tau"].value == pytest.approx(1 / 3)
    assert full["rel", "relation_f1"].value == 1.0
    assert ("cell", "u_alpha") in spans
    assert ("sure", "gamma") in spans
    assert not {
        key for key in [*whole, *full, *spans] if key[0] == "rubric" and not key[1].startswith("text_")
    }
    run = MeasureRun.objects.filter(project=ours.project, kind=RunKind.FULL).order_by("-number")[0]
    assert recomputing.recompute(ours.project, run).equal


def test_a_release_writes_one_result_whose_relations_name_its_marks(ours: World) -> None:
    answered(brought(ours, 1))
    made = cast.make_release(ours.project, ours.lead)
    [task] = json.loads(content(made)["label_studio/train.json"])
    gold = task["annotations"][0]["result"]
    ids = [one["id"] for one in gold if one["type"] == "hypertextlabels"]
    relation = next(one for one in gold if one["type"] == "relation")
    assert "from_name" not in relation
    assert {relation["from_id"], relation["to_id"]} == set(ids)
    assert next(one for one in gold if one.get("from_name") == "sure")["id"] in ids
    span = next(one for one in gold if one["type"] == "hypertextlabels")
    assert (span["value"]["start"], span["value"]["globalOffsets"]) == (
        "/p[1]/b[1]/text()[1]",
        {"start": 4, "end": 10},
    )


def test_values_are_told_in_words(ours: World) -> None:
    answered(brought(ours, 1))
    stored = {one.question: one for one in GoldLabel.objects.select_related("item")}
    parsed = ours.project.schemas.first().parsed  # type: ignore[union-attr]
    values = Values(parsed, stored["rel"].item.data)
    with translation.override("en"):
        told = {key: values.show(key, one.value) for key, one in stored.items()}
    assert told["rel"] == "“tenant” → “7” (pays)"
    assert told["sure"] == "yes “tenant”"
    assert told["cell"] == "Wrong “0”"
    assert told["order"] == "A > B > C"
    assert told["topic"] == "Law › Tax"
    assert "2026" in told["day"]
    assert values.excerpt().startswith("The tenant owes 7 😀. · rent 0 · A B C")


def test_a_label_that_relations_or_orders_carry_cannot_vanish(ours: World) -> None:
    answered(brought(ours, 1))
    for old, new in (
        ('<Relation value="pays"/>', '<Relation value="owns"/>'),
        ('value="Tax"', 'value="Fee"'),
    ):
        with pytest.raises(InvalidConfig) as refused:
            projects.add_schema(project=ours.project, by=ours.lead, config=CONFIG.replace(old, new))
        assert refused.value.code == "label_in_use"


def test_an_item_without_what_the_schema_offers_is_a_bad_row(ours: World) -> None:
    brought(ours, 1, offers="none")
    batch = ours.project.batches.order_by("-pk")[0]
    assert (batch.items_stored, batch.rows_bad) == (0, 1)
