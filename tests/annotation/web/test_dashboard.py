"""The lead's dashboard: what is stored is drawn, links lead to the items behind, nothing is told to who may label."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotation.models import Item
from annotation.models.pattern import ItemPattern
from annotation.models.truth import ExpertMeasure, ItemTruth
from core.organisations import grant
from core.roles import Role
from experts.evidence import expert_of
from tests.annotation.web.conftest import As
from tests.annotation.web.files import csv_of
from tests.cast import Scene, choice, drain, submit

SECTIONS = ("progress", "agreement", "differences", "experts", "todo")


def page(client: Client, scene: Scene, section: str, **headers: str) -> Any:
    return client.get(reverse("web:dashboard", args=[scene.project.uid, section]), headers=headers)


def figures(response: Any) -> dict[tuple[str, str], Any]:
    return {(one.key, one.question): one for one in response.context["figures"]}


def lines(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def measured_people(scene: Scene) -> None:
    """As the job `truth` writes them, with figures that are known here."""
    for name, value, answers in (("annotator", 0.9, 40), ("annotator2", 0.6, 8)):
        person: dict[str, Any] = {"project": scene.project, "expert": expert_of(scene.people[name])}
        right = {"value": value, "low": value - 0.1, "high": value + 0.1, "controls": 4, "controls_right": 3}
        drift = {"drift": -0.2, "drift_low": -0.4, "drift_high": 0.0}
        speed = {"seconds": 30.0, "seconds_low": 20.0, "seconds_high": 55.0}
        for question, figures_of in (("verdict", {**right, **drift}), ("", speed)):
            ExpertMeasure.objects.update_or_create(
                **person, question=question, defaults={"run": 1, "answers": answers, **figures_of}
            )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_is_drawn_in_both_languages(ours: Scene, as_: As, section: str, language: str) -> None:
    measured_people(ours)
    response = page(as_("lead"), ours, section, accept_language=language)
    assert response.status_code == 200
    assert response.context["figures"]
    assert "<script" not in "".join(str(one.svg) for one in response.context["figures"])


@pytest.mark.parametrize("section", SECTIONS)
def test_an_empty_project_is_told_what_would_give_a_figure(fresh: Any, section: str) -> None:
    client = Client()
    client.force_login(fresh.lead)
    response = page(client, fresh, section)
    assert response.status_code == 200
    assert all(one.empty for one in response.context["figures"])


def test_at_a_glance_has_an_answer_to_each_question(ours: Scene, as_: As) -> None:
    response = as_("lead").get(reverse("web:project", args=[ours.project.uid]))
    glance = {one.key: one for one in response.context["glance"]}
    assert list(glance) == list(SECTIONS)
    assert glance["progress"].figure == "50 % settled"
    assert glance["agreement"].weak
    assert glance["todo"].figure == "Clause 1.1"


def test_a_page_says_what_is_counted_and_greys_what_rests_on_little(ours: Scene, as_: As) -> None:
    response = page(as_("lead"), ours, "agreement")
    assert "surplus and retracted ones, control items and exams" in response.content.decode()
    overall = figures(response)["agreement", ""]
    assert all(row.weak for row in overall.rows)
    assert "fewer than 100 items" in overall.notes[0]


def test_the_fragment_is_not_sent_again_until_something_is_folded(ours: Scene, as_: As) -> None:
    client = as_("lead")
    address = reverse("web:dashboard-figures", args=[ours.project.uid, "agreement"])
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    submit(ours.assignment, ours.people["annotator"], choice("breach"))
    drain()
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_a_cell_leads_to_the_items_behind_it(ours: Scene, as_: As) -> None:
    client = as_("lead")
    mixed = figures(page(client, ours, "differences"))["mixed", "verdict"]
    row = mixed.rows[0]
    behind = client.get(row.cells[1].href)
    assert len(behind.context["rows"]) == row.cells[1].raw
    assert "one says" in behind.content.decode()
    differing = {pattern.item_id for pattern in ItemPattern.objects.filter(question="verdict", entropy__gt=0)}
    assert {shown[0].pk for shown in behind.context["rows"]} <= differing


def test_items_that_differ_most_stand_first(ours: Scene, as_: As) -> None:
    client = as_("lead")
    unsure = figures(page(client, ours, "differences"))["entropy", "verdict"]
    shown = client.get(unsure.links[0].href).context["rows"]
    found = ItemPattern.objects.filter(question="verdict", entropy__gt=0).order_by("-entropy", "item")
    assert [row[0].pk for row in shown] == [pattern.item_id for pattern in found]


def test_every_figure_is_a_file_with_the_numbers_of_the_table(ours: Scene, as_: As) -> None:
    measured_people(ours)
    client = as_("lead")
    for section in SECTIONS:
        for figure in page(client, ours, section).context["figures"]:
            if not figure.empty:
                found = lines(client.get(csv_of(ours.project, figure)))
                assert found[0] == list(figure.codes), figure.key
                assert len(found) == len(figure.rows) + 1, figure.key
                assert all(len(row) == len(figure.codes) for row in found), figure.key


def test_a_file_holds_no_formula(ours: Scene, as_: As) -> None:
    measured_people(ours)
    ours.people["annotator"].name = "=HYPERLINK(1)"
    ours.people["annotator"].save()
    address = reverse("web:figure-csv", args=[ours.project.uid, "reliability"])
    response = as_("lead").get(address, {"question": "verdict"})
    assert response["Content-Disposition"] == f'attachment; filename="{ours.project.uid}-reliability.csv"'
    cells = [cell for row in lines(response) for cell in row]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_a_figure_that_does_not_exist_is_not_found(ours: Scene, as_: As) -> None:
    client = as_("lead")
    for chart, question in (("nothing", ""), ("labels", "nothing"), ("labels", "")):
        address = reverse("web:figure-csv", args=[ours.project.uid, chart])
        assert client.get(address, {"question": question}).status_code == 404
    assert page(client, ours, "nothing").status_code == 404


def test_who_may_label_is_shown_nothing_about_people(ours: Scene, as_: As) -> None:
    measured_people(ours)
    assert "Carol" in page(as_("lead"), ours, "experts").content.decode()
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    client = as_("lead")
    response = page(client, ours, "experts")
    assert response.context["figures"] == []
    assert "Carol" not in response.content.decode()
    address = reverse("web:figure-csv", args=[ours.project.uid, "reliability"])
    assert client.get(address, {"question": "verdict"}).status_code == 404
    assert "Carol" not in client.get(reverse("web:project-glance", args=[ours.project.uid])).content.decode()


def test_who_may_still_answer_sees_only_settled_items_behind_a_figure(ours: Scene, as_: As) -> None:
    address = reverse("web:items", args=[ours.project.uid])
    asked = {"question": "verdict", "least": "0.001"}
    everything = as_("lead").get(address, asked).context["rows"]
    assert ours.dispute.item in [row[0] for row in everything]
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    shown = as_("lead").get(address, asked).context["rows"]
    assert all(row[0].settled_at for row in shown)
    named = page(as_("lead"), ours, "todo").content.decode()
    assert ours.dispute.item.uid not in named


def test_few_answers_are_grey_and_intervals_stand_beside(ours: Scene, as_: As) -> None:
    measured_people(ours)
    found = figures(page(as_("lead"), ours, "experts"))["reliability", "verdict"]
    weak = {row.cells[0].text: row.weak for row in found.rows}
    assert weak == {"Carol": False, "Dan": True}
    assert "0.80 – 1.00" in found.rows[0].cells[2].text


def test_the_next_label_names_an_item_and_who_may_answer_it(ours: Scene, as_: As) -> None:
    item = Item.objects.filter(project=ours.project, settled_at=None, control=False)[0]
    inferred = {
        "value": "breach",
        "probability": 0.6,
        "entropy": 0.97,
        "gain": 0.9,
        "answers": 1,
        "open": True,
    }
    ItemTruth.objects.update_or_create(
        project=ours.project, item=item, question="verdict", defaults={**inferred, "run": 1}
    )
    found = figures(page(as_("lead"), ours, "todo"))["next", "verdict"]
    assert found.rows[0].cells[0].raw == item.uid
    assert [cell.raw for cell in found.rows[0].cells[1:4]] == ["breach", 0.6, 0.9]


def test_labels_weeks_and_versions_lead_to_their_items(ours: Scene, as_: As) -> None:
    client = as_("lead")
    address = reverse("web:items", args=[ours.project.uid])
    found = figures(page(client, ours, "agreement"))
    links = str(found["labels", "verdict"].svg) + str(found["guideline", "verdict"].svg)
    assert "label=%22breach%22" in links
    assert "guideline=1" in links
    row = found["guideline", "verdict"].rows[0]
    shown = client.get(address, {"question": "verdict", "guideline": "1"}).context["rows"]
    assert len(shown) == row.cells[3].raw == 4
    with_label = client.get(address, {"question": "verdict", "label": '"no breach"'}).context["rows"]
    assert len(with_label) == 2
    assert not client.get(address, {"question": "verdict", "label": '"unsure"'}).context["rows"]
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    assert len(client.get(address, {"question": "verdict", "week": monday.isoformat()}).context["rows"]) == 4
    before = monday - timedelta(days=7)
    assert not client.get(address, {"question": "verdict", "week": before.isoformat()}).context["rows"]


@pytest.mark.parametrize("section", SECTIONS)
def test_no_page_reads_answers_or_asks_in_a_loop(ours: Scene, as_: As, section: str) -> None:
    measured_people(ours)
    client = as_("lead")
    page(client, ours, section)
    with CaptureQueriesContext(connection) as asked:
        page(client, ours, section)
    statements = [query["sql"] for query in asked]
    assert not [sql for sql in statements if "annotation_annotation" in sql or "annotation_judgement" in sql]
    assert len(statements) < 60


@pytest.mark.parametrize(
    "query",
    [
        {"question": "verdict", "pair": ["breach"]},
        {"question": "verdict", "pair": ["{", "}"]},
        {"question": "verdict", "pair": ['["a"]', "{}"]},
        {"question": "verdict", "least": "x", "most": "nan"},
        {"question": "verdict", "least": "inf", "after": "1:2"},
        {"question": "nothing", "least": "1"},
        {"question": "verdict", "week": "9999-99-99"},
        {"question": "verdict", "week": "9999-12-31"},
        {"question": "verdict", "guideline": "９"},
        {"question": "topics", "label": '["a", {}]'},
        {"question": "verdict", "least": "0.1", "after": "nan:1"},
        {"expert": "nobody"},
        {"clause": "9" * 500},
        {"question": "verdict", "least": "0", "state": "settled", "after": "0.9:99999999999999999999"},
    ],
)
def test_a_made_up_address_is_no_error(ours: Scene, as_: As, query: dict[str, Any]) -> None:
    client = as_("lead")
    assert client.get(reverse("web:items", args=[ours.project.uid]), query).status_code == 200
    assert client.get(reverse("web:items-csv", args=[ours.project.uid]), query).status_code == 200
