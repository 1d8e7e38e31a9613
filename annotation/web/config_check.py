"""Check a labelling config while it is being typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from annotation.formats.messages_notes import NOTES, worded
from annotation.stages.project import read_config
from core.refusals import InvalidConfig


def checked(request: HttpRequest, *, outside: bool = False) -> HttpResponse:
    """A fragment: the questions that the posted `config` asks, or the mistake with its tag and line. Always 200.

    `outside`: what the workspace cannot show is a note, no mistake (`read_config`).
    """
    try:
        schema = read_config(request.POST.get("config", "").replace("\r\n", "\n"), outside=outside)
    except InvalidConfig as refusal:
        return render(request, "projects/config_refused.html", {"refusal": refusal})
    context = {"parsed": schema.to_json(), "notes": notes_of(schema.notes)}
    return render(request, "projects/questions.html", context)


def notes_of(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    """What of a config is left out, in the reader's language."""
    return [worded(note, gettext) for note in notes if note["code"] in NOTES]
