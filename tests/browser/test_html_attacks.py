"""HTML that tries to run something: in the editor nothing of it runs, and its text is what the server counts over."""

import random

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from annotation.formats.html_text import TAGS, Unstable, sanitise, text_of
from tests.annotation.formats.attacks import ATTACKS
from tests.browser.family import family, open_first
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View><HyperText name="page" value="$html"/>
<Choices name="verdict" toName="page" required="true"><Choice value="fine"/><Choice value="bad"/></Choices></View>"""
PIECES = [
    *(f"<{tag}>" for tag in sorted(TAGS)),
    *(f"</{tag}>" for tag in sorted(TAGS)),
    *("\r\n", "\r", "\n", "&#13;", "&#10;", "&amp;", "&lt;", "&nbsp;", "&am", "p;", "<", ">", '"', " ", "\f"),
    *(
        "<svg>",
        "</svg>",
        "<math>",
        "<mi>",
        "<a href=x>",
        "</a>",
        "<select>",
        "<option>",
        "<textarea>",
        "<title>",
    ),
    *("<!--", "-->", "<td colspan='2'>", "<p dir=rtl lang=zh>", "<plaintext>", "甲", "👩‍⚕️", "words"),
]
TEXT_OF = """cases => cases.map((html) => {
  const inside = document.createElement("div");
  inside.innerHTML = html;
  return inside.textContent;
})"""

LEFT = """root => [...root.querySelectorAll("*")].flatMap((one) => [
  ...(["SCRIPT", "IFRAME", "IMG", "A", "STYLE", "LINK", "OBJECT"].includes(one.tagName) ? [one.tagName] : []),
  ...one.getAttributeNames().filter((name) => /^on|^(src|href|srcdoc|action|formaction)$/.test(name)),
])"""
"""What should have been left out, of the elements that show an item."""


@pytest.fixture(scope="session")
def attacked(stack: Stack) -> Effort:
    """One item that holds every attack, between words that must stay."""
    html = "".join(f"<p>Before {at}.</p>{attack}<p>After {at}.</p>" for at, attack in enumerate(_closed()))
    return family(stack, "Attacks", CONFIG, {"html": html})


def _closed() -> list[str]:
    """Those that do not swallow all that follows."""
    swallowing = ("<plaintext>", "<noscript>", "<math>", "<form>", "<!-->", "<textarea")
    return [attack for attack in ATTACKS if not attack.startswith(swallowing)]


def test_nothing_runs_in_the_editor(page: Page, attacked: Effort) -> None:
    said: list[str] = []

    def answer(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    asked: list[str] = []
    page.on("dialog", answer)
    page.on("request", lambda request: asked.append(request.url))
    open_first(page, attacked)
    document = page.locator(".doc").first
    expect(document).to_contain_text("After 0.")
    for at in range(len(_closed())):
        expect(document).to_contain_text(f"Before {at}.")
    assert document.evaluate(LEFT) == []
    for element in document.locator("p").all()[:20]:
        element.hover()
    page.wait_for_timeout(300)
    assert said == []
    assert [url for url in asked if not url.startswith(attacked.stack.url)] == []


def test_a_browser_reads_the_same_text_as_the_server(browser: Browser) -> None:
    dice = random.Random(7)
    given = [*ATTACKS, *("".join(dice.choices(PIECES, k=dice.randint(1, 30))) for _ in range(2000))]
    stored = []
    for html in given:
        try:
            stored.append(sanitise(html))
        except Unstable:
            continue
    assert len(stored) > 0.9 * len(given)
    page = browser.new_page()
    read = page.evaluate(TEXT_OF, stored)
    page.close()
    assert [(html, text) for html, text in zip(stored, read, strict=True) if text != text_of(html)] == []
