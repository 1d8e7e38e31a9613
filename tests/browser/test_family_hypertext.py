"""HyperText: a stranger's HTML runs nothing, and spans over its elements are stored as they are seen."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from annotation.formats.field_text import field_text
from annotation.formats.labelling_config import parse_config
from tests.annotation.formats.attacks import ATTACKS
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <HyperTextLabels name="term" toName="page">
    <Label value="Sum" hotkey="u"/><Label value="Day" hotkey="d"/>
  </HyperTextLabels>
  <HyperText name="page" value="$page"/>
</View>"""
LETTER = (
    '<h1>贷款 👩‍⚕️</h1>\r\n<p onclick="alert(1)">A loan of <b>EUR</b> 4,200 &amp; costs.</p>\r\n'
    "<table><tr><td>31 March</td></tr></table>"
)
# Each vector tells what ran, if anything did.
HOSTILE = "<hr>".join(ATTACKS).replace("alert(1)", "window.ran=1")


@pytest.fixture(scope="module")
def letters(stack: Stack) -> Effort:
    return family(stack, "Letters in HTML", CONFIG, {"page": LETTER})


@pytest.fixture(scope="module")
def hostile(stack: Stack) -> Effort:
    return family(stack, "Hostile HTML", CONFIG, {"page": HOSTILE})


def test_spans_over_elements_by_the_keyboard(page: Page, letters: Effort) -> None:
    open_first(page, letters)
    expect(page.locator(".doc.is-html")).to_be_focused()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    for key in (*["Control+ArrowRight"] * 3, "ArrowRight", *["Shift+Control+ArrowRight"] * 2, "u"):
        page.keyboard.press(key)
    for key in ("Control+End", *["Shift+Control+ArrowLeft"] * 2, "d"):
        page.keyboard.press(key)
    expect(page.locator("mark.span").filter(has_text="31 March")).to_have_count(1)
    expect_saved(page)
    page.reload()
    expect(page.locator(".span-row")).to_have_count(2)
    assert not page.evaluate("document.querySelector('.doc').outerHTML.includes('onclick')")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    first, second = submitted(letters)
    assert first["type"] == "hypertextlabels"
    assert first["value"]["hypertextlabels"] == ["Sum"]
    assert first["value"]["text"] == "EUR 4,200"
    assert first["value"]["start"] == "/p[1]/b[1]/text()[1]"
    assert first["value"]["end"] == "/p[1]/text()[2]"
    assert (second["value"]["text"], second["value"]["hypertextlabels"]) == ("31 March", ["Day"])
    offsets = first["value"]["globalOffsets"]
    shown = field_text(parse_config(CONFIG).fields[0], {"page": stored(letters)})
    units = shown.encode("utf-16-le")
    assert units[2 * offsets["start"] : 2 * offsets["end"]].decode("utf-16-le") == "EUR 4,200"


def test_nothing_runs_even_if_it_was_stored_as_it_came(page: Page, hostile: Effort) -> None:
    """The browser's own guard, past the server's: a work whose HTML nobody cleaned."""
    open_first(page, hostile)
    work = page.evaluate("JSON.parse(document.getElementById('work').textContent)")
    work["item"]["data"]["page"] = HOSTILE
    assignment = page.url.rstrip("/").rsplit("/", 1)[1]
    html = page.request.get(page.url).text()
    before, _, rest = html.partition('<script id="work" type="application/json">')
    _, _, after = rest.partition("</script>")
    safe = json.dumps(work).replace("<", "\\u003c")
    headers = page.request.get(page.url).headers
    page.route(
        f"**/{quote(assignment)}/",
        lambda route: route.fulfill(
            status=200,
            headers={name: headers[name] for name in ("content-type", "content-security-policy")},
            body=f'{before}<script id="work" type="application/json">{safe}</script>{after}',
        ),
    )
    page.reload()
    expect(page.locator(".field-pane").get_by_role("alert")).to_contain_text("not the text that was stored")
    expect(page.locator(".doc.is-html")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator(".doc :is(script, img, svg, iframe, a, form, input, style, object)").count() == 0
    assert page.locator("assay-text-editor").count() == 0


def stored(effort: Effort) -> str:
    """The item's HTML as the database has it."""
    ((data,),) = effort.stack.rows(
        """SELECT i.data FROM annotation_annotation a JOIN annotation_item i ON i.id = a.item_id
        JOIN experts_expert e ON e.id = a.expert_id JOIN core_user u ON u.id = e.user_id WHERE u.email = ?""",
        effort.founding.address("ann"),
    )
    return str((json.loads(data) if isinstance(data, str) else data)["page"])
