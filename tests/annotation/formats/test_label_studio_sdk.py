"""Label Studio's SDK takes what is written for it, of every family that it knows."""

import pytest

from annotation.formats.label_studio_result import to_label_studio
from annotation.formats.tags import BY_TAG
from tests.annotation.formats.family_scene import CONFIG, DATA, SCHEMA
from tests.annotation.formats.test_answer_families import GOOD
from tests.support.label_studio import beyond, complaints, said

WRITTEN = {name: to_label_studio(example[0], SCHEMA, DATA) for name, example in GOOD.items()}


@pytest.mark.parametrize("name", GOOD)
def test_it_takes_what_is_written(name: str) -> None:
    assert complaints(CONFIG, WRITTEN[name]) == []


@pytest.mark.parametrize("name", [name for name in GOOD if any(beyond(CONFIG, one) for one in WRITTEN[name])])
def test_what_is_left_out_is_what_it_does_not_know(name: str) -> None:
    for region in WRITTEN[name]:
        assert bool(said(CONFIG, [region])) == bool(beyond(CONFIG, region)), region


def test_it_complains_of_what_is_wrong() -> None:
    (region,) = WRITTEN["turn"]
    assert said(CONFIG, [region | {"type": "labels"}])
    assert said(CONFIG, [region | {"value": region["value"] | {"paragraphlabels": ["No such label"]}}])
    assert said(CONFIG, [region | {"value": {"paragraphlabels": ["Question"]}}])


def test_every_family_was_asked_about() -> None:
    kinds = {one["type"] for regions in WRITTEN.values() for one in regions}
    assert kinds | {"rectangle", "polygon", "number"} >= {
        {"relations": "relation", "chat": "chatmessage"}.get(tag, tag) for tag in BY_TAG
    }
