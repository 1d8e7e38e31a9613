"""The credentials of an organisation's people: each with its evidence beside the form that answers it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.web.credentials import Shown, shown_here
from annotation.web.rivals import Rivalry, rivalries
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm
from core.web.gate import Inside, in_organisation
from core.web.paging import keyset
from experts import evidence as stage
from experts.models import Credential, Qualification, State
from experts.roster import Wanted, claims, roster

AT_ONCE = 20


class AnswerForm(PageForm):
    """What the organisation says to one credential."""

    decision = forms.ChoiceField(choices=[(one, one) for one in stage.DECISIONS])
    how = forms.CharField(label=_("How it was checked"), max_length=300)


class GrantForm(PageForm):
    """A qualification in the sector of the credential."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    valid_until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass(frozen=True)
class Claim:
    """One credential on the page. `qualified`: a qualification in its sector is there already."""

    shown: Shown
    state: State
    rivals: Rivalry | None
    own: bool
    qualified: bool


@in_organisation(Capability.SEE_WORK)
def credentials(inside: Inside) -> HttpResponse:
    """`?state=` (submitted ones by default, `all`), `?expert=`; `?after=` turns the page."""
    return _page(inside)


def _page(inside: Inside, about: Credential | None = None, form: PageForm | None = None) -> HttpResponse:
    asked = inside.request.GET
    expert = asked.get("expert", "")
    state = asked.get("state", "all" if expert else State.SUBMITTED)
    rows = claims(
        inside.user, inside.organisation, timezone.localdate(), state="" if about else state, expert=expert
    )
    if about:
        rows = rows.filter(pk=about.pk)
    found = keyset(inside.request, rows, newest_first=False, size=AT_ONCE)
    context = {
        "page": found,
        "claims": _claims(inside, found.rows),
        "states": State.choices,
        "state": state,
        "wrong": [one for errors in form.errors.values() for one in errors] if form else [],
    }
    return inside.render("organisations/credentials.html", context, status=form.status if form else 200)


def _claims(inside: Inside, rows: list[Credential]) -> list[Claim]:
    held = _qualified(inside, rows)
    shown = shown_here(rows, inside.organisation)
    people = roster(inside.user, inside.organisation, timezone.localdate(), Wanted())
    here = reverse("web:verification", args=[inside.organisation.uid])
    rivals = rivalries(rows, inside.user, people, lambda expert: f"{here}?expert={expert.uid}")
    return [
        Claim(
            shown=one,
            state=State(told.state),  # type: ignore[attr-defined]  # annotated
            rivals=rivals.get(told.pk),
            own=told.expert.user_id == inside.user.pk,
            qualified=(told.expert_id, told.kind.sector_id) in held,
        )
        for told, one in zip(rows, shown, strict=True)
    ]


def _qualified(inside: Inside, rows: list[Credential]) -> set[tuple[int, int]]:
    """Expert and sector of what holds here today."""
    in_force = Qualification.objects.in_force(timezone.localdate()).for_sectors()
    held = in_force.filter(organisation=inside.organisation, expert__in=[row.expert_id for row in rows])
    return set(held.values_list("expert", "sector"))


def _load(inside: Inside, uid: str) -> Credential:
    found = claims(inside.user, inside.organisation, timezone.localdate()).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_POST
@in_organisation(Capability.LEAD_PROJECT)
def answer(inside: Inside, credential: str) -> HttpResponse:
    """Verify, reject or revoke."""
    found = _load(inside, credential)
    form = AnswerForm(inside.request.POST)
    if form.is_valid():
        form.attempt(
            lambda: stage.answer(
                credential=found, organisation=inside.organisation, by=inside.user, **form.cleaned_data
            )
        )
    return _done(inside, found, form)


@require_POST
@in_organisation(Capability.LEAD_PROJECT)
def qualify(inside: Inside, credential: str) -> HttpResponse:
    """Grant a qualification in the credential's sector."""
    found = _load(inside, credential)
    form = GrantForm(inside.request.POST)
    if form.is_valid():
        form.attempt(
            lambda: stage.qualify(
                expert=found.expert,
                organisation=inside.organisation,
                sector=found.kind.sector,
                credential=found,
                by=inside.user,
                **form.cleaned_data,
            )
        )
    return _done(inside, found, form)


def _done(inside: Inside, found: Credential, form: PageForm) -> HttpResponse:
    if not form.is_valid():
        return _page(inside, found, form)
    messages.success(inside.request, gettext("Recorded."))
    here = reverse("web:verification", args=[inside.organisation.uid])
    return redirect(f"{here}?expert={found.expert.uid}")
