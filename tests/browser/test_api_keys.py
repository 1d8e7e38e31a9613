"""A person's API keys on the page: made, copied, used by a program, revoked; also where no script runs."""

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.people import come_in
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack

CONFIG = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices></View>'


@pytest.fixture(scope="module")
def effort(stack: Stack) -> Effort:
    people = {"maker": "annotator", "plain": "annotator"}
    return Effort(stack, Founding(title="Called by programs", sector="legal", people=people, config=CONFIG))


def status(effort: Effort, authorization: str) -> int:
    """What a program is answered that sends this header."""
    answer = requests.get(
        f"{effort.stack.url}/api/v1/projects", headers={"Authorization": authorization}, timeout=30
    )
    return answer.status_code


def access(effort: Effort, token: str) -> str:
    """What the token is exchanged for; empty when it is refused."""
    answer = requests.post(f"{effort.stack.url}/api/token/refresh", json={"refresh": token}, timeout=30)
    return str(answer.json().get("access", ""))


def test_keys_are_made_used_and_ended(page: Page, effort: Effort) -> None:
    come_in(page, effort, "maker")
    page.goto("/")
    page.get_by_label("Account").click()
    page.get_by_role("link", name="API keys").click()
    page.get_by_role("button", name="Make a token").click()
    shown = page.get_by_role("textbox", name="Personal access token")
    token = shown.input_value()
    bearer = f"Bearer {access(effort, token)}"
    assert status(effort, bearer) == 200
    page.get_by_role("link", name="My profile").first.click()
    page.get_by_role("link", name="API keys").first.click()
    expect(shown).to_have_count(0)
    expect(page.locator("section").filter(has_text="Personal access token").locator("dd time")).to_have_count(
        3
    )

    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert status(effort, bearer) == 200
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("The token is revoked.")).to_be_visible()
    assert status(effort, bearer) == 401
    assert access(effort, token) == ""


def test_the_legacy_key_is_shown_and_reset_without_a_script(new_page: NewPage, effort: Effort) -> None:
    page = new_page(java_script_enabled=False, locale="en-GB")
    come_in(page, effort, "plain")
    page.goto("/me/keys")
    page.get_by_role("button", name="Make a key").click()
    field = page.get_by_role("textbox", name="Legacy key")
    expect(field).to_be_hidden()
    page.get_by_text("Show the key").click()
    first = field.input_value()
    assert status(effort, f"Token {first}") == 200
    page.get_by_role("button", name="Reset").click()
    page.get_by_text("Show the key").click()
    assert field.input_value() != first
    assert status(effort, f"Token {first}") == 401
    assert status(effort, f"Token {field.input_value()}") == 200


def test_on_a_phone_nothing_sticks_out(new_page: NewPage, effort: Effort) -> None:
    page = new_page(locale="zh-CN", viewport={"width": 390, "height": 844}, color_scheme="dark")
    come_in(page, effort, "owner")
    page.goto("/me/keys")
    page.locator("form[action$='/token/make'] button").click()
    expect(page.locator("#made-token")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
