"""The forms that found and change a project."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models.project import DisputeRule
from annotation.web.languages import LANGUAGES
from annotation.web.projects.schema import ConfigField
from core.models import Organisation
from core.web.forms import PageForm
from experts.models import Sector

_WHO: list[tuple[str, str | Promise]] = [
    ("yes", _("Experts with a qualification in the sector")),
    ("no", _("Every annotator of the project, without any qualification")),
]


class SettingsForm(PageForm):
    """What can be changed later. The fields are the settings of `stages.project`."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(
        label=_("Language of the texts"),
        choices=[("", _("Several, or not stated")), *LANGUAGES],
        required=False,
    )
    qualified_only = forms.TypedChoiceField(
        label=_("Who may label"),
        choices=_WHO,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
        help_text=_(
            "Open to every annotator means that a release cannot say that experts made it: "
            "its rows then name no class of credential."
        ),
    )
    language_required = forms.BooleanField(
        label=_("Only who knows the item's language"),
        required=False,
        help_text=_("An expert's profile names the languages they read."),
    )
    bar_colleagues = forms.BooleanField(
        label=_("Bar colleagues"),
        required=False,
        help_text=_(
            "Nobody judges an item about an organisation of theirs, or brought in by a colleague from another "
            "organisation than this project's."
        ),
    )
    party_field = forms.CharField(
        label=_("Field that holds the parties"),
        max_length=100,
        required=False,
        help_text=_(
            "A key of the items' data, for batches that come in from now on. A row's _parties counts in any case."
        ),
    )
    dispute_rule = forms.ChoiceField(
        label=_("What is a dispute"),
        choices=DisputeRule.choices,
        initial=DisputeRule.ANY_DIFFERENCE,
        help_text=_("A dispute goes to an adjudicator who did not label the item."),
    )
    lease_minutes = forms.IntegerField(
        label=_("Minutes to answer an item"),
        min_value=1,
        max_value=60 * 24 * 14,
        initial=60,
        help_text=_("Every saved draft begins them anew. Afterwards the item goes to somebody else."),
    )
    suggestions = forms.BooleanField(
        label=_("Show suggestions"),
        required=False,
        help_text=_(
            "Predictions that came with the items are shown to annotators, who accept or dismiss each. Answers given "
            "with a suggestion in sight are left out of agreement."
        ),
    )
    outcomes_hidden = forms.BooleanField(
        label=_("Do not tell annotators what became of their answers"),
        required=False,
        help_text=_(
            "Otherwise they see what their items were settled as, the reasons of adjudicators, and how often they were "
            "right. Who is not told cannot appeal either."
        ),
    )
    licence = forms.CharField(
        label=_("Default licence of its items"),
        max_length=100,
        required=False,
        help_text=_("For example CC-BY-4.0."),
    )
    rights = forms.CharField(
        label=_("Default statement of rights"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Counts for a batch that states neither. Items with neither are offered to nobody."),
    )


class NewProjectForm(SettingsForm):
    """The settings, and what makes version 1: sector, questions, guideline, and how many answer each item."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="uid", empty_label=None
    )
    sector = forms.ModelChoiceField(
        label=_("Sector"), queryset=Sector.objects.order_by("pk"), to_field_name="key"
    )
    overlap = forms.IntegerField(
        label=_("Annotations an item"),
        min_value=1,
        max_value=10,
        initial=2,
        help_text=_(
            "How many experts answer each item, independently. With one there is no agreement to measure."
        ),
    )
    config = ConfigField(
        label=_("Labelling config"),
        strip=False,
        max_length=1_000_000,
        help_text=_(
            "As Label Studio writes it. A template is the quickest start; what cannot be shown is refused here."
        ),
    )
    guideline = forms.CharField(
        label=_("Guideline, in Markdown"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What annotators should do. Number the clauses: decisions on disputes cite them."),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.model_field("organisation")
        field.queryset = organisations

    def clean_guideline(self) -> str:
        """Browsers send CRLF; the stored text has the line ends that were typed."""
        return str(self.cleaned_data["guideline"]).replace("\r\n", "\n")


def blank_guideline() -> str:
    """A beginning to write on, in the reader's language."""
    return gettext(
        "# What to do\n\n## 1. The question\n\n1.1 Say what an annotator decides, in one sentence.\n\n"
        "## 2. Hard cases\n\n2.1 Say what to choose when two answers seem right.\n\n"
        "2.2 Say when to skip an item.\n"
    )
