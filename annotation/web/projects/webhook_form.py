"""The form of a webhook."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models import Webhook
from annotation.models.webhook_action import ACTIONS
from core.web.forms import PageForm


class WebhookForm(PageForm):
    """Headers are lines of text here, as they are sent."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2048,
        help_text=_("Each event is sent there by POST, as JSON. It must be open to the internet."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    send_for_all_actions = forms.BooleanField(label=_("Tell everything that happens"), required=False)
    actions = forms.MultipleChoiceField(
        label=_("Or only this"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counts when the box above is not ticked."),
    )
    send_payload = forms.BooleanField(
        label=_("Send what it is about"),
        required=False,
        help_text=_("Otherwise only that it happened: nothing of your data leaves."),
    )
    headers = forms.CharField(
        label=_("Headers"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": "Authorization: Token …", "spellcheck": "false"}
        ),
        help_text=_("One a line. They are sent to this address only, not where it redirects to."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """What never happens is offered only where a script has asked for it, so that saving leaves it as it is."""
        super().__init__(*args, **options)
        asked = self.initial.get("actions", ())
        offered = [
            (code, action.name)
            for code, action in ACTIONS.items()
            if (action.happens and not action.organisation_only) or code in asked
        ]
        cast("forms.MultipleChoiceField", self.fields["actions"]).choices = offered

    def clean_actions(self) -> list[str]:
        """At least one, unless everything is told: a webhook that hears of nothing is a mistake."""
        chosen: list[str] = self.cleaned_data["actions"]
        if not chosen and not self.cleaned_data.get("send_for_all_actions"):
            raise forms.ValidationError(gettext("Choose what it is told."))
        return chosen

    def clean_headers(self) -> dict[str, str]:
        """By name; the stage looks at them."""
        headers: dict[str, str] = {}
        for line in self.cleaned_data["headers"].splitlines():
            name, colon, value = line.partition(":")
            if line.strip() and not colon:
                raise forms.ValidationError(gettext("Each line is a name, a colon and a text."))
            if line.strip():
                headers[name.strip()] = value.strip()
        return headers


def initial(webhook: Webhook | None) -> dict[str, Any]:
    """What the form shows of a webhook, or of a new one."""
    if webhook is None:
        return {"send_for_all_actions": True, "send_payload": True}
    names = ("url", "send_for_all_actions", "actions", "send_payload")
    lines = [f"{name}: {value}" for name, value in webhook.headers.items()]
    return {**{name: getattr(webhook, name) for name in names}, "headers": "\n".join(lines)}
