"""Label Studio's own configs: each is read, or refused for what Assay does not build."""

from pathlib import Path

import pytest

from annotation.formats.labelling_config import ConfigInvalid, parse_config
from annotation.formats.schema import Schema
from tests.annotation.shared_data import SHARED

ABSENT = pytest.mark.skip(
    reason="shared data is not here: data/labelstudio/configs (set ASSAY_SHARED to its folder)"
)
CONFIGS = sorted((SHARED / "data" / "labelstudio" / "configs").glob("*.xml"))
SWEEP = [pytest.param(path, id=path.stem) for path in CONFIGS] or [
    pytest.param(SHARED, id="absent", marks=ABSENT)
]


def _read_or_refused(source: str) -> Schema | ConfigInvalid:
    try:
        return parse_config(source)
    except ConfigInvalid as error:
        return error


@pytest.mark.parametrize("path", SWEEP)
def test_a_real_config_is_read_or_refused_by_line(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = _read_or_refused(source)
    if isinstance(found, Schema):
        assert Schema.from_json(found.to_json()) == found
    else:
        assert found.line is not None
        assert f"<{found.tag}" in source.split("\n")[found.line - 1]


OUT_OF_REACH = ("audio", "video", "time", "brush", "keypoint", "ellipse", "reactcode", "timeline")
NOTHING_ASKED = {"example__adv_other_table2"}
BROKEN = {
    "sdk_interface__empty_value_conf",
    "sdk_interface__no_value_conf",
    "sdk_interface__simple_wrong_conf",
}


@pytest.mark.parametrize("path", SWEEP)
def test_a_real_config_is_refused_only_for_what_is_not_built_or_what_it_lacks(path: Path) -> None:
    found = _read_or_refused(path.read_text(encoding="utf-8"))
    if isinstance(found, Schema):
        return
    if found.code == "tag_unsupported":
        assert str(found.tag).lower().startswith(OUT_OF_REACH)
    else:
        assert path.stem in NOTHING_ASKED | BROKEN | {"sdk_interface__no_dynamic_labels_conf"}
