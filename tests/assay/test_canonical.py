"""One way to write a value: the same as the rest of Assay writes, and no other is read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.canonical import canonical_json
from assay import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_both_writers_write_the_same_and_the_reader_reads_it(value: Any) -> None:
    written = canonical_json(value)
    assert canonical.write(value) == written
    assert canonical.write(canonical.read(written)) == written


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a":1,"a":1}', "twice"),
        (b'{"a":{"b":1,"b":2}}', "twice"),
        (b'{"b":1,"a":2}', "form"),
        (b'{"a": 1}', "form"),
        (b' {"a":1}', "form"),
        (b'{"a":1}\n', "form"),
        (b'{"a":1}\r', "form"),
        (b'"\\u0061"', "form"),
        (b'"\\/"', "form"),
        (b"1.00", "form"),
        (b"1E2", "form"),
        (b"-0", "form"),
        (b"1e999", "json"),
        (b"NaN", "json"),
        (b"[Infinity]", "json"),
        (b"-Infinity", "json"),
        (b'"\\ud800"', "json"),
        (b"", "json"),
        (b"{", "json"),
        (b"\xef\xbb\xbf{}", "json"),
        (b"\xff", "text"),
        ('{"a":1}'.encode("utf-16"), "text"),
        (b"[" * 100_000 + b"]" * 100_000, "json"),
        (b"9" * 10_000, "json"),
    ],
)
def test_what_is_not_canonical_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(canonical.NotCanonical) as refused:
        canonical.read(content)
    assert refused.value.reason == reason


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        value = canonical.read(content)
    except canonical.NotCanonical:
        return
    assert canonical.write(value) == content
