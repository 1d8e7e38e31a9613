"""A picture written anew: nothing but its pixels goes on. Run by `program.py` only."""

import io
import json
import warnings
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from core.drawing.parts import write_part

_FORMS = ("PNG", "JPEG", "WEBP", "GIF")
_WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG": ("PNG", {"compress_level": 6}),
    "GIF": ("PNG", {"compress_level": 6}),
    "JPEG": ("JPEG", {"quality": 92, "subsampling": 0}),
    "MPO": ("JPEG", {"quality": 92, "subsampling": 0}),  # a JPEG with more behind it, as many phones write
    "WEBP": ("WEBP", {"quality": 95, "method": 2}),
}
"""How each form is written: without loss where it had none."""


class Broken(Exception):
    """The file is no picture of a form that is read, or it is too large."""


def write_anew(content: bytes, to: BinaryIO, pixels: int, side: int) -> None:
    """Write facts as JSON, then the picture: upright, its first frame, at most `side` long. Raises Broken.

    Facts are `{"width", "height", "type"}`; where the picture has more than `pixels`, only `{"pixels"}` is written.
    """
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = pixels
    try:
        opened = Image.open(io.BytesIO(content), formats=_FORMS)
        if opened.width * opened.height > pixels:
            write_part(to, json.dumps({"pixels": opened.width * opened.height}).encode())
            return
        form, options = _WRITTEN[str(opened.format)]
        opened.draft(
            "RGB", (side, side)
        )  # a large JPEG is read at half its size or less, where that is enough
        picture = _plain(ImageOps.exif_transpose(opened), form)
    except Image.DecompressionBombError:
        write_part(to, json.dumps({"pixels": pixels + 1}).encode())
        return
    except MemoryError:
        raise
    except Exception as error:  # a decoder raises anything over bytes that it did not expect
        raise Broken from error
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, form, **options)
    facts = {"width": picture.width, "height": picture.height, "type": f"image/{form.lower()}"}
    write_part(to, json.dumps(facts).encode())
    write_part(to, out.getvalue())


def _plain(picture: Any, form: str) -> Any:
    """The pixels alone, in a mode that the form and every browser know."""
    if picture.mode.startswith("I"):  # 16 bits a pixel: X-rays and scans
        low, high = picture.getextrema()
        scale = 255 / max(high - low, 1)
        picture = picture.convert("I").point(lambda value: (value - low) * scale).convert("L")
    transparent = form != "JPEG" and (picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info)
    grey = picture.mode in {"L", "1"} and not transparent
    picture = picture.convert("RGBA" if transparent else "L" if grey else "RGB")
    picture.info.clear()
    return picture
