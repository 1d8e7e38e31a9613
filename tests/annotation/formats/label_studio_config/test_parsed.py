"""What the API tells of a config's controls, and which keys an item must have."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotation.formats.label_studio_config import check_data, data_keys, judge, parsed_label_config
from annotation.formats.messages import FormatError
from tests.annotation.formats.label_studio_config.configs import EACH, read
from tests.support.label_studio_verdict import parsed


@pytest.mark.parametrize("path", EACH)
def test_controls_are_told_as_label_studio_tells_them(path: Path) -> None:
    source = read(path)
    assert parsed_label_config(source) == parsed(source)
    assert list(parsed_label_config(source)) == list(parsed(source))


@pytest.mark.parametrize(
    "control",
    [
        '<Choices name="c" toName="t" value="$offered"/>',
        '<Taxonomy name="c" toName="t" apiUrl="$x"><Choice value="a"><Choice value="b" alias="x"/></Choice></Taxonomy>',
        '<Choices name="c" toName="t,u" perRegion="true" whenTagName="n"><View><Choice alias="z"/></View></Choices>',
        '<TextArea name="c" toName="t" perRegion="true" whenLabelValue="n"/>',
        '<TextArea name="c" toName="t" perRegion="true" whenChoiceValue="n"/>',
        '<Repeater indexFlag="{{i}}"><Labels name="c{{i}}" toName="t{{i}}"><Label valueList="$v"/></Labels></Repeater>',
        '<Filter name="f" toName="c"/>',
        '<Relations><Relation value="is"/></Relations>',
        '<HyperText name="h" valueList="$$list" valueType="url"/><Rating name="c" toName="h,h"/>',
    ],
)
def test_what_the_templates_do_not_have_is_told_as_well(control: str) -> None:
    config = f'<View><Text name="t" value="$t"/>{control}</View>'
    assert parsed_label_config(config) == parsed(config)


def test_of_nothing_nothing_is_told() -> None:
    assert parsed_label_config("") == parsed("") == {}


@pytest.mark.parametrize(
    ("tags", "keys"),
    [
        ('<Text name="t" value="$text"/>', {"text": "Text"}),
        ('<Text name="t" value="$a.b"/>', {"a.b": "Text"}),
        ('<Image name="i" value="$pages[{{idx}}]"/>', {"pages[{{idx}}]": "Image"}),
        ('<Text name="t" value="See $one and $two"/>', {"one": "Text"}),
        ('<Text name="t" value="$one and $two"/>', {"one": "Text", "two": "Text"}),
        ('<Text name="t" value="$my key"/>', {"my key": "Text"}),
        ('<Text name="t" value="plain"/><Text name="u" value="$"/><Header value="$h"/>', {}),
        ('<Video name="v" value="$url"/><Audio name="a" value="$url"/>', {"url": "Video"}),
        ('<Image name="i" valueList="$list"/>', {}),
        ('<Choices name="c" toName="t" value="$offered"/>', {"offered": "Choices"}),
    ],
)
def test_keys_are_those_that_named_tags_show(tags: str, keys: dict[str, str]) -> None:
    assert data_keys(f"<View>{tags}</View>") == keys


@pytest.mark.parametrize(
    ("keys", "data"),
    [
        ({"text": "Text"}, {"text": "x", "more": None}),
        ({"text": "Text"}, {"text": 5}),
        ({"a.b": "Text"}, {"a": {"b": "x"}}),
        ({"pages[{{idx}}].url": "Image"}, {"pages": [{"url": "x"}]}),
        ({"tree": "Taxonomy"}, {"tree": None}),
        ({"t": "Table"}, {"t": {"a": 1}}),
    ],
)
def test_data_that_label_studio_takes_is_taken(keys: dict[str, str], data: dict[str, Any]) -> None:
    check_data(keys, data)


@pytest.mark.parametrize(
    ("keys", "data", "code"),
    [
        ({"text": "Text"}, {"txt": "x"}, "studio_key_missing"),
        ({"a.b": "Text"}, {"a": "no part"}, "studio_key_missing"),
        ({"text": "HyperText"}, {"text": 5}, "studio_key_type"),
        ({"url": "Audio"}, {"url": ["x"]}, "studio_key_type"),
        ({"pages[0]": "Image"}, {"pages": "x"}, "studio_key_type"),
        ({"text": "Text"}, {"text": None}, "studio_key_type"),
    ],
)
def test_data_that_label_studio_refuses_is_refused_by_key(
    keys: dict[str, str], data: dict[str, Any], code: str
) -> None:
    with pytest.raises(FormatError) as found:
        check_data(keys, data)
    assert found.value.code == code
    assert found.value.where == found.value.params["key"]
    assert found.value.params["key"] in found.value.detail


def test_a_web_process_pays_for_nothing_heavy() -> None:
    code = (
        "import sys; import annotation.formats.label_studio_config as found; found.judge('<View/>');"
        "print([name for name in ('numpy', 'label_studio_sdk', 'lxml', 'jsonschema', 'django') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert judge("<View/>").valid
