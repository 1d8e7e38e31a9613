"""A PDF as pictures: bounded, and never the end of the process that asked."""

import io

import pytest
from PIL import Image

from core.drawing.pdf import FIRST_HEIGHT as HEIGHT
from core.drawing.pdf import FIRST_PAGES as PAGES
from core.drawing.pdf import FIRST_WIDTH as WIDTH
from experts.evidence import pictures
from experts.evidence.pictures import Busy, pictures_of
from tests import cast
from tests.pdf import endless, scan, sized


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    drawn = pictures_of(pdf)
    assert drawn
    return [Image.open(io.BytesIO(picture)).size for picture in drawn.pages]


def test_a_short_pdf_is_shown_whole() -> None:
    assert sizes(scan(2)) == [(WIDTH, 1415), (WIDTH, 1415)]


def test_a_long_pdf_is_shown_in_part_and_says_how_long_it_is() -> None:
    drawn = pictures_of(scan(PAGES + 3))
    assert drawn
    assert (len(drawn.pages), drawn.total) == (PAGES, PAGES + 3)


@pytest.mark.parametrize(("width", "height"), [("1e9", "1e9"), ("0", "0"), ("0.0001", "90000"), ("9e4", "1")])
def test_no_page_makes_a_picture_that_is_too_large(width: str, height: str) -> None:
    [(wide, high)] = sizes(sized(width, height))
    assert wide <= WIDTH
    assert high <= HEIGHT


@pytest.mark.parametrize("pdf", [cast.PDF, scan()[:300], b"", endless()])
def test_what_cannot_be_drawn_is_no_picture(pdf: bytes) -> None:
    assert pictures_of(pdf) is None


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.001)
    assert pictures_of(scan()) is None


def test_one_is_drawn_at_a_time_and_the_next_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pictures._turn, pytest.raises(Busy):
        pictures_of(scan())
    assert pictures_of(scan())
