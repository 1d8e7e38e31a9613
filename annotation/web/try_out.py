"""Try a template or a config before a project is founded: the editor on an example row; nothing is stored."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext

from annotation.formats.answers import AnswerInvalid, check_item
from annotation.formats.field_text import field_text, shown_data
from annotation.formats.schema import Field, FieldKind, Schema
from annotation.project_templates import Template, example_of, templates
from annotation.stages.project import read_config
from annotation.web.projects_list import may_found
from core.refusals import NotFound
from core.web.page import page

_EXAMPLES: Mapping[FieldKind, tuple[str, str]] = {
    FieldKind.TEXT: ("clause_classification", "text"),
    FieldKind.HTML: ("statute_spans", "act"),
    FieldKind.DIALOGUE: ("call_spans", "call"),
    FieldKind.CHAT: ("chat_review", "messages"),
    FieldKind.TABLE: ("table_cells", "ledger"),
    FieldKind.PAGES: ("pdf_spans", "document"),
    FieldKind.IMAGE: ("image_boxes", "picture"),
    FieldKind.LIST: ("search_ranking", "results"),
}
"""Where an example of each kind of field stands: a template and a column of its example row."""


@login_required
def try_out(request: HttpRequest) -> HttpResponse:
    """The editor on an example row: of the template that `template` names, or of the `config` that is posted."""
    may_found(request)
    given = request.POST if request.method == "POST" else request.GET
    gallery = {one.key: one for one in templates()}
    template = gallery.get(given.get("template", ""))
    config = request.POST.get("config", "").replace("\r\n", "\n")
    if not config and template is None:
        if given.get("template"):
            raise NotFound
        return redirect("web:project-new")
    config = config or (template.config if template else "")
    schema = read_config(config)
    name = request.POST.get("name", "").strip() or (template.name if template else gettext("New project"))
    back = reverse("web:project-new")
    files = reverse("web:template-sample", args=["page"]).removesuffix("assets/page")
    context = {
        "work": trial(schema, row_for(schema, template), name),
        "template": template if template and template.config == config else None,
        "back": back,
        "files": files,
    }
    return page(request, "projects/try.html", context)


def row_for(schema: Schema, template: Template | None) -> dict[str, Any]:
    """The template's example row where it fits the schema, else a row made of examples of each kind of field."""
    if template and _fits(schema, template.example):
        return template.example
    row = {field.key: _example(field) for field in schema.fields}
    for question in schema.questions:
        if question.key_of_data and question.key_of_data not in row:
            row[question.key_of_data] = _offered(question.tag)
    return row


def _fits(schema: Schema, row: dict[str, Any]) -> bool:
    try:
        check_item(schema, row)
    except AnswerInvalid:
        return False
    return True


def _example(field: Field) -> Any:
    key, column = _EXAMPLES[field.kind]
    value = example_of(key)[column]
    if field.kind is not FieldKind.DIALOGUE:
        return value
    return [{field.name_key: turn["author"], field.text_key: turn["text"]} for turn in value]


def _offered(tag: str) -> Any:
    """What an item brings for a question: criteria to grade, labels, or the text that a box is filled with."""
    if tag == "grades":
        return example_of("item_rubric_grading")["rubric"]
    if tag == "textarea":
        return example_of("clause_classification")["text"]
    return [{"value": gettext("First")}, {"value": gettext("Second")}]


def trial(schema: Schema, row: dict[str, Any], name: str) -> dict[str, Any]:
    """What the editor is given: a work that belongs to nobody."""
    data = shown_data(schema, row)
    return {
        "assignment": "try",
        "submitted": False,
        "project": {"id": "try", "name": name},
        "item": {
            "id": "try",
            "data": data,
            "hashes": {},
            "texts": {
                field.name: field_text(field, data) for field in schema.fields if field.kind is FieldKind.HTML
            },
            "language": get_language() or "en",
        },
        "schema": {"version": 1, **schema.to_json()},
        "guideline": None,
        "draft": None,
        "lease_until": None,
        "reasons": [],
        "parts": [],
        "left": 1,
        "exam": None,
        "suggestions": [],
    }
