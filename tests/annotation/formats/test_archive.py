"""Zips from strangers: nothing in them leads out, and none takes more than it may."""

import io
import tracemalloc
import zipfile

import pytest

from annotation.formats.archive import Archive, kind_of_file
from annotation.formats.messages import FormatError
from tests.zips import claiming, damaged, large, locked, packed, with_link

MB = 1_000_000


def archive(content: bytes, most_files: int = 100, most_bytes: int = MB) -> Archive:
    return Archive(io.BytesIO(content), most_files=most_files, most_bytes=most_bytes)


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(FormatError) as found:
        archive(content, **limits)
    assert found.value.detail
    assert found.value.action
    return found.value.code


def test_a_table_and_the_files_that_it_names() -> None:
    found = archive(packed({"set/rows.csv": b"pdf\na.pdf\n", "set/a.pdf": b"A", "b/c.pdf": b"C"}))
    assert found.table == "set/rows.csv"
    assert found.resolve("a.pdf") == "set/a.pdf"
    assert found.resolve("./a.pdf") == "set/a.pdf"
    assert found.resolve("b/c.pdf") == "b/c.pdf"
    assert found.resolve("b\\c.pdf") == "b/c.pdf"
    out = io.BytesIO()
    found.unpack("b/c.pdf", out)
    assert out.getvalue() == b"C"


@pytest.mark.parametrize("path", ["../a.pdf", "/etc/passwd", "no.pdf", "", "b/../../a.pdf"])
def test_a_row_reaches_nothing_else(path: str) -> None:
    assert archive(packed({"rows.csv": b"x", "a.pdf": b"A"})).resolve(path) is None


@pytest.mark.parametrize(
    "name", ["../a.pdf", "/a.pdf", "a/../../b.pdf", "C:\\a.pdf", "..\\a.pdf", "c:/a.pdf"]
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert refused(packed({name: b"x"})) == "zip_path"


def test_links_passwords_and_other_methods_are_refused() -> None:
    assert refused(with_link("a.pdf", "/etc/passwd")) == "zip_link"
    assert refused(locked("a.pdf")) == "zip_locked"
    assert refused(packed({"a.pdf": b"x"}, zipfile.ZIP_LZMA)) == "zip_method"


def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as twice:
        twice.writestr("a.pdf", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            twice.writestr("a.pdf", b"2")
    assert refused(out.getvalue()) == "zip_twice"
    assert refused(packed({"a/b.pdf": b"1", "a\\b.pdf": b"2"})) == "zip_twice"


def test_two_tables_are_refused() -> None:
    assert refused(packed({"a.csv": b"1", "b.jsonl": b"2"})) == "zip_tables"


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    bomb = packed({"a.pdf": bytes(2 * MB)})
    assert len(bomb) < MB / 100
    assert refused(bomb) == "zip_too_large"
    assert refused(packed({f"{at}.pdf": b"" for at in range(5)}), most_files=4) == "zip_too_many"
    assert refused(claiming(60_000)) == "zip_too_many"


MANY = {f"{at}.pdf": b"" for at in range(2000)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (claiming(1, MANY), "zip_too_many"),
        (large(MANY), "zip_too_many"),
        (large(MANY, count=1, length=60), "zip_broken"),
        (large({"a.pdf": b""}, count=2), "zip_broken"),
        (large({"a.pdf": b""}, moved=1), "zip_broken"),
    ],
    ids=["claims less", "says it in the larger form", "says it twice", "differs", "points elsewhere"],
)
def test_no_more_is_listed_than_is_counted(content: bytes, code: str) -> None:
    tracemalloc.start()
    try:
        assert refused(content) == code
        assert tracemalloc.get_traced_memory()[1] < MB  # the listing of all would take more
    finally:
        tracemalloc.stop()


def test_a_zip_in_the_larger_form_is_read() -> None:
    assert archive(large({"a.pdf": b"A", "b.pdf": b"B"})).paths() == ["a.pdf", "b.pdf"]
    assert archive(b"#!/bin/sh\n" + packed({"a.pdf": b"A"})).paths() == ["a.pdf"]  # one that unpacks itself


def test_a_file_never_gives_more_than_it_declares() -> None:
    whole = bytearray(packed({"a.pdf": bytes(1000)}))
    at = whole.find(b"PK\x01\x02") + 24
    whole[at : at + 4] = (10).to_bytes(4, "little")
    out = io.BytesIO()
    with pytest.raises(FormatError, match="unpacked"):
        archive(bytes(whole)).unpack("a.pdf", out)
    assert len(out.getvalue()) <= 10


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x05\x06", b"no zip at all" * 9, packed({"a": b"x"})[:-30]],
    ids=["nothing", "two letters", "an end alone", "text", "cut off"],
)
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    assert refused(content) == "zip_broken"


def test_damage_is_noticed() -> None:
    with pytest.raises(FormatError) as found:
        archive(damaged("a.pdf", b"content")).unpack("a.pdf", io.BytesIO())
    assert found.value.code == "file_broken_inside"


def test_what_systems_leave_behind_is_no_file() -> None:
    found = archive(
        packed({"__MACOSX/a.pdf": b"", ".DS_Store": b"", "Thumbs.db": b"", "d/": b"", "b.pdf": b""})
    )
    assert found.paths() == ["b.pdf"]
    assert found.table is None


def test_names_from_chinese_windows_are_readable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as old:
        old.writestr("NAME.pdf", b"x")
    raw = "合同".encode("gb18030")
    assert archive(out.getvalue().replace(b"NAME", raw)).paths() == ["合同.pdf"]
    assert archive(packed({"合同.pdf": b"x"})).paths() == ["合同.pdf"]


def test_kinds_are_told_by_the_ending() -> None:
    assert [kind_of_file(name) for name in ("a.PDF", "b.jpeg", "c.GIF", "d.svg", "e")] == [
        "pages",
        "image",
        "image",
        None,
        None,
    ]
