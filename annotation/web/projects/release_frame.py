"""What the pages of one release share: which one it is, and the tabs between them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotation.formats.release.format import SPLITS
from annotation.models import Release
from annotation.web.gate import Here
from annotation.web.tabs import Tab
from core.refusals import NotFound

_PAGES = (
    ("release", _("What it holds")),
    ("release-card", _("Card")),
    ("release-changes", _("Changes")),
    ("release-rows", _("Rows")),
    ("release-verify", _("Verify")),
)


def load(here: Here, uid: str) -> Release:
    """A release of the project; raises NotFound."""
    found = Release.objects.filter(project=here.project, uid=uid)
    people = ("job", "requested_by", "label_schema", "guideline", "project__organisation")
    release = found.select_related(*people).first()
    if release is None:
        raise NotFound
    return release


def load_published(here: Here, uid: str) -> Release:
    """The same, of one that is published; raises NotFound for another."""
    release = load(here, uid)
    if release.published_at is None:
        raise NotFound
    return release


def tabs_of(here: Here, release: Release) -> list[Tab]:
    """The pages of a published release; none before."""
    if release.published_at is None:
        return []
    pages = [(text, reverse(f"web:{name}", args=[here.project.uid, release.uid])) for name, text in _PAGES]
    path, first = here.request.path, pages[0][1]
    return [
        Tab(str(text), href, path == href if href == first else path.startswith(href)) for text, href in pages
    ]


def splits_of(release: Release) -> list[tuple[str, int]]:
    """Its splits with their rows, in the order of the rows."""
    rows = release.splits.get("rows", {})
    return [(split, rows[split]) for split in SPLITS if split in rows]
