"""A list put into order by keys and by the mouse, and sorted into buckets: over a reload, to Label Studio's shape."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

ROW = {"drafts": [{"id": one, "title": f"Draft {one}", "body": f"Words of {one}."} for one in "abc"]}
ORDER = """<View>
  <List name="drafts" value="$drafts" title="Best first"/>
  <Ranker name="order" toName="drafts" required="true"/>
</View>"""
SORTED = """<View>
  <List name="drafts" value="$drafts" title="Drafts"/>
  <Ranker name="use" toName="drafts">
    <Bucket name="keep" title="Keep"/><Bucket name="drop" title="Drop"/>
  </Ranker>
</View>"""


TWICE = """<View>
  <List name="drafts" value="$drafts" title="Drafts"/>
  <Header value="Clearest first"/>
  <Ranker name="clear" toName="drafts" required="true"/>
  <Header value="Shortest first"/>
  <Ranker name="short" toName="drafts" required="true"/>
</View>"""
WRITTEN = {
    "drafts": [
        {"id": "a", "html": "<p>Don&#39;t</p><script>x</script>"},
        {"id": "b", "html": "<ul><li>One</li><li>two</li></ul>"},
    ]
}


@pytest.fixture(scope="module")
def twice(stack: Stack) -> Effort:
    return family(stack, "Two orders", TWICE, WRITTEN)


@pytest.fixture(scope="module")
def order(stack: Stack) -> Effort:
    return family(stack, "Orders", ORDER, ROW)


@pytest.fixture(scope="module")
def keyed(stack: Stack) -> Effort:
    return family(stack, "Keyed orders", ORDER, ROW)


@pytest.fixture(scope="module")
def buckets(stack: Stack) -> Effort:
    return family(stack, "Buckets", SORTED, ROW)


def test_an_order_by_keys_and_by_the_mouse(page: Page, order: Effort) -> None:
    open_first(page, order)
    ranked = page.locator("[data-lane=''] .card-title")
    page.locator(".card-handle").nth(2).focus()
    page.keyboard.press("1")
    expect(ranked).to_have_text(["Draft c"])
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("2 are not ranked yet.")).to_be_visible()
    expect(page.locator(".is-rest .card-handle").first).to_be_focused()
    for key in ("Space", "ArrowUp", "ArrowUp", "Space"):
        page.keyboard.press(key)
    expect(ranked).to_have_text(["Draft a", "Draft c"])
    card, top = (page.locator(".card-handle").nth(at).bounding_box() for at in (2, 1))
    assert card
    assert top
    page.mouse.move(card["x"] + 30, card["y"] + 10)
    page.mouse.down()
    page.mouse.move(card["x"] + 30, card["y"] - 20, steps=3)
    page.mouse.move(top["x"] + 30, top["y"] + 2, steps=5)
    page.mouse.up()
    expect(ranked).to_have_text(["Draft a", "Draft b", "Draft c"])
    expect_saved(page)
    page.reload()
    expect(ranked).to_have_text(["Draft a", "Draft b", "Draft c"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(order)) == [("order", "ranker", {"ranker": {"order": ["a", "b", "c"]}})]


def test_cards_are_moved_by_the_keys_that_their_buttons_show(page: Page, keyed: Effort) -> None:
    open_first(page, keyed)
    ranked = page.locator("[data-lane=''] .card-title")
    page.get_by_role("button", name="Draft b.").focus()
    page.keyboard.press("Alt+PageUp")
    expect(ranked).to_have_text(["Draft b"])
    expect(page.get_by_role("button", name="Draft b.")).to_be_focused()
    page.keyboard.press("Alt+PageUp")  # it stands first: nothing moves, also no other card
    expect(ranked).to_have_text(["Draft b"])
    expect(page.get_by_role("button", name="Rank the rest")).to_have_attribute("aria-keyshortcuts", "Alt+J")
    page.keyboard.press("Alt+j")
    expect(ranked).to_have_text(["Draft b", "Draft a", "Draft c"])
    page.get_by_role("button", name="Draft b.").focus()
    page.keyboard.press("Alt+PageDown")
    expect(ranked).to_have_text(["Draft a", "Draft b", "Draft c"])


def test_buckets_with_something_left_out(page: Page, buckets: Effort) -> None:
    open_first(page, buckets)
    for title, digit in (("Draft b", "2"), ("Draft a", "1")):
        page.get_by_role("button", name=f"{title}.").focus()
        page.keyboard.press(digit)
    expect(page.locator("[data-lane=keep] .card-title")).to_have_text(["Draft a"])
    expect(page.locator(".is-rest .card-title")).to_have_text(["Draft c"])
    expect_saved(page)
    page.reload()
    expect(page.locator("[data-lane=keep] .card-title")).to_have_text(["Draft a"])
    expect(page.locator("[data-lane=drop] .card-title")).to_have_text(["Draft b"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(buckets)) == [("use", "ranker", {"ranker": {"keep": ["a"], "drop": ["b"]}})]


def test_two_orders_of_one_list_whose_cards_are_written_in_html(page: Page, twice: Effort) -> None:
    open_first(page, twice)
    boards = page.locator(".ranker")
    expect(boards).to_have_count(2)
    expect(boards.nth(1).locator(".card-body")).to_have_text(["Don't", "One two"])
    for board, card in ((0, "a"), (1, "b")):
        boards.nth(board).locator(f"[data-card={card}] .card-handle").focus()
        page.keyboard.press("1")
        page.locator(f"[data-ranker={'clear' if board == 0 else 'short'}] .is-rest .card-handle").focus()
        page.keyboard.press("2")
    expect_saved(page)
    page.reload()
    expect(boards.nth(1).locator("[data-lane=''] .card-body")).to_have_text(["One two", "Don't"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(twice)) == [
        ("clear", "ranker", {"ranker": {"clear": ["a", "b"]}}),
        ("short", "ranker", {"ranker": {"short": ["b", "a"]}}),
    ]
