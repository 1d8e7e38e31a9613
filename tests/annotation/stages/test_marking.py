"""Figures of spans that only a full measurement makes: from the right answers, kept until the next one, repeatable."""

from functools import partial

import pytest
from django.db import transaction

from annotation.algorithms.span_figures import span_figures
from annotation.algorithms.study import Study
from annotation.formats.schema import Kind
from annotation.models import Agreement, Assignment, Item, MeasureRun, Project, SpanMeasure, noting
from annotation.models.agreement import RunKind
from annotation.models.scopes import FULL, SPANS
from annotation.stages.statistics import gathering, recomputing
from annotation.stages.statistics.tables import seed_of
from annotation.web.projects.dashboard import anew
from tests import cast
from tests.cast import World
from tests.core.database import kept

__all__ = ["kept"]


@pytest.fixture(scope="module")
def played(kept: None) -> World:
    """Six items whose party two people mark, one of them a character shorter on every second one, and rate."""
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 6)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], partial(says, part))
    cast.drain()
    return ours


def says(part: str, work: Assignment) -> cast.Result:
    result = cast.everything("breach")
    for region in result:
        if region["type"] == "labels" and part == "annotator2" and work.item.line % 2:
            region["value"]["end"] -= 1
            region["value"]["text"] = region["value"]["text"][:-1]
        if region["type"] == "rating":
            region["value"]["rating"] = (
                1 + work.item.line % 4 + (part == "annotator2" and work.item.line == 1)
            )
    return result


def measure(project: Project) -> MeasureRun:
    with transaction.atomic():
        noting.measure_soon(project)
    cast.drain()
    return MeasureRun.objects.filter(project=project, kind=RunKind.FULL).order_by("-number")[0]


def figures(project: Project) -> list[tuple[str, str, float | None]]:
    rows = Agreement.objects.current().filter(project=project, scope=SPANS).order_by("pk")
    return list(rows.values_list("measure", "label", "value"))


def test_they_are_the_algorithms_figures_of_the_same_answers(played: World, db: None) -> None:
    assert figures(played.project) == []
    measure(played.project)
    texts = dict(Item.objects.filter(project=played.project).values_list("pk", "data__text"))
    rows = []
    for item in texts:
        for work in Assignment.objects.filter(item=item, outcome="submitted"):
            assert work.annotation.current is not None
            spans = [
                (region["value"]["start"], region["value"]["end"], region["value"]["labels"][0])
                for region in work.annotation.current.result
                if region["type"] == "labels"
            ]
            rows.append((item, work.expert_id, tuple(spans)))
    study = Study.from_triples(rows, extents={item: len(text) for item, text in texts.items()})
    expected = span_figures(study, ["Party", "Date"], seed=seed_of(played.project.pk, "span", SPANS))
    assert figures(played.project) == [
        (one.statistic.kind, one.label, one.statistic.value) for one in expected
    ]
    assert ("gamma", "") in {row[:2] for row in figures(played.project)}


def test_folding_leaves_them_and_the_next_measurement_replaces_them(played: World, db: None) -> None:
    run = measure(played.project)
    before = figures(played.project)
    item = Item.objects.filter(project=played.project)[0]
    with transaction.atomic():
        noting.note(played.project.pk, [item.pk])
    cast.drain()
    assert figures(played.project) == before
    again = measure(played.project)
    assert again.number > run.number
    assert figures(played.project) == before
    assert Agreement.objects.filter(project=played.project, scope=SPANS, current=False).count() == len(before)


def test_a_stored_figure_can_be_computed_again(played: World, db: None) -> None:
    found = recomputing.recompute(played.project, measure(played.project))
    assert found.equal
    assert {key[2] for key in (row.key for row in found.rows) if key[1] == SPANS} > {"u_alpha", "gamma"}


def test_of_many_items_some_are_drawn_and_the_figures_say_so(
    played: World, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(gathering.MOST_ITEMS, Kind.SPANS, 4)
    run = measure(played.project)
    row = Agreement.objects.current().get(project=played.project, scope=SPANS, measure="u_alpha")
    assert row.items == 4
    assert {"code": "sampled_items", "params": {"items": 4, "all": 6}} in row.details["warnings"]
    assert recomputing.recompute(played.project, run).equal


def test_every_kind_of_question_has_the_figures_that_fit_it(played: World, db: None) -> None:
    measure(played.project)
    rows = Agreement.objects.current().filter(project=played.project, scope=FULL)
    found: dict[str, dict[str, Agreement]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.question, {})[row.measure] = row
    assert {question: list(of) for question, of in found.items()} == {
        "verdict": ["fleiss_kappa", "conger_kappa", "light_kappa", "brennan_prediger"],
        "stars": ["icc_1", "icc_2", "icc_2k", "kendall_w"],
        "amount": ["icc_1", "icc_2", "icc_2k", "kendall_w"],
        "note": ["text_exact", "text_normalised", "text_edits", "text_ngrams"],
    }
    for of in found.values():
        assert all((row.value is None) == bool(row.reason) for row in of.values())
    assert {row.reason for row in found["amount"].values()} == {"no_variation"}
    note = found["note"]["text_exact"]
    assert note.value == 1.0
    assert "no_agreement_coefficient" in [one["code"] for one in note.details["warnings"]]


def test_people_have_figures_of_how_they_mark_that_can_be_computed_again(played: World, db: None) -> None:
    run = measure(played.project)
    rows = SpanMeasure.objects.filter(project=played.project)
    assert {row.run for row in rows} == {run.number}
    by_measure = {(row.expert.user.name, row.measure): row for row in rows.select_related("expert__user")}
    assert len(by_measure) == 6
    for row in by_measure.values():
        assert row.texts == 6
        assert row.value is not None
        assert row.low is not None
        assert row.low <= row.value <= (row.high or 0)
    found = recomputing.recompute(played.project, run)
    assert found.equal
    assert sum(one.key[1] == "people" for one in found.rows) == 6
    SpanMeasure.objects.filter(pk=rows[0].pk).update(value=0.123)
    assert not recomputing.recompute(played.project, run).equal


def test_a_measure_that_fails_is_named_and_the_run_is_stored(
    played: World, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("annotation.algorithms.span_figures.character_f1", broken)
    monkeypatch.setattr("annotation.algorithms.figures.percent_agreement", broken)
    monkeypatch.setattr("annotation.stages.statistics.marking.span_reliability", broken)
    run = measure(played.project)
    rows = Agreement.objects.filter(project=played.project, run=run.number)
    failed = rows.filter(reason="not_computed")
    assert {"span_f1_char"} <= {row.measure for row in failed} <= {"span_f1_char", "percent"}
    assert rows.filter(measure="span_f1_relaxed", value__isnull=False).exists()
    people = SpanMeasure.objects.filter(project=played.project, run=run.number)
    assert {row.reason for row in people} == {"not_computed"}
    assert run.result["not_computed"] == failed.count() + people.count()
    found = anew.last_full(played.project)
    assert found is not None
    assert f"{run.result['not_computed']} figures could not be computed" in found.said
    assert recomputing.recompute(played.project, run).equal


def test_items_without_documents_are_independent(played: World, db: None) -> None:
    """So ICC keeps the interval and the p of its F test, and nothing is said of documents."""
    measure(played.project)
    stars = (
        Agreement.objects.current().filter(project=played.project, question="stars", measure="icc_1").get()
    )
    assert stars.details["method"] == "f"
    assert "p" in stars.details["details"]
    assert "few_documents" not in [one["code"] for one in stars.details["warnings"]]
