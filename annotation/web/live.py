"""Fragments that pages poll: an ETag over what they show, and 304 while nothing has changed."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from annotation.web.gate import Here


def fingerprint(*facts: Any) -> str:
    """A tag for the facts that a fragment is drawn from."""
    text = json.dumps(facts, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 when the reader has this already (they send the tag of what they see)."""
    if request.headers.get("If-None-Match", "").removeprefix("W/") == f'"{tag}"':
        return tagged(HttpResponseNotModified(), tag)
    return None


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """The response with its ETag; a cache may keep it only for this person, and must ask each time."""
    response["ETag"] = f'W/"{tag}"'  # weak: it tells of what is shown, not of how it is compressed
    response["Cache-Control"] = "private, no-cache"
    return response


def polled(here: Here, tag: str, template: str, **shown: Any) -> HttpResponse:
    """A fragment of a project's page that is asked for again and again, or 304."""
    if found := unchanged(here.request, tag):
        return found
    context = {"here": here, "project": here.project, "tag": tag, **shown}
    return tagged(render(here.request, template, context), tag)


def refresh() -> HttpResponse:
    """What a fragment waited for has come: the whole page is loaded anew."""
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response
