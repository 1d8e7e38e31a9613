"""The forms around a batch."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.batch import Duplicates, WrittenBy
from annotation.stages.ingest.files import FILE_KINDS
from annotation.web.languages import LANGUAGES
from core.web.forms import PageForm

_TABLES = ".jsonl,.ndjson,.json,.csv,.tsv"
_ALONE: dict[str, tuple[str, Any]] = {
    "pages": (
        ".zip,.pdf",
        _(
            "Up to 100 PDF files, each an item. Or a zip of PDF files; or a zip of a table (JSONL, JSON, CSV, TSV in "
            "UTF-8) and the files that it names."
        ),
    ),
    "image": (
        ".zip,.png,.jpg,.jpeg,.webp,.gif",
        _(
            "Up to 100 pictures (PNG, JPEG, WebP, GIF), each an item. Or a zip of pictures; or a zip of a table "
            "(JSONL, JSON, CSV, TSV in UTF-8) and the files that it names."
        ),
    ),
}


class FilesInput(forms.FileInput):
    """One file, or several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, each sound by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; raises ValidationError."""
        given = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class UploadForm(PageForm):
    """What is brought in, and what is said about it. De-identification is asked for where the sector needs it."""

    file = FilesField(label=_("File"), widget=FilesInput())
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
    written_by = forms.ChoiceField(
        label=_("Texts were written by"),
        choices=WrittenBy.choices,
        required=False,
        help_text=_("As far as you know. It is recorded; nothing is refused for it."),
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
        accept, help_text, several = _files_for(project)
        self.fields["file"].help_text = help_text
        self.fields["file"].widget.attrs |= {"accept": accept, "multiple": several}
        if not project.sector.needs_deidentification:
            del self.fields["deidentified_statement"]
        self.fields["rights"].help_text = _rights_help(project)

    @property
    def takes_several(self) -> bool:
        """Whether several files may come at once, each an item."""
        return bool(self.fields["file"].widget.attrs["multiple"])


def _files_for(project: Project) -> tuple[str, Any, bool]:
    """What a file may be here: endings, a sentence, whether several may come at once."""
    newest = project.schemas.first()
    fields = newest.schema.fields if newest else ()
    if len(fields) == 1 and fields[0].kind in FILE_KINDS:
        return (*_ALONE[fields[0].kind.value], True)
    if any(field.kind in FILE_KINDS for field in fields):
        return (
            f".zip,{_TABLES}",
            _(
                "A zip of a table (JSONL, JSON, CSV, TSV in UTF-8) and the files that it names. One row is one item."
            ),
            False,
        )
    return (
        f"{_TABLES},.zip",
        _("JSONL, JSON, CSV or TSV in UTF-8, also in a zip. One row is one item."),
        False,
    )


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
