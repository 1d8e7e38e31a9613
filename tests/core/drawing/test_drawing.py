"""What the program that reads strangers' files gives, and what becomes of files that are made to hurt."""

import io
import json
import tempfile
from typing import Any

import pytest
from PIL import Image

from core.drawing.parts import read_parts, write_part
from core.drawing.process import Drawn, draw
from core.drawing.program import Command
from tests.pdf import endless, locked, scan, sized, written


def asked(command: Command, content: bytes, *arguments: int, seconds: float = 30) -> Drawn:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return draw(command, file, *arguments, seconds=seconds)


def layer(content: bytes, page: int = 0) -> dict[str, Any]:
    drawn = asked(Command.PAGES, content, page, 1)
    assert drawn.whole
    facts: dict[str, Any] = json.loads(drawn.parts[1])
    return facts


def picture(mode: str, size: tuple[int, int], form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **more)
    return out.getvalue()


def test_a_page_has_its_text_and_two_pictures() -> None:
    drawn = asked(Command.PAGES, written("First page", "Second\nof two lines"), 1, 5)
    assert drawn.whole
    total, facts, large, small = drawn.parts
    assert json.loads(total) == 2
    assert json.loads(facts)["text"] == "Second\nof two lines"
    assert Image.open(io.BytesIO(large)).size == (1600, 2071)
    assert Image.open(io.BytesIO(small)).size == (800, 1036)


def test_every_character_has_its_place() -> None:
    facts = layer(written("To be\nor not"))
    assert facts["text"] == "To be\nor not"
    first, second = facts["runs"]
    assert (first[0], len(first[3])) == (0, len("To be") + 1)
    assert (second[0], len(second[3])) == (len("To be\n"), len("or not") + 1)
    start, top, bottom, edges = first
    assert start == 0
    assert edges == sorted(edges)
    assert edges[0] == pytest.approx(72, abs=1)
    assert top < 792 - 700 < bottom  # the line's foot, counted from above
    assert second[1] == pytest.approx(top + 14, abs=1)


@pytest.mark.parametrize(("rotate", "size"), [(90, (792, 612)), (180, (612, 792)), (270, (792, 612))])
def test_places_are_those_of_the_page_as_it_is_shown(rotate: int, size: tuple[int, int]) -> None:
    facts = layer(written("Turned", rotate=rotate))
    assert (facts["width"], facts["height"]) == size
    assert facts["text"].strip() == "Turned"
    for _start, top, bottom, edges in facts["runs"]:
        assert 0 <= top <= bottom <= size[1]
        assert 0 <= min(edges) <= max(edges) <= size[0]


def test_a_scan_has_pictures_and_no_text() -> None:
    assert layer(scan())["text"] == ""
    assert layer(scan())["runs"] == []


@pytest.mark.parametrize(("width", "height"), [("1e9", "1e9"), ("0", "0"), ("0.0001", "90000"), ("9e4", "1")])
def test_no_page_makes_a_picture_that_is_too_large(width: str, height: str) -> None:
    drawn = asked(Command.PAGES, sized(width, height), 0, 1)
    assert drawn.whole
    facts = json.loads(drawn.parts[1])
    assert facts["width"] > 0
    assert facts["height"] > 0
    wide, high = Image.open(io.BytesIO(drawn.parts[2])).size
    assert wide <= 1600
    assert high <= 4800


def test_what_is_wrong_with_a_pdf_is_told() -> None:
    assert asked(Command.PAGES, locked(), 0, 1).locked
    assert asked(Command.PAGES, b"", 0, 1).broken
    assert asked(Command.PAGES, b"%PDF-1.7\nno more", 0, 1).broken
    assert asked(Command.PAGES, picture("RGB", (4, 4), "PNG"), 0, 1).broken


def test_what_dies_on_a_page_tells_the_pages_before() -> None:
    drawn = asked(Command.PAGES, endless(), 0, 1)
    assert not drawn.whole
    assert [json.loads(part) for part in drawn.parts] == [1]


def test_what_takes_too_long_is_ended() -> None:
    drawn = asked(Command.PAGES, scan(), 0, 1, seconds=0.001)
    assert drawn.code is None
    assert not drawn.whole


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_written_anew(form: str) -> None:
    drawn = asked(Command.PICTURE, picture("RGB", (60, 40), form), 10_000, 50)
    facts, content = json.loads(drawn.parts[0]), drawn.parts[1]
    assert (facts["width"], facts["height"]) == (50, 33)
    found = Image.open(io.BytesIO(content))
    assert found.size == (50, 33)
    assert facts["type"] == f"image/{str(found.format).lower()}"


def test_what_a_camera_noted_is_left_out_and_the_picture_stands_upright() -> None:
    noted = Image.Exif()
    noted[0x0112], noted[0x010E] = 6, "a name"  # turned by a quarter; a description
    drawn = asked(Command.PICTURE, picture("RGB", (60, 40), "JPEG", exif=noted), 10_000, 100)
    assert json.loads(drawn.parts[0])["width"] == 40
    assert b"a name" not in drawn.parts[1]
    assert not Image.open(io.BytesIO(drawn.parts[1])).getexif()


@pytest.mark.parametrize(
    ("mode", "form", "found"),
    [
        ("RGBA", "PNG", "RGBA"),
        ("P", "GIF", "RGB"),
        ("L", "PNG", "L"),
        ("1", "PNG", "L"),
        ("I;16", "PNG", "L"),
        ("CMYK", "JPEG", "RGB"),
    ],
)
def test_every_mode_becomes_one_that_browsers_know(mode: str, form: str, found: str) -> None:
    drawn = asked(Command.PICTURE, picture(mode, (8, 8), form), 10_000, 100)
    assert drawn.whole
    assert Image.open(io.BytesIO(drawn.parts[1])).mode == found


def test_a_picture_that_is_too_large_says_how_large_it_is() -> None:
    drawn = asked(Command.PICTURE, picture("1", (5000, 5000), "PNG"), 1_000_000, 100)
    assert drawn.whole
    assert json.loads(drawn.parts[0])["pixels"] > 1_000_000


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nno", scan(), b"<svg xmlns='x'/>"])
def test_what_is_no_picture_is_broken(content: bytes) -> None:
    assert asked(Command.PICTURE, content, 10_000, 100).broken


def test_a_picture_that_is_cut_off_is_broken() -> None:
    whole = picture("RGB", (600, 600), "JPEG")
    assert asked(Command.PICTURE, whole[: len(whole) // 2], 1_000_000, 100).broken


def test_a_jpeg_with_more_pictures_behind_it_is_a_jpeg() -> None:
    content = picture("RGB", (60, 40), "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])
    assert Image.open(io.BytesIO(content)).format == "MPO"
    drawn = asked(Command.PICTURE, content, 10_000, 100)
    assert drawn.whole
    assert json.loads(drawn.parts[0]) == {"width": 60, "height": 40, "type": "image/jpeg"}
    assert Image.open(io.BytesIO(drawn.parts[1])).format == "JPEG"


def test_notes_of_a_camera_that_cannot_be_read_make_a_picture_broken() -> None:
    # Turned by a quarter, with a description that is a fraction.
    notes = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x0e\0\x0b\0\0\0\x01\0\0\0\x2d" + (
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" + bytes(4)
    )
    assert asked(Command.PICTURE, picture("RGB", (60, 40), "JPEG", exif=notes), 10_000, 100).broken


def test_parts_come_back_as_they_were_and_cut_ones_do_not() -> None:
    out = io.BytesIO()
    for part in (b"one", b"", b"three"):
        write_part(out, part)
    assert list(read_parts(io.BytesIO(out.getvalue()))) == [b"one", b"", b"three"]
    assert list(read_parts(io.BytesIO(out.getvalue()[:-1]))) == [b"one", b""]
