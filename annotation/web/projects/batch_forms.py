"""The forms around a batch."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.batch import Duplicates
from annotation.web.languages import LANGUAGES
from core.web.forms import PageForm


class UploadForm(PageForm):
    """One file and what is said about it. The statement of de-identification is asked for where the sector needs it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JSONL, JSON, CSV or TSV in UTF-8. One row is one item."),
        widget=forms.FileInput(attrs={"accept": ".jsonl,.json,.csv,.tsv"}),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("For example a database, a website, a department."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("The project's language")), *LANGUAGES],
        required=False,
        help_text=_("A row may name its own in “_language”."),
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=100, required=False, help_text=_("For example CC-BY-4.0.")
    )
    rights = forms.CharField(
        label=_("Statement of rights"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    duplicates = forms.ChoiceField(
        label=_("Repeated content"),
        choices=Duplicates.choices,
        widget=forms.RadioSelect,
        initial=Duplicates.SKIP,
    )
    deidentified_statement = forms.CharField(
        label=_("Statement of de-identification"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "State how names, dates, numbers and places that point to a person were removed, and by whom. "
            "It is recorded with your name. Without it the items are kept, but offered to nobody."
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not project.sector.needs_deidentification:
            del self.fields["deidentified_statement"]
        self.fields["rights"].help_text = _rights_help(project)


def _rights_help(project: Project) -> Any:
    organisation = project.organisation
    if project.licence or project.rights:
        return _("Why these texts may be used. Leave both empty to use what the project states.")
    if organisation.default_licence or organisation.default_rights:
        return _("Why these texts may be used. Leave both empty to use what the organisation states.")
    return _(
        "Why these texts may be used. Items with neither a licence nor a statement are offered to nobody."
    )


class RightsForm(PageForm):
    """A right to use, stated after the upload."""

    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)
    rights = forms.CharField(
        label=_("Statement of rights"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DeidentifiedForm(PageForm):
    """A named person's word that a batch is de-identified."""

    statement = forms.CharField(
        label=_("How were the texts de-identified, and by whom?"), widget=forms.Textarea(attrs={"rows": 3})
    )
