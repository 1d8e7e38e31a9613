"""What was seen of a batch's texts: each step with its figures, the flagged items, and the check asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Batch, Item, QualityFinding, QualityRun, QualityStep, TextFacts
from annotation.models.quality import StepKey
from annotation.stages.quality import asking
from annotation.web.charts import Bar, bars
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.projects.flag_marks import open_kinds
from annotation.web.projects.personal_words import looked
from annotation.web.projects.quality_words import figures, looks_for, said
from core.refusals import NotFound
from core.roles import Capability
from core.web.paging import keyset

_SEE = (Capability.SEE_WORK, Capability.BRING_BATCHES)


@dataclass(frozen=True)
class Told:
    """One step as the page shows it: `share` of the texts are flagged, in percent."""

    step: QualityStep
    looks_for: str
    figures: str
    share: float


@dataclass(frozen=True)
class Quality:
    """Everything the batch's page tells of the check; `run` is None before it began.

    `to_look_at` counts the flags of personal data that nobody has looked at.
    """

    run: QualityRun | None
    steps: list[Told]
    languages: SafeString | None
    to_look_at: int


def quality_of(batch: Batch) -> Quality:
    """Three statements."""
    run = QualityRun.objects.filter(pk=batch.pk).first()
    order = {key: at for at, key in enumerate(StepKey.values)}
    steps = sorted(QualityStep.objects.filter(batch=batch), key=lambda step: order.get(step.key, len(order)))
    texts = run.texts if run else 0
    told = [
        Told(
            step,
            looks_for(step.key),
            figures(step.key, step.figures),
            min(100.0, 100 * step.flagged / texts) if texts else 0.0,
        )
        for step in steps
    ]
    waiting = QualityFinding.objects.to_look_at().filter(batch=batch).count()
    return Quality(run, told, _languages(steps), waiting)


def _languages(steps: list[QualityStep]) -> SafeString | None:
    """The languages as bars, where there is more than one."""
    counts: dict[str, int] = next(
        (step.figures.get("languages", {}) for step in steps if step.key == StepKey.LANGUAGE), {}
    )
    if len(counts) < 2:
        return None
    found = sorted(counts.items(), key=lambda pair: -pair[1])[:8]
    rows = [Bar(language_name(code) if code else gettext("cannot tell"), count) for code, count in found]
    return bars(gettext("Languages that the texts seem to be in"), rows)


@in_project(*_SEE)
def flags(here: Here, batch: str) -> HttpResponse:
    """The flagged items, all or those of one `?step=`."""
    found = _load(here, batch)
    step = here.request.GET.get("step", "")
    rows = QualityFinding.objects.filter(batch=found).select_related("item", "seen_by")
    if step in StepKey.values:
        rows = rows.filter(step=step)
    page = keyset(here.request, rows, newest_first=False, size=100)
    context: dict[str, Any] = {
        "batch": found,
        "page": page,
        "flags": [(one, said(one), one.params.get("item", ""), looked(one)) for one in page.rows],
        "marks": here.may["lead_project"] and any(one.step == StepKey.PERSONAL for one in page.rows),
        "open_kinds": open_kinds(found) if here.may["lead_project"] else [],
        "steps": StepKey.choices,
        "step": step,
    }
    return here.render("projects/batch_flags.html", context)


@require_POST
@in_project(Capability.BRING_BATCHES)
def check_again(here: Here, batch: str) -> HttpResponse:
    """Have the texts looked at again."""
    found = _load(here, batch)
    asking.check_again(batch=found, by=here.user)
    messages.success(here.request, gettext("The texts are being checked again. Nothing waits for it."))
    return redirect("web:batch", here.project.uid, found.uid)


def flags_of(item: Item) -> list[tuple[QualityFinding, str, str, str]]:
    """The flags of one item: each with its sentence, the id of the item that it names, and what was said of it."""
    found = QualityFinding.objects.filter(item=item).select_related("seen_by").order_by("pk")[:50]
    return [(one, said(one), one.params.get("item", ""), looked(one)) for one in found]


def seems_to_be(item: Item) -> str:
    """The name of the language that the item's text seems to be in; empty where nobody can tell."""
    code = TextFacts.objects.filter(pk=item.pk).values_list("language", flat=True).first()
    return language_name(code) if code else ""


def _load(here: Here, uid: str) -> Batch:
    found = Batch.objects.visible_to(here.user).filter(project=here.project, uid=uid)
    batch: Batch | None = found.select_related("project").first()
    if batch is None:
        raise NotFound
    return batch
