"""Check a labelling config while it is being typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from annotation.formats.messages_notes import NOTES
from annotation.formats.schema import Schema
from annotation.stages.project import read_config
from core.refusals import InvalidConfig


def checked(request: HttpRequest) -> HttpResponse:
    """A fragment: the questions that the posted `config` asks, or the mistake with its tag and line. Always 200."""
    try:
        schema = read_config(request.POST.get("config", "").replace("\r\n", "\n"))
    except InvalidConfig as refusal:
        return render(request, "projects/config_refused.html", {"refusal": refusal})
    context = {"parsed": schema.to_json(), "notes": notes_of(schema)}
    return render(request, "projects/questions.html", context)


def notes_of(schema: Schema) -> list[str]:
    """What of a config is left out, in the reader's language."""
    return [gettext(NOTES[note["code"]]) % note for note in schema.notes if note["code"] in NOTES]
