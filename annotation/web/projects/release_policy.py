"""What a project asks of its releases before they are published, and how their items are split."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.formats.release.format import SPLITS
from annotation.models import Project
from annotation.models.release_policy import SplitBy, policy_of
from annotation.stages.release import policy as stage
from annotation.web.gate import Here, in_project
from core.roles import Capability
from core.web.forms import PageForm

_SHARE = "share_"
_ASKED = ("alpha_floor", "least_overlap", "second_look_share", "second_look_agreement")
_CHECKS = ("disputes_settled", "credentials", "licences", "personal", "duplicates")
_CARD = ("licence", "contact", "limits", "use")


def _share(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=100, max_digits=7, decimal_places=4)


class PolicyForm(PageForm):
    """The checks of the gate, the splits, and texts of the card."""

    alpha_floor = forms.FloatField(
        label=_("Lower end of alpha, at least"),
        required=False,
        min_value=-1,
        max_value=1,
        help_text=_(
            "Of the 95 % interval, for every compared question. 0.667 is usual for tentative conclusions, 0.8 for firm "
            "ones. Empty: not asked."
        ),
    )
    least_overlap = forms.IntegerField(
        label=_("Independent answers an item, at least"),
        required=False,
        min_value=1,
        max_value=stage.MOST_ANSWERS,
        help_text=_("Given blind and without a suggestion. Empty: not asked."),
    )
    second_look_share = forms.FloatField(
        label=_("Share of decisions looked at again, at least"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=_("From 0 to 1. Empty: not asked."),
    )
    second_look_agreement = forms.FloatField(
        label=_("Share of these that came to the same, at least"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=_("From 0 to 1. Empty: not asked."),
    )
    disputes_settled = forms.BooleanField(label=_("Every dispute is settled"), required=False)
    credentials = forms.BooleanField(
        label=_("Every answer was given under a qualification in force at that time"), required=False
    )
    licences = forms.BooleanField(label=_("The licence of every source allows the release's"), required=False)
    personal = forms.BooleanField(label=_("No finding of personal data is open"), required=False)
    duplicates = forms.BooleanField(label=_("No text stands in two splits"), required=False)
    licence = forms.CharField(
        label=_("Licence of the release"),
        required=False,
        max_length=100,
        help_text=_("An SPDX id, for example CC-BY-4.0. Empty: the project's, or else the organisation's."),
    )
    share_train = _share(_("Training, in per cent"))
    share_validation = _share(_("Validation, in per cent"))
    share_test = _share(_("Test, in per cent"))
    split_by = forms.ChoiceField(
        label=_("Kept together"),
        choices=SplitBy.choices,
        help_text=_("What belongs together stands in one split, so that nothing leaks."),
    )
    stratify = forms.ChoiceField(
        label=_("Spread evenly by"),
        required=False,
        help_text=_("The question whose gold labels each split has in the same shares."),
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=-stage.LARGEST, max_value=stage.LARGEST, help_text=_("Of the draw.")
    )
    contact = forms.CharField(
        label=_("Contact"), required=False, max_length=300, help_text=_("For questions about the releases.")
    )
    limits = forms.CharField(
        label=_("Known limits"),
        required=False,
        max_length=stage.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    use = forms.CharField(
        label=_("Intended use"),
        required=False,
        max_length=stage.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, project: Project, drawn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schema = project.schemas.order_by("-version").first()
        asked = schema.parsed["questions"] if schema else []
        questions = [("", "–"), *((one["key"], one.get("title") or one["key"]) for one in asked)]
        self.fields["stratify"].widget = forms.Select(choices=questions)
        self.fields["stratify"].choices = questions  # type: ignore[attr-defined]  # a ChoiceField
        for name in stage.ONCE_DRAWN if drawn else ():
            self.fields[name].disabled = True

    @property
    def floors(self) -> list[Any]:
        """The fields of the figures that are asked."""
        return [self[name] for name in _ASKED]

    @property
    def checks(self) -> list[Any]:
        """The fields of what is asked or not."""
        return [self[name] for name in _CHECKS]

    @property
    def shares(self) -> list[Any]:
        """The fields of the splits' shares."""
        return [self[_SHARE + split] for split in SPLITS]

    @property
    def drawing(self) -> list[Any]:
        """The fields of how items are drawn."""
        return [self[name] for name in stage.ONCE_DRAWN]

    @property
    def card(self) -> list[Any]:
        """The fields of the card's texts."""
        return [self[name] for name in _CARD]

    def settings(self) -> dict[str, Any]:
        """What the stage takes."""
        given = dict(self.cleaned_data)
        shares = {split: float(given.pop(_SHARE + split) / 100) for split in SPLITS}
        return {**given, "shares": shares}


def _initial(project: Project) -> dict[str, Any]:
    policy = policy_of(project)
    shares = {
        _SHARE + split: Decimal(f"{100 * policy.shares.get(split, 0):.4f}").normalize() for split in SPLITS
    }
    return {**policy.frozen(), **{name: f"{share:f}" for name, share in shares.items()}}


@in_project(Capability.LEAD_PROJECT)
def release_policy(here: Here) -> HttpResponse:
    """Show and change it; releases that were asked for before keep theirs."""
    drawn = stage.is_drawn(here.project)
    form = PolicyForm(
        here.request.POST or None, initial=_initial(here.project), project=here.project, drawn=drawn
    )
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change_policy(project=here.project, by=here.user, **form.settings()))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:release-policy", here.project.uid)
    return here.render("projects/release_policy.html", {"form": form, "drawn": drawn}, status=form.status)


urls = [path("releases/policy", release_policy, name="release-policy")]
