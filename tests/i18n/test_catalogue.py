"""The Chinese catalogue: up to date with the code, complete, with the same places to fill, in Chinese punctuation."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.support.lacking import lacking
from tools.messages import CATALOGUE, LOADED, SOURCES, gettext_is_here, update
from tools.steps import ROOT

CHINESE = "\u4e00-\u9fff"
PLACE = re.compile(r"%(?:\([^)]*\))?[sdf%]|\{\{[^}]*\}\}|</?[A-Za-z!][^>]*>|&[a-z]+;")
ENDS = {".": "。", ":": "：", "?": "？"}
RIVALS = ("标注指南", "裁决", "仲裁", "条目", "数据项", "帐号", "登陆", "电子邮件", "凭证", "你")
"""Words for which the pages and the editor have another one: one word for each thing."""


def catalogue(root: Path = ROOT) -> Catalog:
    """The Chinese catalogue of a tree."""
    with (root / CATALOGUE).open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def messages() -> list[Message]:
    """Every string, without the header."""
    return [message for message in catalogue() if message.id]


def english(message: Message) -> str:
    """What is translated: of a plural the form for many, which names the number."""
    return message.id if isinstance(message.id, str) else str(message.id[-1])


def chinese(message: Message) -> str:
    """The translation: Chinese has one form for every number."""
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def wrong(rule: str, found: list[Message]) -> str:
    """What a failing test says."""
    return f"{rule}:\n" + "\n".join(f"  {english(one)!r} -> {chinese(one)!r}" for one in found)


def test_it_has_the_strings_of_the_code(tmp_path: Path) -> None:
    if not gettext_is_here():
        lacking("GNU gettext", "apt-get install gettext")
    for name in (*SOURCES, *LOADED):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / CATALOGUE).parent.mkdir(parents=True)
    shutil.copy(ROOT / CATALOGUE, tmp_path / CATALOGUE)
    update(tmp_path)
    have, want = ({(one.context, english(one)) for one in catalogue(root)} for root in (ROOT, tmp_path))
    remedy = "run `python -m tools.messages` and translate"
    assert not want - have, f"not in the catalogue; {remedy}: {sorted(want - have, key=str)}"
    assert not have - want, f"no longer used; {remedy}: {sorted(have - want, key=str)}"


def test_every_string_is_translated() -> None:
    assert not list(catalogue().obsolete)
    empty = [one for one in messages() if not chinese(one) or one.fuzzy]
    assert not empty, wrong("empty or fuzzy", empty)


def test_the_places_to_fill_are_the_same() -> None:
    differ = [
        one
        for one in messages()
        if Counter(PLACE.findall(english(one))) != Counter(PLACE.findall(chinese(one)))
    ]
    assert not differ, wrong("placeholders, tags or entities differ", differ)


@pytest.mark.parametrize(("latin", "full"), ENDS.items())
def test_sentences_end_as_in_english(latin: str, full: str) -> None:
    differ = [
        one
        for one in messages()
        if english(one).rstrip("\n").endswith(latin) != chinese(one).rstrip("\n").endswith(full)
    ]
    assert not differ, wrong(f"{latin} ends as {full}", differ)


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("full-width punctuation after Chinese", rf"[{CHINESE}][,;:?!.](?!\w)|[{CHINESE}]\s*\("),
        ("no space between Chinese characters", rf"[{CHINESE}，。：；、？！] +[{CHINESE}，。：；、？！]"),
        ("Chinese quotation marks", rf"[{CHINESE}][\"']|[\"'][{CHINESE}]"),
        (
            "a space between Chinese and a Latin word or number",
            rf"[{CHINESE}][A-Za-z0-9]|[A-Za-z0-9][{CHINESE}]",
        ),
    ],
)
def test_punctuation(rule: str, pattern: str) -> None:
    found = [one for one in messages() if re.search(pattern, PLACE.sub("“”", chinese(one)))]
    assert not found, wrong(rule, found)


def test_one_word_for_each_thing() -> None:
    found = [one for one in messages() if any(word in chinese(one) for word in RIVALS)]
    assert not found, wrong(f"words that have a rival ({', '.join(RIVALS)})", found)
