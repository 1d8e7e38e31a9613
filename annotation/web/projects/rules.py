"""A project's rules of qualification, and who holds what they ask for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.asked import needs, whom
from annotation.models import Exam, Lane, Project, QualificationRule
from annotation.models.held import held_in
from annotation.models.lane import SPECIALIST
from annotation.models.met_by import people_of, with_met_by
from annotation.models.requirement import Combine
from annotation.stages import qualification as stage
from annotation.web.check_list import Groups, checked
from annotation.web.gate import Here, in_project
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm
from core.web.paging import keyset
from experts.models import CredentialKind, Expert, Qualification

LISTED = 1000
_ANYBODY = "anybody"


class RuleForm(PageForm):
    """For whom, and what is asked of them."""

    kind = forms.CharField(
        label=_("Kind of item"),
        max_length=stage.KIND,
        required=False,
        help_text=_("As the rows' _kind says it. Empty: items of every kind."),
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
    )
    tier = forms.ChoiceField(
        label=_("Who is asked"),
        choices=[
            (_ANYBODY, _("Everybody who judges")),
            (SPECIALIST, _("Specialists, whom disputed items go to")),
        ],
        initial=_ANYBODY,
        widget=forms.RadioSelect,
    )
    combine = forms.ChoiceField(
        label=_("They have"), choices=Combine.choices, initial=Combine.ALL, widget=forms.RadioSelect
    )
    credential_kinds = forms.MultipleChoiceField(
        label=_("A verified credential of one of these kinds"),
        required=False,
        help_text=_("One of the chosen kinds suffices. It counts while it is valid."),
    )
    exam = forms.ChoiceField(
        label=_("An exam passed"),
        required=False,
        help_text=_("Any exam of this project for these items counts, until what it granted ends."),
    )
    by_grant = forms.BooleanField(label=_("A grant by a lead"), required=False)
    reason = forms.CharField(
        label=_("Because"),
        max_length=stage.REASON,
        help_text=_("Whom the rule keeps from items reads this sentence."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(CredentialKind.objects.select_related("sector").order_by("sector", "pk"))
        kinds.sort(key=lambda one: one.sector_id != project.sector_id)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for kind in kinds:
            grouped.setdefault(str(kind.sector), []).append((kind.key, str(kind)))
        exams = Exam.objects.filter(project=project, closed_at=None).order_by("-pk")[:LISTED]
        self._choose("credential_kinds", list(grouped.items()))
        self._choose("exam", [("", _("None")), *((exam.uid, exam.title) for exam in exams)])
        self.kinds = kinds_of(project)

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices

    def clean_tier(self) -> str:
        """As the stage names it: empty for everybody."""
        return "" if self.cleaned_data["tier"] == _ANYBODY else str(self.cleaned_data["tier"])

    @property
    def groups(self) -> Groups:
        """The kinds of credentials by sector, the project's own first."""
        return checked(self["credential_kinds"])

    def asked(self) -> stage.Asked:
        """What was chosen, as the stage takes it."""
        given = self.cleaned_data
        return stage.Asked(given["combine"], given["credential_kinds"], given["exam"], given["by_grant"])


class GrantForm(PageForm):
    """A lead's word for a person."""

    expert = forms.ChoiceField(label=_("Person"))
    kind = forms.CharField(
        label=_("Kind of item"),
        max_length=stage.KIND,
        required=False,
        help_text=_("As the rows' _kind says it. Empty: items of every kind."),
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=stage.REASON, help_text=_("What makes this person fit for these items.")
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day. Items in hand go back on the day after."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["expert"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(one.uid, str(one)) for one in people_of(project)[:LISTED]]
        self.kinds = kinds_of(project)


def kinds_of(project: Project) -> list[str]:
    """The kinds of items that the project's lanes or rules name."""
    lanes = Lane.objects.filter(project=project).exclude(kind="").order_by()
    rules = QualificationRule.objects.filter(project=project).exclude(kind="").order_by()
    return sorted(lanes.values_list("kind", flat=True).union(rules.values_list("kind", flat=True)))


@in_project(Capability.SEE_WORK)
def rules(here: Here) -> HttpResponse:
    """The rules in force, each with how many meet it; and the exams passed and grants given. `?ended=1`: all."""
    ended = here.request.GET.get("ended") == "1"
    today = timezone.localdate()
    found = QualificationRule.objects.current().filter(project=here.project)
    shown = with_met_by(found.select_related("exam", "created_by"), here.project)
    held = held_in(here.project, today, ended=ended)
    page = keyset(here.request, held.select_related("expert__user", "granted_by"))
    in_force = set(
        Qualification.objects.in_force(today)
        .filter(pk__in=[one.pk for one in page.rows])
        .values_list("pk", flat=True)
    )
    context = {
        "rules": [
            (rule, whom(rule.kind, rule.tier), needs(rule))
            for rule in shown.prefetch_related("credential_kinds").order_by("kind", "tier", "pk")
        ],
        "people": people_of(here.project).count(),
        "page": page,
        "held": [(one, one.pk in in_force) for one in page.rows],
        "ended": ended,
    }
    return here.render("projects/routing/rules.html", context)


@in_project(Capability.LEAD_PROJECT)
def new(here: Here) -> HttpResponse:
    """Add a rule. Says at once when nobody meets it."""
    form = RuleForm(here.request.POST or None, project=here.project)
    if here.request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {name: given[name] for name in ("kind", "tier", "reason")}
        made = form.attempt(
            lambda: stage.add_rule(project=here.project, by=here.user, asked=form.asked(), **words)
        )
        if made:
            _say(here, made)
            return redirect("web:rules", here.project.uid)
    return here.render("projects/routing/rules_new.html", {"form": form}, status=form.status)


def _say(here: Here, rule: QualificationRule) -> None:
    made: Any = with_met_by(QualificationRule.objects.filter(pk=rule.pk), here.project).get()
    if made.met_by:
        messages.success(
            here.request, gettext("The rule is in force. Whom it bars gives back what they hold.")
        )
    else:
        messages.warning(
            here.request,
            gettext("The rule is in force, and nobody of this project meets it yet: these items wait."),
        )


@require_POST
@in_project(Capability.LEAD_PROJECT)
def end(here: Here, rule: str) -> HttpResponse:
    """Ask it no more."""
    found = QualificationRule.objects.filter(project=here.project, uid=rule).select_related("project").first()
    if found is None:
        raise NotFound
    stage.end_rule(rule=found, by=here.user)
    messages.success(here.request, gettext("The rule has ended."))
    return redirect("web:rules", here.project.uid)


@in_project(Capability.LEAD_PROJECT)
def give(here: Here) -> HttpResponse:
    """Give a lead's word for a person; `?expert=` chooses one beforehand."""
    initial = {"expert": here.request.GET.get("expert", "")}
    form = GrantForm(here.request.POST or None, initial=initial, project=here.project)
    if here.request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        expert = _person(here, given.pop("expert"))
        if form.attempt(lambda: stage.grant(project=here.project, expert=expert, by=here.user, **given)):
            messages.success(here.request, gettext("Granted to %(person)s.") % {"person": expert})
            return redirect("web:rules", here.project.uid)
    return here.render("projects/routing/rules_grant.html", {"form": form}, status=form.status)


def _person(here: Here, uid: str) -> Expert:
    found = people_of(here.project).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_POST
@in_project(Capability.LEAD_PROJECT)
def revoke(here: Here, grant: str) -> HttpResponse:
    """End a grant, or what an exam gave."""
    rows = Qualification.objects.filter(project_id=here.project.pk, uid=grant)
    found = rows.first()
    if found is None:
        raise NotFound
    stage.revoke(project=here.project, qualification=found, by=here.user)
    messages.success(here.request, gettext("Revoked. Items in hand that rested on it go back."))
    return redirect("web:rules", here.project.uid)


urls = [
    path("routing/qualification", rules, name="rules"),
    path("routing/qualification/new", new, name="rule-new"),
    path("routing/qualification/rules/<slug:rule>/end", end, name="rule-end"),
    path("routing/qualification/grant", give, name="grant"),
    path("routing/qualification/held/<slug:grant>/revoke", revoke, name="grant-revoke"),
]
