"""The gallery of templates: found by words, tried out without storing anything."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotation.formats.labelling_config import parse_config
from annotation.models import Assignment, Item, Project
from annotation.project_templates import by_family, search, templates
from annotation.web.template_picture import HEIGHT, WIDTH, picture
from annotation.web.try_out import row_for, trial
from tests.annotation.web.conftest import As
from tests.cast import World


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


@pytest.fixture
def lead(ours: World, as_: As) -> Client:
    return as_("lead")


def _work(page: Any) -> dict[str, Any]:
    found = re.search(
        r'<script id="work" type="application/json">(.*?)</script>', page.content.decode(), re.S
    )
    assert found
    work: dict[str, Any] = json.loads(found[1])
    return work


def test_templates_are_found_by_words_of_name_tag_and_sector(lead: Client) -> None:
    def keys(**asked: str) -> list[str]:
        groups = lead.get(reverse("web:project-new"), asked).context["groups"]
        return [template.key for _key, _name, rows in groups for template, _shapes in rows]

    assert len(keys()) >= 30
    assert keys(q="rubric grading") == ["rubric_grading", "item_rubric_grading"]
    assert "pdf_spans" in keys(q="PDF")
    assert "clinical_spans" not in keys(sector="legal")
    assert keys(q="no such thing") == []


def test_groups_come_in_their_order_and_in_the_reader_s_language() -> None:
    with translation.override("zh-hans"):
        groups = by_family(templates())
        assert groups[0][0] == "writing"
        assert search(templates(), "评分")


def test_every_template_has_a_picture_within_its_frame() -> None:
    for template in templates():
        shapes = picture(template.schema)
        assert len(shapes) > 3, template.key
        for one in shapes:
            assert one.x >= 0
            assert one.y >= 0
            assert one.x + one.width <= WIDTH
            assert one.y + one.height <= HEIGHT


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.key)
def test_every_template_can_be_tried(template: Any) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            here = next(one for one in templates() if one.key == template.key)
            row = row_for(here.schema, here)
            assert row == here.example
            work = trial(here.schema, row, here.name)
            assert work["schema"]["questions"]
            assert json.dumps(work)


def test_trying_shows_the_editor_and_stores_nothing(lead: Client) -> None:
    before = [model.objects.count() for model in (Project, Item, Assignment)]
    page = lead.get(reverse("web:template-try"), {"template": "statute_spans"})
    work = _work(page)
    assert "data-try" in page.content.decode()
    assert "<h2>" in work["item"]["data"]["act"]
    assert work["item"]["texts"]["act"].startswith("12 Right to cancel")
    assert [model.objects.count() for model in (Project, Item, Assignment)] == before


def test_pictures_of_examples_are_served(lead: Client) -> None:
    for template in templates():
        for value in template.example.values():
            if isinstance(value, dict) and "asset" in value and value["asset"]:
                address = reverse("web:template-sample", args=[value["asset"]])
                assert lead.get(address)["Content-Type"] == "image/png"
    assert lead.get(reverse("web:template-sample", args=["nothing"])).status_code == 404


def test_an_own_config_is_tried_with_a_row_made_for_it(lead: Client) -> None:
    config = (
        '<View><Paragraphs name="talk" value="$talk" nameKey="who" textKey="said"/>'
        '<Grades name="grades" toName="talk" value="$rubric"/></View>'
    )
    work = _work(lead.post(reverse("web:template-try"), {"config": config, "name": "Mine"}))
    assert work["project"]["name"] == "Mine"
    assert set(work["item"]["data"]["talk"][0]) == {"who", "said"}
    assert work["item"]["data"]["rubric"][0]["most"] == 2


def test_a_row_is_made_for_every_kind_of_field() -> None:
    for template in templates():
        row = row_for(template.schema, None)
        assert set(row) >= {field.key for field in template.schema.fields}


def test_a_config_with_a_mistake_is_refused_with_its_line(lead: Client) -> None:
    page = lead.post(reverse("web:template-try"), {"config": '<View>\n<Audio name="a" value="$a"/></View>'})
    assert page.status_code == 422
    assert "2" in page.content.decode()
    assert lead.get(reverse("web:template-try"), {"template": "nothing"}).status_code == 404


def test_what_is_left_out_of_a_config_is_said_while_it_is_typed(lead: Client) -> None:
    config = '<View><Text name="t" value="$t"/>\n<DateTime name="d" toName="t" format="%d.%m.%Y"/></View>'
    assert parse_config(config).notes
    page = lead.post(reverse("web:config-check"), {"config": config}).content.decode()
    assert "Line 2" in page
