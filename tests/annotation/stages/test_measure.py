"""Measure: the figures equal the algorithms' on the same answers, over the right answers."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.algorithms.agreement import krippendorff_alpha, label_alpha, percent_agreement
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.study import Study
from annotation.models import Agreement, Annotation, Assignment, Item, Project, noting
from annotation.models.scopes import FULL_ONLY
from annotation.stages import project as projects
from core.models import Job, User
from core.organisations import grant
from core.roles import Role
from tests import cast
from tests.cast import World
from tests.core.database import kept

__all__ = ["kept"]

VERDICTS = ("breach", "no breach", "unsure")


def figure(project: Project, measure: str, label: str = "", question: str = "verdict") -> Agreement:
    """The newest figure."""
    rows = Agreement.objects.filter(
        project=project, measure=measure, label=label, question=question, scope=""
    )
    return rows.order_by("-run")[0]


@pytest.fixture(scope="module")
def played(kept: None) -> World:
    """Twelve items answered by two people who differ on some."""
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 12)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], partial(says, part))
    cast.drain()
    return ours


def says(part: str, work: Assignment) -> cast.Result:
    line = work.item.line
    return cast.everything(VERDICTS[line % 3 if part == "annotator" or line > 3 else 0])


@pytest.fixture
def measured(played: World, db: None) -> World:
    return played


def annotators(world: World) -> tuple[User, User]:
    return world.people["annotator"], world.people["annotator2"]


@pytest.fixture
def empty(measured: World) -> World:
    """The same people with a project in which nothing has happened."""
    return replace(measured, project=cast.found_project(measured.organisation, measured.lead))


def study_of(project: Project) -> Study:
    said = Annotation.objects.filter(project=project, judgements__question="verdict")
    return Study.from_triples(said.values_list("item_id", "expert_id", "judgements__value"))


def test_the_figures_are_the_algorithms_on_the_same_answers(measured: World) -> None:
    study = study_of(measured.project)
    patterns = study.patterns()
    for name, expected in (
        ("alpha", krippendorff_alpha(patterns, seed=0)),
        ("percent", percent_agreement(patterns, seed=0)),
        ("cohen_kappa", cohen_kappa(study, *study.raters, seed=0)),
    ):
        found = figure(measured.project, name)
        assert found.value == pytest.approx(expected.value, abs=1e-12)
        assert (found.items, found.reason) == (12, "")
        assert found.low is not None
        assert found.high is not None
        assert found.low <= (found.value or 0) <= found.high
    assert figure(measured.project, "alpha").judgements == 24


def test_every_label_of_the_schema_has_a_figure_or_a_reason(measured: World) -> None:
    patterns = study_of(measured.project).patterns()
    expected = {verdict: label_alpha(patterns, verdict, seed=0) for verdict in VERDICTS}
    for label in VERDICTS:
        found = figure(measured.project, expected[label].kind, label)
        assert found.value == pytest.approx(expected[label].value, abs=1e-12)
    unused = figure(measured.project, "span_f1", "Date", question="span")
    assert (unused.value, unused.low, unused.high) == (None, None, None)
    assert unused.reason


def test_every_question_but_free_text_is_measured(measured: World) -> None:
    found = set(Agreement.objects.values_list("question", flat=True))
    assert found == {"verdict", "topics", "span", "stars", "amount"}


def test_a_measurement_can_be_repeated_to_the_last_digit(measured: World) -> None:
    columns = ("question", "measure", "label", "value", "low", "high", "reason", "seed", "inputs_hash")
    before = list(Agreement.objects.filter(run=latest()).order_by("pk").values_list(*columns))
    measure_again(measured.project)
    again = Agreement.objects.filter(run=latest()).exclude(scope__in=FULL_ONLY).order_by("pk")
    assert list(again.values_list(*columns)) == before
    assert {len(row[-1]) for row in before} == {64}


def latest() -> int:
    return Agreement.objects.order_by("-run")[0].run


def measure_again(project: Project) -> None:
    with transaction.atomic():
        noting.measure_soon(project)
    cast.drain()


def test_earlier_measurements_stay(measured: World) -> None:
    count = Agreement.objects.count()
    run = latest()
    measure_again(measured.project)
    assert latest() > run
    assert Agreement.objects.exclude(scope__in=FULL_ONLY).count() == 2 * count


def test_one_annotator_alone_has_a_reason_instead_of_a_figure(empty: World) -> None:
    cast.set_overlap(empty.project, empty.lead, 1)
    cast.bring_texts(empty.project, empty.lead, 3)
    cast.answer_all(empty.project, annotators(empty)[0], lambda _: cast.choice())
    cast.drain()
    found = figure(empty.project, "alpha")
    assert (found.value, found.low, found.reason, found.items) == (None, None, "one_annotator", 0)


def test_answers_that_never_vary_have_a_reason(empty: World) -> None:
    cast.bring_texts(empty.project, empty.lead, 3)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice())
    cast.drain()
    assert (figure(empty.project, "alpha").value, figure(empty.project, "alpha").reason) == (
        None,
        "no_variation",
    )
    assert figure(empty.project, "percent").value == 1.0


def test_a_surplus_answer_is_left_out(measured: World) -> None:
    before = figure(measured.project, "alpha")
    nina = cast.person("nina")
    grant(user=nina, organisation=measured.organisation, role=Role.ANNOTATOR, by=measured.owner)
    cast.qualify(nina, measured.organisation, measured.project.sector, measured.lead)
    Item.objects.update(overlap=3, open_slots=1)
    cast.answer_all(measured.project, nina, lambda _: cast.choice("unsure"))
    Annotation.objects.filter(expert__user=nina).update(surplus=True)
    measure_again(measured.project)
    after = figure(measured.project, "alpha")
    assert (after.value, after.inputs_hash) == (before.value, before.inputs_hash)


@pytest.mark.parametrize(("widened", "tier"), [(1, "first"), (0, "specialist")], ids=["adaptive", "tiered"])
def test_only_answers_that_were_not_asked_for_because_of_others_count(
    measured: World, widened: int, tier: str
) -> None:
    before = figure(measured.project, "alpha")
    nina = cast.person("nina")
    grant(user=nina, organisation=measured.organisation, role=Role.ANNOTATOR, by=measured.owner)
    cast.qualify(nina, measured.organisation, measured.project.sector, measured.lead)
    Item.objects.update(overlap=3, open_slots=1, widened=widened)
    cast.answer_all(measured.project, nina, lambda _: cast.choice("unsure"))
    Annotation.objects.filter(expert__user=nina).update(tier=tier)
    measure_again(measured.project)
    after = figure(measured.project, "alpha")
    assert (after.value, after.inputs_hash, after.judgements) == (before.value, before.inputs_hash, 24)


def test_control_items_do_not_count(measured: World) -> None:
    before = figure(measured.project, "alpha")
    batch = cast.bring_texts(measured.project, measured.lead, 1, start=500)
    for user in annotators(measured):
        cast.answer_all(measured.project, user, lambda _: cast.choice("unsure"))
    measure_again(measured.project)
    assert figure(measured.project, "alpha").inputs_hash != before.inputs_hash
    batch.items.update(control=True)
    measure_again(measured.project)
    assert figure(measured.project, "alpha").inputs_hash == before.inputs_hash


def test_an_answer_that_was_retracted_is_left_out(measured: World) -> None:
    first = Annotation.objects.order_by("pk")[0]
    Annotation.objects.filter(pk=first.pk).update(retracted_at=timezone.now())
    measure_again(measured.project)
    found = figure(measured.project, "alpha")
    assert (found.items, found.judgements) == (11, 22)


def test_another_project_s_answers_do_not_count(measured: World) -> None:
    other = cast.found_project(measured.organisation, measured.lead)
    measure_again(other)
    found = figure(other, "alpha")
    assert (found.value, found.reason, found.items) == (None, "no_labels", 0)


def test_many_items_at_once_are_measured_once(empty: World) -> None:
    cast.bring_texts(empty.project, empty.lead, 5)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice())
    cast.drain()
    assert Job.objects.filter(kind="measure", project_id=empty.project.pk).count() <= 2


def test_a_number_has_no_figure_per_value_and_a_set_one_per_label_of_the_schema(measured: World) -> None:
    assert not Agreement.objects.filter(question="amount").exclude(label="").exists()
    topics = (
        Agreement.objects.filter(question="topics", run=latest(), scope="").exclude(label="").order_by("pk")
    )
    assert list(topics.values_list("label", "measure")) == [
        (label, "alpha_label") for label in ("price", "term", "notice")
    ]


def test_who_was_not_asked_marked_no_empty_set(empty: World) -> None:
    """Two say nothing of dates; only the second was asked. A third item both were asked about."""
    carol, dan = annotators(empty)
    spans = '<Labels name="when" toName="text"><Label value="Day"/></Labels>'
    cast.bring_texts(empty.project, empty.lead, 2)
    cast.answer_all(empty.project, carol, lambda _: cast.choice(), most=1)
    projects.add_schema(
        project=empty.project, by=empty.lead, config=cast.CONFIG.replace("</View>", f"{spans}</View>")
    )
    when = [cast.region("when", "labels", {"start": 0, "end": 6, "text": "Clause", "labels": ["Day"]})]
    cast.answer_all(empty.project, carol, lambda _: [*cast.choice(), *when])
    cast.answer_all(empty.project, dan, lambda _: [*cast.choice(), *when])
    cast.drain()
    found = figure(empty.project, "span_f1", question="when")
    assert (found.value, found.items) == (1.0, 1)
