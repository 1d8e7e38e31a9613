"""The forms of an organisation's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Organisation
from core.web.forms import PageForm


class OrganisationForm(PageForm):
    """What an organisation says of itself, and what its imports may rely on."""

    name = forms.CharField(label=_("Name"), max_length=200)
    default_licence = forms.CharField(
        label=_("Default licence"),
        max_length=100,
        required=False,
        help_text=_("For example CC-BY-4.0. Counts for a batch that states none, unless its project does."),
    )
    default_rights = forms.CharField(
        label=_("Default statement of rights"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Why the organisation may use the texts it brings in. Items without licence or right are offered to nobody."
        ),
    )


class KeyPolicyForm(PageForm):
    """Which keys the organisation's people may call the API with."""

    tokens_allowed = forms.BooleanField(
        label=_("Personal access tokens"),
        required=False,
        help_text=_("They end on a day, and can be revoked one by one."),
    )
    token_days = forms.IntegerField(
        label=_("Days that a new token lasts"),
        help_text=_("Tokens that are there keep their day."),
    )
    legacy_keys_allowed = forms.BooleanField(
        label=_("Legacy keys"),
        required=False,
        help_text=_("They never end. Older scripts, also those for Label Studio, call with them."),
    )


def shown(organisation: Organisation, form: type[PageForm]) -> dict[str, Any]:
    """What a form shows of an organisation: its fields are called as the organisation's are."""
    return {field: getattr(organisation, field) for field in form.base_fields}
