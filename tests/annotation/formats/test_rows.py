"""Rows of uploaded files: good ones, every kind of bad one, and going on later."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from annotation.formats import byte_lines, rows_csv, rows_json, rows_jsonl
from annotation.formats.messages import FormatError
from annotation.formats.messages_rows import ROWS
from annotation.formats.rows import BadRow, Format, Position, Row, format_of, read_rows


def read(content: bytes | str, form: Format, start: Position | None = None) -> list[Row | BadRow]:
    encoded = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(encoded), form, start=start))


def told(content: bytes | str, form: Format) -> list[Any]:
    """(line, data) of good rows, (line, code) of bad ones."""
    return [(row.line, row.data if isinstance(row, Row) else row.code) for row in read(content, form)]


def test_json_lines_with_a_mark_blank_lines_and_both_line_ends() -> None:
    content = '\ufeff{"a": "中"}\n\n  {"a": 2}\r\n{"a": 3}'
    assert told(content, "jsonl") == [(1, {"a": "中"}), (3, {"a": 2}), (4, {"a": 3})]


def test_a_list_an_object_and_objects_one_after_another() -> None:
    assert told('\ufeff [ {"a": "x]\\"}"},\n\n{"b": [1, {"c": "\\\\"}]}\n, {"d": 1} ]\n', "json") == [
        (1, {"a": 'x]"}'}),
        (3, {"b": [1, {"c": "\\"}]}),
        (4, {"d": 1}),
    ]
    assert told('{"a": 1}', "json") == [(1, {"a": 1})]
    assert told('{"a": 1}\n{"a": 2}', "json") == [(1, {"a": 1}), (2, {"a": 2})]


def test_csv_with_quotes_separators_and_line_ends_in_cells() -> None:
    content = '\ufeffid, text \r\n1,"a, ""b""\r\nc"\r\n\r\n2,5" pipe\r\n'
    assert told(content, "csv") == [
        (2, {"id": "1", "text": 'a, "b"\r\nc'}),
        (5, {"id": "2", "text": '5" pipe'}),
    ]


def test_tsv_splits_at_tabs_only() -> None:
    assert told("id\ttext\n1\ta,b\n", "tsv") == [(2, {"id": "1", "text": "a,b"})]


BAD: dict[str, tuple[Format, bytes | str, list[Any]]] = {
    "nan": ("jsonl", '{"a": NaN}\n{"a": 1}', [(1, "json_not_finite"), (2, {"a": 1})]),
    "infinite": ("jsonl", '{"a": 1e999}\n{"a": 1}', [(1, "json_not_finite"), (2, {"a": 1})]),
    "duplicate key": ("jsonl", '{"a": 1, "a": 2}\n{"a": 1}', [(1, "json_duplicate_key"), (2, {"a": 1})]),
    "broken": ("jsonl", '{"a": }\n{"a": 1}', [(1, "json_broken"), (2, {"a": 1})]),
    "too many digits": ("jsonl", '{"a": ' + "9" * 5000 + '}\n{"a": 1}', [(1, "json_broken"), (2, {"a": 1})]),
    "no object": (
        "jsonl",
        '[1]\n"x"\n{"a": 1}',
        [(1, "row_not_object"), (2, "row_not_object"), (3, {"a": 1})],
    ),
    "no data": ("jsonl", '{}\n{"_source": "x"}', [(1, "row_empty"), (2, "row_empty")]),
    "deep": (
        "jsonl",
        '{"a":' + "[" * 5000 + "]" * 5000 + '}\n{"a": 1}',
        [(1, "json_too_deep"), (2, {"a": 1})],
    ),
    "rather deep": ("jsonl", '{"a":' + "[" * 150 + "]" * 150 + "}", [(1, "json_too_deep")]),
    "half a character": ("jsonl", '{"a": "\\ud83d"}\n{"a": 1}', [(1, "lone_surrogate"), (2, {"a": 1})]),
    "nul": ("jsonl", '{"a": "\\u0000"}\n{"a": 1}', [(1, "nul_character"), (2, {"a": 1})]),
    "not utf-8": ("jsonl", b'{"a": "\xd6\xd0"}\n{"a": 1}', [(1, "encoding_invalid"), (2, {"a": 1})]),
    "utf-16": ("jsonl", '{"a": 1}'.encode("utf-16"), [(1, "encoding_utf16")]),
    "utf-16 without a mark": ("csv", "id,text\n".encode("utf-16-be"), [(1, "encoding_utf16")]),
    "utf-32 list": ("json", '[{"a": 1}]'.encode("utf-32"), [(1, "encoding_utf16")]),
    "empty lines": ("jsonl", "\n\n", [(1, "file_empty")]),
    "empty json": ("json", "", [(1, "file_empty")]),
    "empty list": ("json", "[]", [(1, "file_empty")]),
    "empty csv": ("csv", "", [(1, "file_empty")]),
    "header only": ("csv", "a,b\n", [(1, "file_empty")]),
    "no rows": ("json", '"text"', [(1, "json_no_rows")]),
    "list of others": (
        "json",
        '[1, nope, {"a": bad},\n{"a": 1}]',
        [(1, "row_not_object"), (1, "json_broken"), (1, "json_broken"), (2, {"a": 1})],
    ),
    "no comma": ("json", '[{"a": 1}\n{"a": 2}]', [(1, {"a": 1}), (2, "json_separator")]),
    "comma at the end": ("json", '[{"a": 1},]', [(1, {"a": 1}), (1, "json_separator")]),
    "cut off": ("json", '[{"a": 1},\n{"a": "', [(1, {"a": 1}), (2, "json_unclosed")]),
    "cut off after": ("json", '[{"a": 1}', [(1, {"a": 1}), (1, "json_unclosed")]),
    "cut off number": ("json", "[1", [(1, "row_not_object"), (1, "json_unclosed")]),
    "cut off escape": ("json", '[{"a": "\\', [(1, "json_unclosed")]),
    "something after": ("json", '[{"a": 1}] x', [(1, {"a": 1}), (1, "json_trailing")]),
    "short row": ("csv", "a,b\n1\n1,2", [(2, "row_short"), (3, {"a": "1", "b": "2"})]),
    "long row": ("csv", "a,b\n1,2,3\n1,2", [(2, "row_long"), (3, {"a": "1", "b": "2"})]),
    "bad quote": ("csv", 'a,b\n"x"y,2\n1,2', [(2, "csv_broken"), (3, {"a": "1", "b": "2"})]),
    "open quote": ("csv", 'a,b\n"x,2\n1,2\n', [(2, "csv_quote_open"), (3, {"a": "1", "b": "2"})]),
    "open quote closed late": (
        "csv",
        'a,b\n"x,2\n1,2\n3,"z"\n',
        [(2, "csv_quote_open"), (3, {"a": "1", "b": "2"}), (4, {"a": "3", "b": "z"})],
    ),
    "csv not utf-8": ("csv", b"a,b\n\xd6,2\n1,2", [(2, "encoding_invalid"), (3, {"a": "1", "b": "2"})]),
    "header not utf-8": ("csv", b"\xd6,b\n1,2", [(1, "encoding_invalid")]),
    "blank header": ("csv", "a,\n1,2", [(1, "header_blank")]),
    "double header": ("csv", "a,a\n1,2", [(1, "header_duplicate")]),
    "licence too long": ("jsonl", '{"a": 1, "_licence": "' + "x" * 101 + '"}', [(1, "extra_too_long")]),
    "licence number": ("jsonl", '{"a": 1, "_licence": 3}', [(1, "extra_not_text")]),
    "parties number": ("jsonl", '{"a": 1, "_parties": 3}\n{"a": 1}', [(1, "parties_wrong"), (2, {"a": 1})]),
    "many parties": ("csv", "a,_parties\n1," + "x;" * 200, [(2, "parties_too_many")]),
}


@pytest.mark.parametrize(("form", "content", "expected"), BAD.values(), ids=BAD)
def test_a_bad_row_is_reported_by_line_and_the_others_stay_in(
    form: Format, content: bytes | str, expected: list[Any]
) -> None:
    assert told(content, form) == expected
    for row in read(content, form):
        if isinstance(row, BadRow):
            assert "%(" not in row.detail + row.action


@pytest.mark.parametrize(
    ("form", "content", "expected"),
    [
        ("jsonl", '{"a": "%s"}\n{"a": 1}\n', [(1, "row_too_large"), (2, {"a": 1})]),
        ("json", '[{"a": "%s"},\n{"a": 1}]', [(1, "row_too_large"), (2, {"a": 1})]),
        ("csv", "a\n%s\n1\n", [(2, "row_too_large"), (3, {"a": "1"})]),
        ("csv", 'a\n"x\n%s\n1\n', [(2, "csv_quote_open"), (3, "row_too_large"), (4, {"a": "1"})]),
    ],
)
def test_a_row_that_is_too_large_is_skipped(
    form: Format, content: str, expected: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (byte_lines, rows_csv, rows_json, rows_jsonl):
        monkeypatch.setattr(module, "MAX_ROW_BYTES", 1000)
    assert told(content % ("x" * 200_000), form) == expected


def test_every_refusal_of_a_row_is_tested() -> None:
    from_items = {"field_missing", "field_not_text", "field_empty", "format_unknown", "row_too_large"}
    from_items |= {"jurisdiction_unknown", "due_not_a_day", "priority_not_a_number"}
    from_items |= {code for code in ROWS if code.startswith(("known_", "prediction"))}
    given = {code for _, _, rows in BAD.values() for _, code in rows if isinstance(code, str)}
    assert given - {"lone_surrogate", "nul_character"} == set(ROWS) - from_items


SEVERAL: list[tuple[Format, str]] = [
    ("jsonl", '\ufeff{"a": 1}\n\n{"a": }\n{"a": "中"}\n{"a": 4}'),
    ("json", '[{"a": 1},\n 3, {"a": "中"}\n,{"a": 4}\n]'),
    ("json", '{"a": 1}\n{"a": "中"} {"a": 3}\n'),
    ("csv", 'a,b\n1,"x\ny"\n2\n3,中\n4,z'),
    ("tsv", "a\tb\n1\tx\n2\n3\t中\n"),
]


@pytest.mark.parametrize(("form", "content"), SEVERAL)
def test_reading_goes_on_after_any_row(form: Format, content: str) -> None:
    rows = read(content, form)
    for at, row in enumerate(rows, start=1):
        stored = json.loads(json.dumps(row.end.to_json()))
        assert read(content, form, Position.from_json(stored)) == rows[at:]


def test_reading_takes_no_more_than_it_needs() -> None:
    class Counting(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            piece = b'{"a": 1},' * 1000 if self.taken else b"[" + b'{"a": 1},' * 1000
            size = min(len(buffer), len(piece))
            buffer[:size] = piece[:size]
            self.taken += size
            return size

    endless = Counting()
    rows = read_rows(io.BufferedReader(endless), "json")
    assert isinstance(next(rows), Row)
    assert endless.taken < 300_000


def test_a_label_studio_task_is_unwrapped() -> None:
    task = {
        "id": 7,
        "data": {"text": "x", "_source": "web"},
        "meta": {"k": 1},
        "annotations": [{"result": []}],
    }
    (row,) = read(json.dumps([task]), "json")
    assert isinstance(row, Row)
    assert row.data == {"text": "x"}
    assert row.extra == {"meta": {"k": 1}, "annotations": [{"result": []}], "assay_source": "web"}


def test_a_row_that_merely_has_a_data_column_stays_as_it_is() -> None:
    assert told('{"data": {"a": 1}, "score": 2}', "jsonl") == [(1, {"data": {"a": 1}, "score": 2})]
    assert told('{"data": "x"}', "jsonl") == [(1, {"data": "x"})]


def test_what_is_said_about_a_row_is_kept_apart_from_its_data() -> None:
    (row,) = read("a,licence,_licence,_language,_group,_source\nx,y, MIT ,zh-hans,doc-1,\n", "csv")
    assert isinstance(row, Row)
    assert row.data == {"a": "x", "licence": "y"}
    assert row.extra == {"assay_licence": "MIT", "assay_language": "zh-hans", "assay_group": "doc-1"}


def test_a_path_will_do(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n', encoding="utf-8")
    assert [row.line for row in read_rows(path, format_of(path.name))] == [1]


def test_the_format_is_told_by_the_name() -> None:
    assert [format_of(name) for name in ("a.JSONL", "a.ndjson", "a.json", "a.csv", "a.tab")] == [
        "jsonl",
        "jsonl",
        "json",
        "csv",
        "tsv",
    ]
    with pytest.raises(FormatError, match="xlsx"):
        format_of("a.xlsx")


@pytest.mark.parametrize(
    "given",
    [
        "A Ltd; B [LEI 1]",
        "A Ltd；B [LEI 1]\n",
        ["A Ltd", "B [LEI 1]", " "],
        [{"name": "A Ltd"}, {"name": "B", "identifier": "LEI 1"}],
    ],
)
def test_parties_are_text_or_a_list(given: object) -> None:
    (row,) = read(json.dumps({"a": 1, "_parties": given}), "jsonl")
    assert isinstance(row, Row)
    named = [{"name": "A Ltd", "identifier": ""}, {"name": "B", "identifier": "LEI 1"}]
    assert (row.data, row.extra) == ({"a": 1}, {"assay_parties": named})
