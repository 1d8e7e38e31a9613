"""The file behind a credential: to download, and a PDF as pictures. For its owner and for who may verify it."""

from base64 import b64encode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.refusals import NotFound
from core.web.page import person
from experts.evidence.pictures import Busy, pictures_of
from experts.models import Credential


@never_cache
@login_required
def evidence(request: HttpRequest, credential: str) -> FileResponse:
    """A download, never a page of its own; an `<img>` shows it all the same."""
    found = _load(request, credential)
    name = str(found.evidence.name).rsplit("/", 1)[-1]
    return FileResponse(found.evidence.open("rb"), as_attachment=True, filename=name)


@never_cache
@login_required
def pages(request: HttpRequest, credential: str) -> HttpResponse:
    """The first pages of a PDF, as a fragment; one that says it is waiting asks again by itself."""
    found = _load(request, credential)
    if not str(found.evidence.name).endswith(".pdf"):
        raise NotFound
    with found.evidence.open("rb") as file:
        pdf = file.read()
    context: dict[str, object] = {"credential": found}
    try:
        drawn = pictures_of(pdf)
    except Busy:
        return render(request, "partials/evidence_waiting.html", {**context, "again": True})
    if drawn:
        shown = [f"data:image/jpeg;base64,{b64encode(picture).decode()}" for picture in drawn.pages]
        context |= {"pictures": shown, "total": drawn.total, "more": drawn.total > len(shown)}
    return render(request, "partials/evidence_pages.html", context)


def _load(request: HttpRequest, uid: str) -> Credential:
    found = Credential.objects.visible_to(person(request)).filter(uid=uid).first()
    if found is None or not found.evidence:
        raise NotFound
    return found
