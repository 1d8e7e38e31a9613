"""What the formats of a release may know of it before the first row."""

import re
import unicodedata

from django.conf import settings

from annotation.formats.release.format import View
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.release import Release
from annotation.models.schema import LabelSchema

MOST_LANGUAGES = 50


def view_of(release: Release) -> View:
    """Its schema and names, and the languages of its project's items; the same for each of its parts."""
    frozen = release.about.get("languages")
    languages = frozen if frozen is not None else languages_of(release)
    return View(
        schema=release.label_schema.schema,
        name=release.about.get("name", release.project.name),
        key=release.about.get("key") or key_of(release.project.name),
        languages=tuple(languages),
        labels=labels_of(release),
        software=settings.ASSAY_VERSION,
    )


def view_now(project: Project) -> View:
    """What they would know of a release that is asked for now."""
    return view_of(Release(project=project, label_schema=project.schemas.order_by("-version")[0]))


def labels_of(release: Release) -> dict[str, tuple[str, ...]]:
    """By question, the labels that it had in any version up to the release's: gold may carry one that is gone since."""
    versions = LabelSchema.objects.filter(project=release.project, version__lte=release.label_schema.version)
    found: dict[str, dict[str, None]] = {}
    for version in versions.order_by("-version"):
        for question in version.schema.questions:
            found.setdefault(question.key, {}).update(dict.fromkeys(label.key for label in question.labels))
    return {key: tuple(labels) for key, labels in found.items()}


def languages_of(release: Release) -> list[str]:
    """The languages stated of the project's items."""
    found = Item.objects.filter(project=release.project).exclude(language="").order_by()
    return sorted(found.values_list("language", flat=True).distinct()[:MOST_LANGUAGES])


def key_of(name: str) -> str:
    """A short name for paths and identifiers: lower-case letters, digits and hyphens; "dataset" where none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "dataset"
