"""The disclosures: every field of the three lists is there, filled from the facts or said to be empty."""

import json
from dataclasses import replace
from typing import Any

from annotation.formats.release.documents import written
from tests.annotation.formats.release.documents.scene import FACTS


def read(name: str, **changes: Any) -> dict[str, Any]:
    """A disclosure as JSON."""
    found: dict[str, Any] = json.loads(written(replace(FACTS, **changes), [])[f"disclosures/{name}.json"])
    return found


def entries(value: Any) -> list[dict[str, Any]]:
    """Every field, wherever it stands."""
    if isinstance(value, dict):
        own = [value] if {"title", "filled"} <= value.keys() else []
        return own + [one for part in value.values() for one in entries(part)]
    return [one for part in value for one in entries(part)] if isinstance(value, list) else []


def test_the_provenance_standards_have_their_22_fields() -> None:
    found = read("data-provenance")
    assert [len(found[part]) for part in ("source", "provenance", "use")] == [6, 8, 8]
    assert "keys are Assay's own" in found["keys"]
    assert found["source"]["dataset_title"]["value"] == FACTS.name
    assert found["use"]["licence"]["value"]["release"] == "CC-BY-4.0"
    assert found["use"]["privacy_enhancing"]["value"]["de_identification_statements"] == [
        "Names were removed."
    ]


def test_what_is_not_known_is_said_to_be_empty() -> None:
    for name in ("data-provenance", "eu-ai-act-summary", "gbt-45674"):
        found = entries(read(name, contact="", use="", personal=None, rights=(), sources=()))
        assert len(found) > 10
        for one in found:
            assert one["filled"] == (one["value"] is not None)
            assert one["filled"] or one["note"]


def test_the_summary_follows_the_headings_of_the_template() -> None:
    found = read("eu-ai-act-summary")
    assert [number for part in found["parts"] for number in part["entries"]] == [
        *("1.1", "1.2", "1.3"),
        *("2.1", "2.2", "2.3", "2.4", "2.5", "2.6"),
        *("3.1", "3.2", "3.3"),
    ]
    text = written(FACTS, [])["disclosures/eu-ai-act-summary.md"].decode()
    for part in found["parts"]:
        for number, one in part["entries"].items():
            assert f"**{number} {one['title']}**" in text
    assert "To be added by the provider of the model." in text


def test_the_record_of_annotation_security_is_filled_from_the_database() -> None:
    found = read("gbt-45674")
    assert found["people"]["annotators"]["value"] == 5
    assert found["verification"]["blind"]["value"] == {"answers": 20, "blind": 19}
    assert found["rules"]["sha256"]["value"] == "ab" * 32
    assert found["security"]["personal"]["value"] == {"found": 3, "open": 0, "written": 0}
    assert not found["security"]["incidents"]["filled"]
    assert "未能核对标准正式文本" in found["keys"]


def test_a_waiver_is_in_the_record() -> None:
    (waiver,) = read("gbt-45674")["verification"]["waivers"]["value"]
    assert waiver == {"check": "alpha", "by": "Bob", "reason": "A pilot: only ten items."}
