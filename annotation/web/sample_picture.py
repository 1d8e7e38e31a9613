"""Pictures for trying out templates that show one: a page of a document, and a slide. Drawn, of nothing real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from core.refusals import NotFound

if TYPE_CHECKING:  # a process that serves pages does without Pillow until a picture is asked for
    from PIL import ImageDraw

_INK, _GREY, _PAPER = (42, 52, 60), (150, 160, 168), (252, 252, 250)


@login_required
@cache_control(private=True, max_age=86400)
def sample_picture(request: HttpRequest, sample: str) -> HttpResponse:
    """The picture of a template's example row."""
    if sample not in _DRAWN:
        raise NotFound
    return HttpResponse(_png(sample), content_type="image/png")


@cache
def _png(sample: str) -> bytes:
    from PIL import Image, ImageDraw

    size, draw = _DRAWN[sample]
    picture = Image.new("RGB", size, _PAPER)
    draw(ImageDraw.Draw(picture))
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def _page(on: ImageDraw.ImageDraw) -> None:
    on.rectangle((70, 60, 360, 84), fill=_INK)
    for row in range(6):
        on.rectangle((70, 120 + 22 * row, 500 - 60 * (row % 3), 128 + 22 * row), fill=_GREY)
    for row in range(6):
        for column in range(3):
            left, top = 70 + 150 * column, 290 + 34 * row
            on.rectangle((left, top, left + 150, top + 34), outline=_GREY, width=2)
            on.rectangle((left + 14, top + 13, left + 60 + 18 * ((row + column) % 3), top + 21), fill=_GREY)
    for row in range(4):
        on.rectangle((70, 530 + 22 * row, 520 - 80 * (row % 2), 538 + 22 * row), fill=_GREY)
    on.line(
        (80, 728, 104, 690, 118, 730, 140, 700, 152, 726, 190, 706, 232, 716), fill=(30, 60, 130), width=4
    )
    on.line((70, 746, 260, 746), fill=_INK, width=2)
    on.ellipse((390, 660, 500, 770), outline=(160, 44, 44), width=6)
    on.ellipse((412, 682, 478, 748), outline=(160, 44, 44), width=3)


def _slide(on: ImageDraw.ImageDraw) -> None:
    on.rectangle((0, 0, 800, 600), fill=(236, 214, 226))
    for row in range(15):
        for column in range(20):
            x, y = 20 + 40 * column + 12 * (row % 2), 16 + 40 * row
            on.ellipse((x, y, x + 26, y + 24), fill=(216, 176, 204), outline=(186, 140, 178))
            on.ellipse((x + 9, y + 8, x + 17, y + 16), fill=(122, 84, 146))
    on.polygon((300, 180, 420, 150, 540, 210, 570, 330, 480, 430, 350, 410, 270, 310), fill=(178, 112, 158))
    for at in range(40):
        x, y = 310 + 61 * at % 230, 200 + 37 * at % 190
        on.ellipse((x, y, x + 18, y + 18), fill=(84, 44, 112))


_DRAWN: Mapping[str, tuple[tuple[int, int], Callable[[ImageDraw.ImageDraw], None]]] = {
    "page": ((595, 842), _page),
    "slide": ((800, 600), _slide),
}
