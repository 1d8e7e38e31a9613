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
_ALWAYS = {"release", "release-changes"}
"""What a release of the first format has too, which knows neither card nor splits nor proof."""


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


def load_proved(here: Here, uid: str) -> Release:
    """The same, of one with a card, splits and a proof; raises NotFound for another."""
    release = load_published(here, uid)
    if not release.has_proof:
        raise NotFound
    return release


def tabs_of(here: Here, release: Release) -> list[Tab]:
    """The pages of a published release; none before."""
    if release.published_at is None:
        return []
    shown = [one for one in _PAGES if release.has_proof or one[0] in _ALWAYS]
    pages = [(text, reverse(f"web:{name}", args=[here.project.uid, release.uid])) for name, text in shown]
    path, first = here.request.path, pages[0][1]
    return [
        Tab(str(text), href, path == href if href == first else path.startswith(href)) for text, href in pages
    ]


def splits_of(release: Release) -> list[tuple[str, int]]:
    """Its splits with their rows, in the order of the rows."""
    rows = release.splits.get("rows", {})
    return [(split, rows[split]) for split in SPLITS if split in rows]
