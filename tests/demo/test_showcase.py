"""The small projects of the living example: their rows fit their questions, and so do their answers."""

from __future__ import annotations

import re

import pytest

from annotation.formats.answers import check, check_item
from annotation.formats.labelling_config import parse_config
from annotation.formats.schema import FieldKind
from demo.showcase import SHOWCASES, Showcase


@pytest.mark.parametrize("one", SHOWCASES, ids=lambda one: one.key)
def test_rows_and_answers_fit_the_questions(one: Showcase) -> None:
    schema = parse_config(one.config)
    rows = one.rows
    assert 3 <= len(rows) <= 5
    for row in rows:
        assert row["_language"] == one.language
        assert row["_licence"]
        if not any(field.kind is FieldKind.PAGES for field in schema.fields):
            check_item(schema, row)
    for row, result in zip(rows, one.answers, strict=False):
        check(schema, row, list(result), complete=True)


@pytest.mark.parametrize("one", SHOWCASES, ids=lambda one: one.key)
def test_guidelines_have_numbered_clauses(one: Showcase) -> None:
    assert re.search(r"^## 1\. ", one.guideline, re.M)
    assert len(re.findall(r"^\d\.\d+ ", one.guideline, re.M)) >= 5


def test_the_agreements_are_pdfs() -> None:
    one = next(one for one in SHOWCASES if one.key == "agreements-en")
    assert all(row["document"].startswith("data:application/pdf;base64,") for row in one.rows)
