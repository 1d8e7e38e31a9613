"""Figures of spans that only a full measurement makes: from the right answers, kept until the next one, repeatable."""

from functools import partial

import pytest
from django.db import transaction

from annotation.algorithms.span_figures import span_figures
from annotation.algorithms.study import Study
from annotation.models import Agreement, Assignment, Item, MeasureRun, Project, noting
from annotation.models.agreement import RunKind
from annotation.models.scopes import SPANS
from annotation.stages.statistics import marking, recomputing
from annotation.stages.statistics.tables import seed_of
from tests import cast
from tests.cast import World
from tests.core.database import kept

__all__ = ["kept"]


@pytest.fixture(scope="module")
def played(kept: None) -> World:
    """Six items whose party two people mark, one of them a character shorter on every second one."""
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


def test_of_many_items_there_are_none(played: World, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(played.project)
    monkeypatch.setattr(marking, "MOST_ITEMS", 5)
    measure(played.project)
    assert figures(played.project) == []
