"""One expert of a project: verify their credentials, grant or revoke a qualification."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.web.credentials import credentials_of
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name, level_name
from annotation.web.projects.people import experts
from annotation.web.rivals import rivalries
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm
from experts import evidence as stage
from experts.jurisdictions import jurisdiction_name
from experts.models import Credential, Expert, Qualification, Sector


class VerifyForm(PageForm):
    """An organisation's answer to a credential."""

    how = forms.CharField(
        label=_("How it was checked"),
        max_length=300,
        help_text=_("For example: the issuer's register, on a date."),
    )
    accepted = forms.ChoiceField(
        choices=[("yes", _("Verified")), ("no", _("Rejected")), ("revoke", _("Revoked"))],
        widget=forms.HiddenInput,
    )

    @property
    def decision(self) -> str:
        """One of `evidence.DECISIONS`."""
        return {"yes": "verify", "no": "reject", "revoke": "revoke"}[self.cleaned_data["accepted"]]


class QualifyForm(PageForm):
    """A decision, on a verified credential, that the expert may judge a sector's items."""

    credential = forms.ModelChoiceField(label=_("On which credential"), queryset=Credential.objects.none())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("What makes this person fit for the sector.")
    )
    valid_until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It ends earlier when its credential does."),
    )

    def __init__(self, *args: Any, expert: Expert, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = (
            Credential.objects.filter(expert=expert)
            .verified_by(organisation_id)
            .valid_on(timezone.localdate())
        )
        field = self.model_field("credential")
        field.queryset = usable.select_related("kind__sector")


@in_project(Capability.SEE_WORK)
def expert(here: Here, expert: str) -> HttpResponse:
    """Evidence and qualifications of one person, as this organisation sees them."""
    return _expert(here, _load(here, expert))


def _expert(
    here: Here, found: Expert, form: QualifyForm | None = None, verify_form: VerifyForm | None = None
) -> HttpResponse:
    organisation = here.project.organisation
    form = form or QualifyForm(expert=found, organisation_id=organisation.pk)
    held = Qualification.objects.filter(
        Q(project_id=None) | Q(project_id=here.project.pk), expert=found, organisation=organisation
    ).select_related("sector", "credential__kind", "granted_by")
    in_force = set(
        Qualification.objects.in_force(timezone.localdate()).filter(expert=found).values_list("pk", flat=True)
    )
    shown = credentials_of(found, organisation)
    rivals = rivalries(
        [one.credential for one in shown],
        here.user,
        experts(here),
        lambda rival: reverse("web:expert", args=[here.project.uid, rival.uid]),
    )
    context = {
        "expert": found,
        "languages": [
            (language_name(one["code"]), level_name(one.get("level", ""))) for one in found.languages
        ],
        "jurisdictions": [jurisdiction_name(code) for code in found.jurisdictions],
        "credentials": [(one, rivals.get(one.credential.pk)) for one in shown],
        "qualifications": [(one, one.pk in in_force) for one in held.order_by("-pk")],
        "form": form,
        "verify_form": verify_form,
        "own": found.user_id == here.user.pk,
    }
    status = max(form.status, verify_form.status if verify_form else 200)
    return here.render("projects/expert.html", context, status=status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def verify(here: Here, expert: str, credential: str) -> HttpResponse:
    """Verify, reject or revoke a credential for this organisation."""
    found = _load(here, expert)
    claim = Credential.objects.filter(expert=found, uid=credential).select_related("expert").first()
    if claim is None:
        raise NotFound
    form = VerifyForm(here.request.POST)
    if form.is_valid():
        form.attempt(
            lambda: stage.answer(
                credential=claim,
                organisation=here.project.organisation,
                by=here.user,
                decision=form.decision,
                how=form.cleaned_data["how"],
            )
        )
    if not form.is_valid():
        return _expert(here, found, verify_form=form)
    messages.success(here.request, gettext("Recorded."))
    return redirect("web:expert", here.project.uid, found.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def qualify(here: Here, expert: str) -> HttpResponse:
    """Grant a qualification in the sector of the chosen credential."""
    found = _load(here, expert)
    form = QualifyForm(here.request.POST, expert=found, organisation_id=here.project.organisation_id)
    if form.is_valid():
        given = form.cleaned_data
        sector: Sector = given["credential"].kind.sector
        granted = form.attempt(
            lambda: stage.qualify(
                expert=found, organisation=here.project.organisation, sector=sector, by=here.user, **given
            )
        )
        if granted:
            messages.success(
                here.request, gettext("%(person)s may now judge items of this sector.") % {"person": found}
            )
            return redirect("web:expert", here.project.uid, found.uid)
    return _expert(here, found, form)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def revoke(here: Here, expert: str, qualification: str) -> HttpResponse:
    """End a qualification now."""
    found = _load(here, expert)
    held = Qualification.objects.filter(
        expert=found, organisation=here.project.organisation, uid=qualification
    ).first()
    if held is None:
        raise NotFound
    stage.revoke_qualification(qualification=held, by=here.user)
    messages.success(here.request, gettext("The qualification is revoked."))
    return redirect("web:expert", here.project.uid, found.uid)


def _load(here: Here, uid: str) -> Expert:
    found = experts(here).filter(uid=uid).select_related("user").first()
    if found is None:
        raise NotFound
    return found
