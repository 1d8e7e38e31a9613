"""The form of the overlap policy."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.panel import annotators_of, panel_of
from annotation.models.project import Policy
from core.web.forms import PageForm

LISTED = 200


class OverlapForm(PageForm):
    """Every number of every policy: the page shows those of the one that is chosen."""

    policy = forms.ChoiceField(label=_("Policy"), choices=Policy.choices, widget=forms.RadioSelect)
    overlap = forms.IntegerField(
        label=_("Answers an item"),
        min_value=1,
        max_value=10,
        help_text=_("Given independently. With one there is no agreement to measure."),
    )
    overlap_max = forms.IntegerField(
        label=_("At most, while in doubt"),
        min_value=1,
        max_value=50,
        help_text=_("An item that is still in doubt then goes to an adjudicator."),
    )
    certain = forms.DecimalField(
        label=_("Certain enough at, in per cent"),
        min_value=51,
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        help_text=_(
            "The probability of the likeliest answer, from who gave which and how often each of them is right. "
            "85 is usual."
        ),
    )
    specialists = forms.IntegerField(
        label=_("Answers of specialists"),
        min_value=1,
        max_value=10,
        help_text=_(
            "How many more answers a disputed item gets. Whoever meets the rules of the second tier may give them."
        ),
    )
    panel = forms.MultipleChoiceField(
        label=_("Members of the panel"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = list(panel_of(project))
        known = {one.uid: str(one) for one in [*members, *annotators_of(project)[:LISTED]]}
        self.listed = [(uid, name) for uid, name in sorted(known.items(), key=lambda row: row[1].casefold())]
        field = self.fields["panel"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = self.listed
        self.cut = len(known) - len(members) >= LISTED

    def settings(self) -> dict[str, Any]:
        """What was chosen, as the stage takes it."""
        given = dict(self.cleaned_data)
        given["stop_at"] = float(given.pop("certain")) / 100
        return given


def initial(project: Project) -> dict[str, Any]:
    """What is in force, as the form shows it."""
    return {
        "policy": project.policy,
        "overlap": min(project.overlap, 10),
        "overlap_max": project.overlap_max,
        "certain": f"{100 * project.stop_at:.4g}",
        "specialists": project.specialists,
        "panel": list(panel_of(project).values_list("uid", flat=True)),
    }
