"""The card of a release as a page, and how a stranger verifies what they were given."""

from django.http import HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from annotation.formats.markdown import to_html
from annotation.formats.release.documents import body_of
from annotation.models import Release
from annotation.models.release_store import text_of
from annotation.release_downloads import archive_name
from annotation.web.gate import Here, in_project
from annotation.web.projects.release_frame import load_proved, tabs_of
from core.models import SigningKey
from core.refusals import NotFound
from core.roles import Capability

CARDS = {"zh-hans": "README.zh-Hans.md"}


@in_project(Capability.SEE_WORK)
def card(here: Here, release: str) -> HttpResponse:
    """The card in the reader's language, as its file says it."""
    found = load_proved(here, release)
    name = CARDS.get(get_language() or "", "README.md")
    html = mark_safe(to_html(body_of(text_of(found, name))))  # noqa: S308 (to_html ends in nh3)
    context = {"release": found, "tabs": tabs_of(here, found), "card": html, "name": name}
    return here.render("projects/release_card.html", context)


@in_project(Capability.SEE_WORK)
def verify(here: Here, release: str) -> HttpResponse:
    """What to download, which key to pin, and what to type."""
    found = load_proved(here, release)
    context = {"release": found, "tabs": tabs_of(here, found), "key": _key(found)}
    context["archive"] = archive_name(found)
    return here.render("projects/release_verify.html", context)


def _key(release: Release) -> SigningKey:
    key = SigningKey.objects.filter(organisation=release.project.organisation, key_id=release.key).first()
    if key is None:
        raise NotFound
    return key


urls = [
    path("releases/<slug:release>/card", card, name="release-card"),
    path("releases/<slug:release>/verify", verify, name="release-verify"),
]
