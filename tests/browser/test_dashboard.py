"""The dashboard in a browser: pictures that stand alone as files, tables, links, and what stays open while it polls."""

import re
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

from tests.browser.people import come_in
from tests.stories.effort import Effort

SVG = "{http://www.w3.org/2000/svg}"


def differences(page: Page, effort: Effort) -> None:
    come_in(page, effort, "owner")
    page.goto(f"/projects/{effort.project}/dashboard/differences/")


def saved(page: Page, kind: str) -> Path:
    figure = page.locator("figure[data-chart]", has=page.locator("svg.chart-heat")).first
    with page.expect_download() as download:
        figure.get_by_text(kind, exact=True).click()
    assert download.value.suggested_filename.endswith(f".{kind.lower()}")
    return Path(download.value.path())


def test_a_chart_is_saved_as_a_picture_that_stands_alone(page: Page, settled: Effort) -> None:
    differences(page, settled)
    drawing = ElementTree.fromstring(saved(page, "SVG").read_text("utf-8"))
    cells = [one for one in drawing.iter(f"{SVG}rect") if one.get("rx") == "3"]
    assert cells
    assert all(re.match(r"rgba?\(|none|transparent", cell.get("fill", "")) for cell in cells)
    everything = list(drawing.iter())
    assert not [one for one in everything if one.tag == f"{SVG}a" or one.get("class") or one.get("style")]


def test_a_chart_is_saved_as_png_under_the_content_policy(page: Page, settled: Effort) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    differences(page, settled)
    content = saved(page, "PNG").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) > 900  # pixels across
    assert refused == []


def test_the_table_and_a_cell_lead_to_the_items(page: Page, settled: Effort) -> None:
    differences(page, settled)
    page.locator("svg.chart-heat a.behind").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/items/\?question="))
    expect(page.get_by_role("status")).to_contain_text("one says")


def test_what_was_opened_stays_open_when_figures_change(page: Page, settled: Effort) -> None:
    differences(page, settled)
    table = page.locator("details.disclosure").first
    table.locator("summary").click()
    page.evaluate("htmx.ajax('GET', document.querySelector('#figures').getAttribute('hx-get'), '#figures')")
    page.wait_for_load_state("networkidle")
    expect(page.locator("details.disclosure").first).to_have_attribute("open", "")


def test_it_fits_a_phone(page: Page, settled: Effort) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    come_in(page, settled, "owner")
    for section in ("progress", "agreement", "differences", "experts", "todo"):
        page.goto(f"/projects/{settled.project}/dashboard/{section}/")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, section
