"""Check a labelling config while it is being typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotation.stages.project import read_config
from core.refusals import InvalidConfig


def checked(request: HttpRequest) -> HttpResponse:
    """A fragment: the questions that the posted `config` asks, or the mistake with its tag and line. Always 200."""
    try:
        parsed = read_config(request.POST.get("config", "").replace("\r\n", "\n")).to_json()
    except InvalidConfig as refusal:
        return render(request, "projects/config_refused.html", {"refusal": refusal})
    return render(request, "projects/questions.html", {"parsed": parsed})
