"""What holds for every format: described, the same bytes twice, no file for strangers, no web process slowed."""

import os
import subprocess
import sys

import pytest

from annotation.formats.messages import MESSAGES
from annotation.formats.release.described import DESCRIBED
from annotation.formats.release.format import Part, View, path_of
from annotation.formats.release.registry import FORMATS, misfits
from annotation.formats.schema import Schema
from tests.annotation.formats.release.fitting import fitting
from tests.annotation.formats.release.scenes import written


@pytest.mark.parametrize("key", FORMATS)
def test_two_builds_are_equal(key: str) -> None:
    """Of every format, on each schema that it fits, from rows that were made anew."""
    total = 0
    for one, other in zip(fitting(FORMATS[key]), fitting(FORMATS[key]), strict=True):
        first, records = written(FORMATS[key], one.view, [*one.plain, *one.full])
        assert (first, records) == written(FORMATS[key], other.view, [*other.plain, *other.full])
        total += records
    assert total > 1


def test_another_process_that_hashes_otherwise_builds_the_same() -> None:
    """Order that comes from a set shows here."""
    told = [
        subprocess.run(
            [sys.executable, "-m", "tests.annotation.formats.release.built"],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert {line.split(" ")[0] for line in told[0].splitlines()} == FORMATS.keys()


def test_every_format_is_described_and_has_a_place_of_its_own() -> None:
    for key in FORMATS:
        assert DESCRIBED[key].title
        assert DESCRIBED[key].about.endswith(".")
        assert DESCRIBED[key].load
    part = Part("train", 0, 1, 0, 1)
    assert len({path_of(one, part) for one in FORMATS.values()}) == len(FORMATS)


def test_why_a_format_does_not_fit_is_a_sentence() -> None:
    found = misfits(View(Schema((), (), ())))
    assert found["conll"] == "release_no_spans"
    assert set(found.values()) <= MESSAGES.keys()
    assert {"parquet", "csv", "label_studio", "label_studio_min", "web_annotation"} & found.keys() == set()


def test_the_registry_imports_nothing_heavy() -> None:
    code = (
        "import sys, annotation.formats.release.registry\n"
        "print([one for one in ('numpy', 'pyarrow', 'spacy', 'label_studio_sdk') if one in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout == "[]\n"
