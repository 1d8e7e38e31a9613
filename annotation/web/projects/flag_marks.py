"""Say what one found who looked at flags of personal data: those chosen, or all of one kind that are open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotation.models import Batch, QualityFinding
from annotation.models.quality import Outcome, StepKey
from annotation.stages.quality import marking
from annotation.web.charts import number
from annotation.web.gate import Here, in_project
from annotation.web.projects.personal_words import KINDS
from core.refusals import InvalidInput, NotFound, Refusal
from core.roles import Capability

_OUTCOMES = {Outcome.CLEAR.value: Outcome.CLEAR, Outcome.ASIDE.value: Outcome.ASIDE, "open": Outcome.OPEN}


def open_kinds(batch: Batch) -> list[tuple[str, str, int]]:
    """Code, name and number of the flags of personal data in a batch that nobody has looked at."""
    counts = dict(
        QualityFinding.objects.to_look_at()
        .filter(batch=batch)
        .order_by()
        .values_list("code")
        .annotate(Count("pk"))
    )
    known = [*(code for code in KINDS if code in counts), *sorted(counts.keys() - KINDS.keys())]
    return [(code, str(KINDS.get(code, code)), counts[code]) for code in known]


@require_POST
@in_project(Capability.LEAD_PROJECT)
def mark(here: Here, batch: str) -> HttpResponse:
    """Mark the flags of `flags`, or all open ones of the kind `code`, by the button that was pressed."""
    rows = Batch.objects.visible_to(here.user).filter(project=here.project, uid=batch)
    found: Any = rows.select_related("project").first()
    given = here.request.POST
    outcome = _OUTCOMES.get(given.get("outcome", ""))
    if found is None:
        raise NotFound
    try:
        if outcome is None:
            raise InvalidInput(
                _("It was not said what was found."), action=_("Press one of the buttons."), where="outcome"
            )
        if code := given.get("code", ""):
            count = marking.mark_all(batch=found, by=here.user, outcome=outcome, code=code)
        else:
            chosen = [int(one) for one in given.getlist("flags") if one.isdecimal() and len(one) < 19]
            count = marking.mark(batch=found, by=here.user, outcome=outcome, flags=chosen)
        told = ngettext("%(count)s flag marked.", "%(count)s flags marked.", count)
        messages.success(here.request, told % {"count": number(count)})
    except Refusal as refusal:
        messages.error(here.request, f"{refusal.sentence} {refusal.advice}")
    return redirect(
        reverse("web:batch-flags", args=[here.project.uid, found.uid]) + f"?step={StepKey.PERSONAL}"
    )


urls = [path("batches/<slug:batch>/flags/looked", mark, name="batch-flags-looked")]
