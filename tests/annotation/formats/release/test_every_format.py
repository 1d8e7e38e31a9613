"""What holds for every format: described, the same bytes twice, no file for strangers, no web process slowed."""

import subprocess
import sys

import pytest

from annotation.formats.messages import MESSAGES
from annotation.formats.release.described import DESCRIBED
from annotation.formats.release.format import Part, View, path_of
from annotation.formats.release.registry import FORMATS, misfits
from annotation.formats.schema import Schema
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import any_rows, written

VIEW = View(family_scene.SCHEMA, name="Every family", key="every", languages=("en",))


@pytest.mark.parametrize("key", FORMATS)
def test_two_builds_are_equal(key: str) -> None:
    if not FORMATS[key].misfit(VIEW):
        first, records = written(FORMATS[key], VIEW, any_rows())
        assert (first, records) == written(FORMATS[key], VIEW, any_rows())


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
