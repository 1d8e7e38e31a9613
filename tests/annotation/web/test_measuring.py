"""Computing anew from the lead's pages, every measure that fits a question, and how people mark spans."""

import csv
import io
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from annotation.models import Agreement, SpanMeasure, noting
from annotation.models.agreement import MeasureRun, RunKind
from annotation.models.scopes import FULL
from annotation.web.projects.dashboard import anew, measures
from core.models import AuditEvent, Job
from core.models.job import JobState
from experts.evidence import expert_of
from tests.annotation.web.conftest import As
from tests.annotation.web.files import csv_of
from tests.cast import Scene, World, drain


def address(project: Any, name: str, section: str) -> str:
    return reverse(f"web:{name}", args=[project.uid, section])


def figures(response: Any) -> dict[tuple[str, str], Any]:
    return {(one.key, one.question): one for one in response.context["figures"]}


def file_of(client: Client, project: Any, figure: Any) -> io.StringIO:
    response: Any = client.get(csv_of(project, figure))
    return io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))


def measured(scene: Scene) -> None:
    with transaction.atomic():
        noting.measure_soon(scene.project)
    drain()


def rows_of(figure: Any) -> dict[str, dict[str, Any]]:
    return {
        row.cells[0].raw: dict(zip(("measure", *figure.codes[1:]), _flat(row), strict=True))
        for row in figure.rows
    }


def _flat(row: Any) -> list[Any]:
    return [one for cell in row.cells for one in (cell.raw if isinstance(cell.raw, tuple) else (cell.raw,))]


def test_a_lead_has_everything_computed_anew_and_sees_how_far_it_is(ours: Scene, as_: As) -> None:
    client = as_("lead")
    page = client.get(address(ours.project, "dashboard", "agreement")).content.decode()
    assert "Compute anew" in page
    assert "Not computed from all answers yet." in page

    asked = client.post(address(ours.project, "measure", "agreement"))
    assert asked.status_code == 302
    assert AuditEvent.objects.filter(action="agreement.asked", project_id=ours.project.pk).count() == 1
    during = client.get(address(ours.project, "dashboard", "agreement")).content.decode()
    assert 'id="measuring"' in during
    assert "Compute anew" not in during
    at_work = client.get(address(ours.project, "measuring", "agreement"))
    assert at_work.status_code == 200
    assert "Waiting for a worker" in at_work.content.decode()
    tag = at_work["ETag"]
    again = client.get(address(ours.project, "measuring", "agreement"), headers={"If-None-Match": tag})
    assert again.status_code == 304

    drain()
    ended = client.get(address(ours.project, "measuring", "agreement"))
    assert ended["HX-Refresh"] == "true"
    after = client.get(address(ours.project, "dashboard", "agreement")).content.decode()
    assert "What had been kept while answers arrived was right." in after
    assert MeasureRun.objects.filter(project=ours.project, kind=RunKind.FULL).count() == 1


def test_asking_while_it_is_at_work_adds_nothing(ours: Scene, as_: As) -> None:
    client = as_("lead")
    client.post(address(ours.project, "measure", "agreement"))
    client.post(address(ours.project, "measure", "experts"))
    assert Job.objects.filter(kind=noting.MEASURE, parent=None).count() == 1
    assert AuditEvent.objects.filter(action="agreement.asked", project_id=ours.project.pk).count() == 1


def test_counting_and_computing_say_how_much_is_left(ours: Scene) -> None:
    measured(ours)
    job = Job.objects.get(kind=noting.MEASURE, parent=None)
    child = Job.objects.get(parent=job)
    assert job.started_at
    Job.objects.filter(pk=job.pk).update(
        state=JobState.WAITING, finished_at=None, args={"blocks": 1, "items": 4000}
    )
    Job.objects.filter(pk=child.pk).update(state=JobState.RUNNING, done=1000)
    counting = anew.measuring(ours.project)
    assert counting.progress.percent == 25
    assert "1000 of 4000 items" in counting.said
    assert "left" in counting.progress.left
    Job.objects.filter(pk=child.pk).update(state=JobState.DONE)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, args={"items": 4000, noting.COMPUTED: 6, noting.TO_COMPUTE: 8}
    )
    computing = anew.measuring(ours.project)
    assert computing.progress.percent == 75
    assert "6 of 8" in computing.said
    assert "left" in computing.progress.left


def test_a_computing_that_failed_is_told_and_can_be_asked_for_again(ours: Scene, as_: As) -> None:
    measured(ours)
    Job.objects.filter(kind=noting.MEASURE, parent=None).update(state=JobState.FAILED)
    page = as_("lead").get(address(ours.project, "dashboard", "differences")).content.decode()
    assert "did not come to an end" in page
    assert "Compute anew" in page


def test_who_may_only_see_the_work_has_no_button(ours: Scene, as_: As) -> None:
    client = as_("auditor")
    page = client.get(address(ours.project, "dashboard", "agreement")).content.decode()
    assert "Computed from all answers" in page
    assert "Compute anew</button>" not in page
    assert client.post(address(ours.project, "measure", "agreement")).status_code == 403


def test_an_unknown_page_is_not_there(ours: Scene, as_: As) -> None:
    for name, call in (("measuring", as_("lead").get), ("measure", as_("lead").post)):
        assert call(address(ours.project, name, "nonsense")).status_code == 404


def test_every_question_has_the_measures_that_fit_it_or_a_reason(ours: Scene, as_: As) -> None:
    client = as_("lead")
    before = figures(client.get(address(ours.project, "dashboard", "agreement")))
    waiting = rows_of(before["measures", "verdict"])["fleiss_kappa"]
    assert waiting["note"] == "not_computed"
    measured(ours)
    Agreement.objects.filter(project=ours.project, scope=FULL, measure="icc_2", question="stars").update(
        value=0.625, low=0.5, high=0.75, reason="", items=120
    )
    found = figures(client.get(address(ours.project, "dashboard", "agreement")))
    choice = rows_of(found["measures", "verdict"])
    assert list(choice)[:2] == ["alpha", "percent"]
    assert {"fleiss_kappa", "conger_kappa", "light_kappa", "brennan_prediger"} <= choice.keys()
    stars = rows_of(found["measures", "stars"])
    assert stars["icc_2"]["value"] == 0.625
    assert stars["kendall_w"]["note"] == "no_variation"
    for figure in (found["measures", key] for key in ("verdict", "topics", "stars", "amount")):
        for measure, row in rows_of(figure).items():
            assert row["value"] is not None or any(
                measures.short(measure) in note and len(note) > 30 for note in figure.notes
            ), (measure, figure.notes)
    texts = found["texts", "note"]
    assert "no agreement coefficients" in texts.said
    assert list(rows_of(texts)) == ["text_exact", "text_normalised", "text_edits", "text_ngrams"]
    lines = list(csv.reader(file_of(client, ours.project, texts)))
    assert lines[0] == ["measure", "value", "low", "high", "items", "note"]
    assert len(lines) == 5


def test_the_overview_has_them_too(ours: Scene, as_: As) -> None:
    measured(ours)
    page = as_("lead").get(reverse("web:project-agreement", args=[ours.project.uid])).content.decode()
    assert "Intraclass correlation, ICC(2,1)" in page
    assert "Share of equal texts" in page
    assert "not an agreement coefficient" in page


def test_a_question_about_spans_says_how_each_person_marks(ours: Scene, as_: As) -> None:
    client = as_("lead")
    before = figures(client.get(address(ours.project, "dashboard", "experts")))["reliability", "span"]
    assert "Compute anew" in before.empty
    measured(ours)
    SpanMeasure.objects.filter(
        project=ours.project, expert=expert_of(ours.people["annotator"]), measure="span_person_precision"
    ).update(value=0.25, low=0.125, high=0.5, reason="")
    figure = figures(client.get(address(ours.project, "dashboard", "experts")))["reliability", "span"]
    assert not figure.empty
    assert [row.cells[0].text for row in figure.rows] == sorted(row.cells[0].text for row in figure.rows)
    assert all(row.weak for row in figure.rows)
    lines = list(csv.DictReader(file_of(client, ours.project, figure)))
    mine = {line["person"]: line for line in lines}[expert_of(ours.people["annotator"]).uid]
    assert (mine["right"], mine["right_low"], mine["right_high"]) == ("0.25", "0.125", "0.5")


def test_who_marks_below_everybody_else_is_named(ours: Scene, as_: As) -> None:
    people = [expert_of(ours.people[name]) for name in ("annotator", "annotator2", "adjudicator")]
    for expert, value in zip(people, (0.9, 0.88, 0.5), strict=True):
        SpanMeasure.objects.create(
            project=ours.project,
            question="span",
            expert=expert,
            measure="span_person_f1",
            run=1,
            value=value,
            low=value - 0.05,
            high=value + 0.05,
            texts=40,
        )
    client = as_("lead")
    figure = figures(client.get(address(ours.project, "dashboard", "experts")))["reliability", "span"]
    assert figure.said == (
        f"Below the middle of all with the whole interval: {people[2]}. "
        "About one person in 40 is named by chance, though no worse than the middle."
    )
    assert not any(row.weak for row in figure.rows)
    overview = client.get(reverse("web:project", args=[ours.project.uid]))
    who = {one.key: one for one in overview.context["glance"]}["experts"]
    assert str(people[2]) in who.said


def test_who_labels_is_not_told_how_people_mark(ours: Scene, as_: As) -> None:
    measured(ours)
    response = as_("annotator").get(address(ours.project, "dashboard", "experts"))
    assert response.status_code == 403


def test_the_pages_are_drawn_in_chinese_too(ours: Scene, as_: As) -> None:
    measured(ours)
    for section in anew.SECTIONS:
        page = as_("lead").get(
            address(ours.project, "dashboard", section), headers={"Accept-Language": "zh-hans"}
        )
        assert page.status_code == 200


def test_an_empty_project_can_be_measured(fresh: World) -> None:
    client = Client()
    client.force_login(fresh.lead)
    client.post(address(fresh.project, "measure", "agreement"))
    drain()
    assert client.get(address(fresh.project, "dashboard", "agreement")).status_code == 200
