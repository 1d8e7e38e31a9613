"""My profile: what I know, what proves it, what I am qualified for, and how the pages look."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.web.credentials import credentials_of
from annotation.web.languages import LANGUAGES, LEVELS, language_name, level_name
from annotation.web.missing import standings
from core.web.forms import PageForm
from core.web.page import page, person
from experts import evidence as stage
from experts.jurisdictions import countries, jurisdiction_name
from experts.models import CredentialKind, Expert, Qualification, Sector
from experts.profile import Availability, edit_profile


class ProfileForm(PageForm):
    """What a person says of themselves; one level for each language."""

    sectors = forms.ModelMultipleChoiceField(
        label=_("Sectors"),
        queryset=Sector.objects.order_by("pk"),
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    specialities = forms.CharField(
        label=_("Specialities"), required=False, max_length=500, help_text=_("Separated by commas.")
    )
    jurisdictions = forms.CharField(
        label=_("Jurisdictions"),
        required=False,
        max_length=200,
        help_text=_("Where you practise, separated by commas: CN, US-NY, GB."),
    )

    hours_per_week = forms.IntegerField(
        label=_("Hours a week"), required=False, help_text=_("How much of your week you can give.")
    )
    paused_until = forms.DateField(
        label=_("Paused until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day on which you want no items."),
    )
    wants_letters = forms.BooleanField(
        label=_("Write to me before a credential ends"),
        required=False,
        help_text=_("30 and 7 days before. Your home page says it in any case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["residence"] = forms.ChoiceField(
            label=_("Country of residence"), choices=[("", "–"), *countries()], required=False
        )
        for code, name in LANGUAGES:
            self.fields[f"language_{code}"] = forms.ChoiceField(
                label=str(name), choices=[("", "–"), *LEVELS], required=False
            )

    @property
    def language_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("language_")]

    def values(self) -> dict[str, Any]:
        """The cleaned fields as `edit_profile` takes them."""
        given = self.cleaned_data
        languages = [
            {"code": code, "level": given[f"language_{code}"]}
            for code, _name in LANGUAGES
            if given[f"language_{code}"]
        ]
        return {
            "sectors": list(given["sectors"]),
            "specialities": _words(given["specialities"]),
            "jurisdictions": _words(given["jurisdictions"]),
            "languages": languages,
            "availability": Availability(
                hours_per_week=given["hours_per_week"],
                paused_until=given["paused_until"],
                residence=given["residence"],
                wants_letters=given["wants_letters"],
            ),
        }


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it cannot be subscripted at run time
    """A kind of credential, named with its sector."""

    def label_from_instance(self, obj: CredentialKind) -> str:
        return f"{obj.sector} · {obj}"


class CredentialForm(PageForm):
    """One piece of evidence."""

    kind = KindField(label=_("Kind"), queryset=CredentialKind.objects.none(), to_field_name="key")
    issuer = forms.CharField(label=_("Issuer"), max_length=200)
    number = forms.CharField(label=_("Number"), max_length=100)
    scope = forms.CharField(label=_("Speciality"), max_length=200, required=False)
    jurisdiction = forms.CharField(label=_("Jurisdiction"), max_length=20, required=False)
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("A scan: PDF, PNG or JPEG, up to 10 MB. Only you and those who verify it can open it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.model_field("kind")
        field.queryset = CredentialKind.objects.select_related("sector").order_by("sector", "pk")


class Held(NamedTuple):
    """A qualification, whether it holds today, and the name of the project that it is for (empty: any)."""

    qualification: Qualification
    in_force: bool
    project: str


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Everything about oneself that counts here."""
    expert = stage.expert_of(person(request))
    today = timezone.localdate()
    context = {
        "expert": expert,
        "credentials": credentials_of(expert),
        "languages": [
            (language_name(one["code"]), level_name(one.get("level", ""))) for one in expert.languages
        ],
        "jurisdictions": [jurisdiction_name(code) for code in expert.jurisdictions],
        "residence": jurisdiction_name(expert.residence) if expert.residence else "",
        "paused": expert.paused_until is not None and expert.paused_until >= today,
        "qualifications": _qualifications(expert, today),
        "standings": standings(person(request), expert),
    }
    return page(request, "me/me.html", context)


def _qualifications(expert: Expert, today: date) -> list[Held]:
    held = list(
        expert.qualifications.select_related("sector", "organisation", "credential__kind").order_by("-pk")
    )
    in_force = set(Qualification.objects.in_force(today).filter(expert=expert).values_list("pk", flat=True))
    projects = dict(Project.objects.filter(pk__in={one.project_id for one in held}).values_list("pk", "name"))
    return [Held(one, one.pk in in_force, projects.get(one.project_id or 0, "")) for one in held]


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Edit what one says of oneself."""
    user = person(request)
    expert = stage.expert_of(user)
    initial: dict[str, Any] = {
        "sectors": list(expert.sectors.values_list("key", flat=True)),
        "specialities": ", ".join(expert.specialities),
        "jurisdictions": ", ".join(expert.jurisdictions),
        "hours_per_week": expert.hours_per_week,
        "paused_until": expert.paused_until,
        "residence": expert.residence,
        "wants_letters": expert.wants_letters,
        **{f"language_{one['code']}": one.get("level", "") for one in expert.languages},
    }
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: edit_profile(expert=expert, by=user, **form.values()))
        if form.is_valid():
            messages.success(request, gettext("Saved."))
            return redirect("web:me")
    return page(request, "me/profile.html", {"form": form}, status=form.status)


@login_required
def add_credential(request: HttpRequest) -> HttpResponse:
    """Hand in a credential. It counts when an organisation has verified it."""
    user = person(request)
    form = CredentialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            lambda: stage.add_credential(expert=stage.expert_of(user), by=user, **form.cleaned_data)
        )
        if made:
            messages.success(request, gettext("Handed in. A lead of your organisation verifies it."))
            return redirect("web:me")
    return page(request, "me/credential.html", {"form": form}, status=form.status)
