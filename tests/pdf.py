"""PDF files for tests."""

import io

from PIL import Image


def scan(pages: int = 1) -> bytes:
    """A PDF of so many blank pages, as a scanner makes it."""
    blank = Image.new("RGB", (620, 877), "white")
    file = io.BytesIO()
    blank.save(file, "PDF", save_all=True, append_images=[blank] * (pages - 1))
    return file.getvalue()


def endless() -> bytes:
    """A PDF whose drawing draws itself, twice: what reads it to the end runs out of stack."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</I 5 0 R>>>>"
    return _written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/I Do\nendstream",
        b"<<" + form + b"/Length 12>>stream\n/I Do /I Do \nendstream",
    )


def sized(width: str, height: str) -> bytes:
    """An empty page of this size, in points."""
    return _written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]>>".encode(),
    )


def _written(*objects: bytes) -> bytes:
    file, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + head + table + tail


def written(*pages: str, rotate: int = 0) -> bytes:
    """A PDF with a text layer: each page holds these lines (Latin letters), 12 points high, from the upper left."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, text in enumerate(pages):
        lines = b" T* ".join(b"(%s) Tj" % line.encode("latin-1") for line in text.split("\n"))
        stream = b"BT /F 12 Tf 14 TL 72 700 Td %s ET" % lines
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate %d/Contents %d 0 R"
            % (rotate, 5 + 2 * at)
            + b"/Resources<</Font<</F 3 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    return _written(*objects)


def locked() -> bytes:
    """A PDF that wants a password."""
    key = b"<" + b"00" * 32 + b">"
    return _written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter/Standard/V 1/R 2/O %s/U %s/P -4>>" % (key, key),
    ).replace(b"trailer <<", b"trailer <</Encrypt 3 0 R/ID[<00><00>]")
