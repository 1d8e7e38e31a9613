"""A project's exams: the list, making one, closing it, and who sat it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.models import ControlItem, Exam, ExamAttempt, Lane, Project
from annotation.models.sitting import controls_for
from annotation.stages import exams as stage
from annotation.web import exam_room
from annotation.web.gate import Here, in_project
from annotation.web.shares import Share
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm
from core.web.paging import keyset
from experts.evidence import expert_of
from experts.models import Expert


class ExamForm(PageForm):
    """What an exam is. The pass mark is in per cent here."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.CharField(
        label=_("Kind of item"),
        max_length=60,
        required=False,
        help_text=_("As the rows' _kind says it. Empty: control items of every kind are asked."),
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
    )
    questions = forms.IntegerField(
        label=_("Questions"),
        min_value=1,
        max_value=200,
        initial=10,
        help_text=_("Drawn anew for each sitting, and never one that the person has had."),
    )
    mark = forms.IntegerField(label=_("Passed at, in per cent"), min_value=1, max_value=100, initial=80)
    minutes = forms.IntegerField(label=_("Minutes for all"), min_value=1, max_value=600, initial=30)
    attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=50, initial=3)
    cooling_hours = forms.IntegerField(
        label=_("Hours between two attempts"),
        min_value=0,
        max_value=24 * 365,
        initial=24,
        help_text=_("After one that failed."),
    )
    valid_days = forms.IntegerField(
        label=_("Days it counts"),
        min_value=1,
        max_value=3650,
        initial=365,
        help_text=_("Then it is sat again."),
    )

    def settings(self) -> dict[str, Any]:
        """What was written, as the stage takes it."""
        given = dict(self.cleaned_data)
        return {"pass_mark": given.pop("mark") / 100, **given}


@dataclass(frozen=True)
class Line:
    """An exam in the list; `own` are the reader's sittings, `sat` how many there are in all, `passed` of them."""

    exam: Exam
    mark: int
    own: list[ExamAttempt]
    sat: int
    passed: int

    @property
    def has_passed(self) -> bool:
        return any(one.passed for one in self.own)


@in_project(Capability.SEE_PROJECT)
def exams(here: Here) -> HttpResponse:
    """For who leads how they go, for who labels which there are to sit. Closed ones are for who sees the work."""
    rows = Exam.objects.filter(project=here.project).order_by("closed_at", "-pk")
    found = list(rows[:200] if here.can(Capability.SEE_WORK) else rows.filter(closed_at=None)[:200])
    context = {"lines": _lines(found, here), "asked": _available(here.project)}
    template = "routing/exams.html" if here.can(Capability.SEE_WORK) else "routing/exams_to_sit.html"
    return here.render(f"projects/{template}", context)


def _lines(found: Sequence[Exam], here: Here) -> list[Line]:
    sat: dict[int, list[tuple[bool | None, int]]] = {}
    own: dict[int, list[ExamAttempt]] = {}
    mine = Expert.objects.filter(user=here.user).first()
    for one in ExamAttempt.objects.filter(exam__in=found).order_by("pk"):
        sat.setdefault(one.exam_id, []).append((one.passed, one.pk))
        if mine and one.expert_id == mine.pk:
            own.setdefault(one.exam_id, []).append(one)
    return [
        Line(
            exam=exam,
            mark=round(100 * exam.pass_mark),
            own=own.get(exam.pk, []),
            sat=len(sat.get(exam.pk, [])),
            passed=sum(passed is True for passed, _pk in sat.get(exam.pk, [])),
        )
        for exam in found
    ]


def _available(project: Project) -> int:
    return ControlItem.objects.filter(project=project).for_exams().usable().count()


@in_project(Capability.LEAD_PROJECT)
def new(here: Here) -> HttpResponse:
    """Make one."""
    project = here.project
    form = ExamForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: stage.create_exam(project=project, by=here.user, **form.settings()))
        if made:
            messages.success(
                here.request, gettext("The exam can be sat now. A rule of qualification can ask for it.")
            )
            return redirect("web:exam", project.uid, made.uid)
    lanes = Lane.objects.filter(project=project).exclude(kind="").order_by("kind")
    context = {
        "form": form,
        "kinds": list(lanes.values_list("kind", flat=True).distinct()[:500]),
        "available": _available(project),
    }
    return here.render("projects/routing/exams_new.html", context, status=form.status)


@in_project(Capability.SEE_PROJECT)
def exam(here: Here, exam: str) -> HttpResponse:
    """One exam: what it asks, one's own sittings with what is next; everybody's for who sees the work."""
    found = find(here, exam)
    sees = here.can(Capability.SEE_WORK)
    page = keyset(here.request, found.sittings.select_related("expert__user")) if sees else None
    context: dict[str, Any] = {
        "exam": found,
        "mark": round(100 * found.pass_mark),
        "page": page,
        "sittings": [(one, Share(one.right, one.asked)) for one in page.rows] if page else [],
        "fresh": found.attempts * found.questions - controls_for(found).count() if sees else 0,
    }
    if here.can(Capability.LABEL):
        context["room"] = exam_room.standing(found, expert_of(here.user))
    return here.render("projects/routing/exams_one.html", context)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def close(here: Here, exam: str) -> HttpResponse:
    """Let nobody begin it any more."""
    stage.close_exam(exam=find(here, exam), by=here.user)
    messages.success(here.request, gettext("The exam is closed. Who sits it at this moment may finish."))
    return redirect("web:exam", here.project.uid, exam)


def find(here: Here, uid: str) -> Exam:
    """The project's exam of that uid. Raises NotFound."""
    found = exam_room.exam_of(here.project, uid)
    if found is None:
        raise NotFound
    return found


urls = [
    path("exams/", exams, name="exams"),
    path("exams/new", new, name="exam-new"),
    path("exams/<slug:exam>/", exam, name="exam"),
    path("exams/<slug:exam>/close", close, name="exam-close"),
    *exam_room.urls,
]
