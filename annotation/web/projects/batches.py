"""Batches: the list, the upload, and one batch with its progress and its problems."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_POST

from annotation.models import Batch, BatchProblem
from annotation.stages import ingest
from annotation.stages.ingest.files import FILE_KINDS
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.batch_forms import DeidentifiedForm, RightsForm, UploadForm
from annotation.web.projects.batch_rows import with_held
from annotation.web.projects.progress import progress
from annotation.web.projects.quality import quality_of
from annotation.web.sentences import advice, problem
from core import jobs
from core.refusals import NotFound
from core.roles import Capability
from core.web.paging import keyset

_SEE = (Capability.SEE_WORK, Capability.BRING_BATCHES)


@in_project(*_SEE)
def batches(here: Here) -> HttpResponse:
    """Every batch for who sees the work, one's own for a contributor."""
    found = Batch.objects.visible_to(here.user).filter(project=here.project)
    page = keyset(here.request, with_held(found))
    return here.render("projects/batches.html", {"page": page, "batches": page.rows})


@in_project(Capability.BRING_BATCHES)
def new(here: Here) -> HttpResponse:
    """Upload a file: it is read in the background, the batch's page shows how far it is."""
    form = UploadForm(here.request.POST or None, here.request.FILES or None, project=here.project)
    if here.request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "file"}
        file, *more = form.cleaned_data["file"]
        begun = form.attempt(
            lambda: ingest.begin_batch(
                project=here.project, by=here.user, file=file, name=file.name, more=more, **given
            )
        )
        if begun:
            return redirect("web:batch", here.project.uid, begun.uid)
    newest = here.project.schemas.first()
    fields = newest.schema.fields if newest else ()
    context = {
        "form": form,
        "text_keys": [field.key for field in fields],
        "file_keys": [field.key for field in fields if field.kind in FILE_KINDS],
        "several": form.takes_several,
    }
    return here.render("projects/batch_new.html", context, status=form.status)


@in_project(*_SEE)
def batch(here: Here, batch: str) -> HttpResponse:
    """One batch: where it comes from, what may be done with it, and what was wrong with its rows."""
    return _show(here, _load(here, batch))


@in_project(*_SEE)
def batch_progress(here: Here, batch: str) -> HttpResponse:
    """How far the reading is; 304 while nothing moved, a whole new page at the end."""
    found = _load(here, batch)
    state = progress(found.job)
    if not _is_busy(found):
        return refresh()
    tag = fingerprint(state.done, state.state, found.items_stored, found.rows_bad, here.request.LANGUAGE_CODE)
    return polled(here, tag, "projects/batch_progress.html", batch=found, progress=state)


@in_project(*_SEE)
def problems(here: Here, batch: str) -> StreamingHttpResponse:
    """The bad rows as CSV, with a byte order mark so that spreadsheets read it as UTF-8."""
    found = _load(here, batch)
    response = StreamingHttpResponse(
        _problem_lines(found, get_language()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="problems-{found.uid}.csv"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _problem_lines(batch: Batch, language: str | None) -> Iterator[str]:
    """The lines in that language: they are written when the request's own is over."""
    rows = batch.problems.order_by("line").iterator(chunk_size=2000)
    writer = csv.writer(_Echo())
    with override(language):
        head = writer.writerow(["line", "code", gettext("problem"), gettext("what to do")])
    yield f"\ufeff{head}"
    for row in rows:
        with override(language):  # not across a yield: the thread serves others in between
            said = [row.line, row.code, problem(row.code, row.params), advice(row.code, row.params)]
        yield str(writer.writerow(said))


@require_POST
@in_project(Capability.BRING_BATCHES)
def state_rights(here: Here, batch: str) -> HttpResponse:
    """State the right to use a batch afterwards."""
    found = _load(here, batch)
    form = RightsForm(here.request.POST)
    if form.is_valid():
        form.attempt(lambda: ingest.state_rights(batch=found, by=here.user, **form.cleaned_data))
    if not form.is_valid():
        return _show(here, found, rights=form, status=form.status)
    messages.success(here.request, gettext("Recorded. Items that waited for it are being opened."))
    return redirect("web:batch", here.project.uid, found.uid)


@require_POST
@in_project(Capability.BRING_BATCHES)
def state_deidentified(here: Here, batch: str) -> HttpResponse:
    """State, by name, that nobody can be recognised in a batch."""
    found = _load(here, batch)
    form = DeidentifiedForm(here.request.POST)
    if form.is_valid():
        form.attempt(lambda: ingest.state_deidentified(batch=found, by=here.user, **form.cleaned_data))
    if not form.is_valid():
        return _show(here, found, deidentified=form, status=form.status)
    messages.success(here.request, gettext("Recorded. Items that waited for it are being opened."))
    return redirect("web:batch", here.project.uid, found.uid)


@require_POST
@in_project(Capability.BRING_BATCHES)
def stop(here: Here, batch: str) -> HttpResponse:
    """Stop reading; what is stored stays."""
    found = _load(here, batch)
    if found.job and jobs.stop(found.job, by=here.user):
        messages.success(here.request, gettext("The import stops. What was stored stays."))
    return redirect("web:batch", here.project.uid, found.uid)


def _load(here: Here, uid: str) -> Batch:
    found = with_held(Batch.objects.visible_to(here.user).filter(project=here.project, uid=uid))
    batch: Batch | None = found.select_related(
        "job", "created_by", "deidentified_by", "project__sector"
    ).first()
    if batch is None:
        raise NotFound
    return batch


def _is_busy(batch: Batch) -> bool:
    ended = batch.job is None or batch.job.state in {"failed", "stopped"}
    return batch.routed_at is None and not ended


def _show(
    here: Here,
    batch: Batch,
    *,
    rights: RightsForm | None = None,
    deidentified: DeidentifiedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = keyset(here.request, BatchProblem.objects.filter(batch=batch), newest_first=False, size=100)
    waits = batch.items.filter(routed_at=None).exclude(blocked="")
    blocked = dict(waits.values_list("blocked").annotate(Count("pk")).order_by())
    state = progress(batch.job)
    context = {
        "batch": batch,
        "busy": _is_busy(batch),
        "progress": state,
        "tag": fingerprint(state.done),
        "language_name": language_name(batch.language),
        "page": page,
        "quality": quality_of(batch),
        "problems": [
            (row.line, problem(row.code, row.params), advice(row.code, row.params))
            for row in sorted(page.rows, key=lambda row: row.line)
        ],
        "blocked": sum(blocked.values()),
        "rights_form": (rights or RightsForm()) if "no_rights" in blocked else None,
        "deidentified_form": (deidentified or DeidentifiedForm()) if "not_deidentified" in blocked else None,
    }
    return here.render("projects/batch.html", context, status=status)
