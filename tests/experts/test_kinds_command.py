"""Kinds of credentials are added from a file, all of them or none."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from experts.models import CredentialKind

GOOD = {
    "key": "ca_barrister",
    "sector": "legal",
    "category": "licence",
    "name": {"en": "Barrister (Ontario)"},
    "credential_class": "attorney",
    "jurisdictions": ["CA"],
    "number_formats": [{"jurisdiction": "CA", "pattern": "P[0-9]{5}", "check": ""}],
}


def store(folder: Path, content: Any) -> None:
    file = folder / "kinds.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    call_command("credential_kinds", file, stdout=io.StringIO())


def test_a_kind_is_added_and_changed_without_code(db: None, tmp_path: Path) -> None:
    store(tmp_path, [GOOD])
    store(tmp_path, [{**GOOD, "category": "membership"}])
    assert CredentialKind.objects.get(key="ca_barrister").category == "membership"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"category": "rumour"}, "unknown category"),
        ({"sector": "astrology"}, "unknown sector"),
        ({"jurisdictions": ["XX"]}, "unknown jurisdictions"),
        ({"number_formats": [{"pattern": "["}]}, "not a regular expression"),
        ({"number_formats": [{"pattern": "1", "check": "magic"}]}, "unknown check"),
        ({"name": {"zh-hans": "x"}}, "one for en"),
        ({"key": "Has Spaces"}, "key is not a word"),
        ({"key": ""}, "lacks key"),
    ],
)
def test_one_bad_row_stores_nothing(db: None, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        store(tmp_path, [GOOD, {**GOOD, "key": "other", **change}])
    assert not CredentialKind.objects.filter(key="ca_barrister").exists()


@pytest.mark.parametrize("content", ["{", "{}", '["kind"]'])
def test_a_file_of_another_shape_is_refused(db: None, tmp_path: Path, content: str) -> None:
    with pytest.raises(CommandError):
        store(tmp_path, content)
