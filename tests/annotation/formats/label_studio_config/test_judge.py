"""The verdict on a config is Label Studio's; its SDK is the oracle, its server's rules where the two differ."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotation.formats.label_studio_config import data_keys, judge, outside_schema, parsed_label_config
from tests.annotation.formats.label_studio_config.configs import EACH, mutants, needs_configs, read
from tests.support.label_studio_verdict import complaint, parsed

TEXT = '<Text name="t" value="$t"/>'
ALONE = "<Choices name='a' toName='t'><Choice value='1'/></Choices>"


@pytest.mark.parametrize("path", EACH)
def test_every_config_gets_label_studios_verdict(path: Path) -> None:
    source = read(path)
    verdict = judge(source)
    assert verdict.valid == (not complaint(source)), verdict.refusal
    if verdict.refusal:
        assert verdict.refusal.line is not None
        assert f"<{verdict.refusal.tag}" in source.split("\n")[verdict.refusal.line - 1]


@needs_configs
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutants())
def test_a_config_that_was_tampered_with_gets_label_studios_verdict(source: str) -> None:
    verdict, said = judge(source), complaint(source)
    assert verdict.valid == (not said), (verdict.refusal, said)
    if verdict.valid:
        assert parsed_label_config(source) == parsed(source)
        data_keys(source)
        outside_schema(source)
    else:
        assert verdict.refusal
        assert verdict.refusal.detail
        assert verdict.refusal.action
        assert verdict.refusal.line is not None


@pytest.mark.parametrize(
    ("config", "code", "line"),
    [
        ("", "config_empty", None),
        ("<View><Labels", "config_xml", 1),
        ("<View>\n<x:Text/></View>", "config_xml", 2),
        ('<!DOCTYPE a [<!ENTITY b "c">]><View>&b;</View>', "config_dtd", 1),
        ("<View>" * 100 + "</View>" * 100, "config_too_deep", 1),
        ("<View>\n<Text name='t'/></View>", "attribute_missing", 2),
        ("<View><Text name='t' value='$t' valueList='$l'/></View>", "value_twice", 1),
        (
            f"<View>{TEXT}\n<Labels name='l' toName='x'><Label value='a'/></Labels></View>",
            "target_unknown",
            2,
        ),
        (f"<View>{TEXT}\n{TEXT}</View>", "name_duplicate", 2),
        (f"<View>{TEXT}<Labels name='l' toName='t'/></View>", "labels_missing", 1),
        (f"<View>{TEXT}<TextArea name='5' toName='t'/></View>", "name_not_words", 1),
        (f"<View>{TEXT}<TextArea name='a' toName='t'>true</TextArea></View>", "text_not_words", 1),
        (f"<View>{TEXT}<View><Label/></View></View>", "attribute_missing", 1),
        ("<View><Video name='v' value='$v' minPlaybackSpeed='x'/></View>", "attribute_invalid", 1),
        (
            "<View><Video name='v' value='$v' minPlaybackSpeed='2' defaultPlaybackSpeed='1'/></View>",
            "attribute_invalid",
            1,
        ),
        (
            f"<View>{TEXT}{ALONE}<Choices name='b' toName='t' value='$c'/></View>",
            "choice_alone",
            1,
        ),
    ],
)
def test_a_refusal_names_the_mistake_and_the_line(config: str, code: str, line: int | None) -> None:
    refusal = judge(config).refusal
    assert refusal
    assert (refusal.code, refusal.line) == (code, line)
    assert refusal.detail
    assert refusal.action


@pytest.mark.parametrize(
    "config",
    [
        "<View/>",
        "<View></View>",
        "<Anything/>",
        "<View><Unknown/></View>",
        f"<View>{TEXT}<Choices name='c' toName='t'><Choice value='5'/><Choice value='5'/></Choices></View>",
        "<View><div><Labels/></div></View>",
        f"<View><!-- {TEXT} -->{TEXT}</View>",
        f'<?xml version="1.0" encoding="utf-8"?>\n<View>{TEXT}</View>',
        f"<View><Label/>{TEXT}</View>",
    ],
)
def test_what_label_studio_overlooks_is_taken(config: str) -> None:
    assert judge(config).valid


def test_a_long_text_of_many_lines_is_read_within_a_second() -> None:
    lines = "\n" * 990_000
    began = time.process_time()
    outside_schema(f"<View>{TEXT}<Style>{lines}</Style></View>")
    assert time.process_time() - began < 1


def test_a_large_config_is_judged_within_a_second() -> None:
    labels = "\n".join(f'<Choice value="label {number}" alias="a{number}"/>' for number in range(10_000))
    config = f'<View>{TEXT}<Audio name="a" value="$a"/><Choices name="c" toName="t">{labels}</Choices></View>'
    for work in (judge, parsed_label_config, data_keys, outside_schema):
        began = time.process_time()
        work(config)
        assert time.process_time() - began < 1, work
