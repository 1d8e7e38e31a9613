"""The file behind a credential, as a download and in place."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from experts.evidence import pictures
from experts.models import Credential
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World
from tests.pdf import scan


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def licence(world: World, file: bytes | None) -> Credential:
    return cast.credential_of(world.people["contributor"], cast.sector(), file=file, number="8")


def pages(client: Any, credential: Credential) -> Any:
    return client.get(reverse("web:evidence-pages", args=[credential.uid]))


def test_the_queue_shows_a_pdf_beside_the_form(ours: World, as_: As) -> None:
    credential, lead = licence(ours, scan(6)), as_("lead")
    queue = lead.get(reverse("web:verification", args=[ours.organisation.uid])).content.decode()
    assert reverse("web:evidence-pages", args=[credential.uid]) in queue
    answer = pages(lead, credential)
    shown = answer.content.decode()
    assert shown.count("data:image/jpeg;base64,") == 4
    assert "Page 4 of 6" in shown
    assert "The first 4 pages of 6" in shown
    assert "no-store" in answer["Cache-Control"]


def test_a_pdf_that_cannot_be_drawn_says_so(ours: World, as_: As) -> None:
    shown = pages(as_("lead"), licence(ours, cast.PDF)).content.decode()
    assert "cannot be shown here" in shown
    assert "<img" not in shown


def test_while_another_is_drawn_it_asks_again(ours: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pictures._turn:
        shown = pages(as_("lead"), licence(ours, scan())).content.decode()
    assert "load delay:2s" in shown


def test_what_is_no_pdf_has_no_pages(ours: World, as_: As) -> None:
    png = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n")
    credential = licence(ours, None)
    assert pages(as_("lead"), credential).status_code == 404
    credential.evidence.save("scan.png", png)
    assert pages(as_("lead"), credential).status_code == 404


def test_the_file_is_a_download_that_no_browser_guesses_about_or_keeps(ours: World, as_: As) -> None:
    file = scan()
    answer = as_("contributor").get(reverse("web:evidence", args=[licence(ours, file).uid]))
    assert b"".join(answer.streaming_content) == file  # type: ignore[attr-defined]  # a stream
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("part", ["annotator", "adjudicator", "mallory"])
def test_nobody_else_opens_it(ours: World, as_: As, part: str) -> None:
    credential, client = licence(ours, scan()), as_(part)
    for name in ("evidence", "evidence-pages"):
        assert client.get(reverse(f"web:{name}", args=[credential.uid])).status_code == 404
