"""Whole jobs on a text with the keyboard alone, by what a screen reader is told: roles, names, live regions, focus."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, submitted
from tests.browser.hearing import heard, press, start_by_keys
from tests.stories.effort import Effort
from tests.support.browser import NewPage
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="part" toName="text">
    <Label value="Claim" hotkey="c"/><Label value="Evidence" hotkey="e"/>
  </Labels>
  <Relations><Relation value="supports" hotkey="u"/><Relation value="contradicts"/></Relations>
  <Text name="text" value="$text"/>
  <Header value="How strong?"/>
  <Choices name="strength" toName="text" required="true">
    <Choice value="Strong" hotkey="1"/><Choice value="Weak" hotkey="2"/>
  </Choices>
  <Choices name="sure" toName="text" perRegion="true" required="true">
    <Choice value="Sure" hotkey="y"/><Choice value="Unsure" hotkey="n"/>
  </Choices>
</View>"""
CHINESE = """<View>
  <Labels name="part" toName="text">
    <Label value="主张" hotkey="c"/><Label value="证据" hotkey="e"/>
  </Labels>
  <Relations><Relation value="支持" hotkey="u"/></Relations>
  <Text name="text" value="$text"/>
  <Header value="有力吗？"/>
  <Choices name="strength" toName="text" required="true">
    <Choice value="有力" hotkey="1"/><Choice value="无力" hotkey="2"/>
  </Choices>
</View>"""


@pytest.fixture(scope="module")
def claims(stack: Stack) -> Effort:
    return family(
        stack,
        "Claims by ear",
        CONFIG,
        {"text": "The roof leaks. The photo shows it."},
        {"text": "A second one."},
    )


@pytest.fixture(scope="module")
def chinese(stack: Stack) -> Effort:
    return family(stack, "Claims in Chinese", CHINESE, {"text": "屋顶漏水👩‍⚕️。照片可以证明。"})


def test_label_relate_answer_submit_next(page: Page, claims: Effort) -> None:
    start_by_keys(page, claims, "Start labelling")
    text = page.get_by_role("textbox", name="Text")
    expect(text).to_be_focused()
    expect(text).to_have_accessible_description(re.compile("Arrow keys move the caret.*Esc then Tab leaves"))

    press(page, "Control+Home", *["Shift+Control+ArrowRight"] * 3)
    heard(page, "Selected: The roof leaks")
    press(page, "c")
    heard(page, "Claim")
    press(page, "y")
    heard(page, "Sure: chosen")
    press(page, "Control+End", *["Shift+Control+ArrowLeft"] * 2)
    heard(page, "shows it")
    press(page, "e")
    heard(page, "Evidence")
    press(page, "n", "r")
    heard(page, "Relating Evidence")
    press(page, ",", "u")
    heard(page, "Related: Evidence: shows it. → Claim: The roof leaks")
    expect(page.get_by_role("list").filter(has_text="supports").first).to_be_attached()

    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("One question still needs an answer.")
    expect(page.get_by_role("radio", name="Strong")).to_be_focused()
    group = page.get_by_role("radiogroup", name="How strong?")
    expect(group).to_be_visible()
    press(page, "Space")
    expect(page.get_by_role("radio", name="Strong")).to_be_checked()
    press(page, "Alt+x")
    expect(text).to_be_focused()
    press(page, "Control+Enter")
    expect(text).to_contain_text("A second one.")
    expect(page.locator("assay-workspace :focus, h1:focus")).to_have_count(1)
    kinds = [one["type"] for one in submitted(claims)]
    assert sorted(kinds) == ["choices", "choices", "choices", "labels", "labels", "relation"]


def test_the_same_on_a_chinese_text_in_chinese(new_page: NewPage, chinese: Effort) -> None:
    page = new_page(locale="zh-CN")
    start_by_keys(page, chinese, "开始标注")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh"))
    text = page.get_by_role("textbox", name="原文")
    expect(text).to_be_focused()
    press(page, "Control+Home", *["Shift+ArrowRight"] * 5)
    heard(page, "屋顶漏水👩‍⚕️")
    press(page, "c")
    heard(page, "主张")
    press(page, "Control+End", *["Shift+ArrowLeft"] * 7, "e")
    heard(page, "证据")
    press(page, "r", ",", "u")
    heard(page, re.compile("已建立关系：证据.*照片可以证明。.*主张.*屋顶漏水👩‍⚕️"))
    press(page, "1")
    expect(page.get_by_role("radio", name="有力", exact=True)).to_be_checked()
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    result = submitted(chinese)
    texts = {one["value"]["labels"][0]: one["value"]["text"] for one in result if one["type"] == "labels"}
    assert texts == {"主张": "屋顶漏水👩‍⚕️", "证据": "照片可以证明。"}
