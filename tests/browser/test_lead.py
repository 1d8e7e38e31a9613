"""A lead founds a project from a template, brings in a file, watches it, and releases."""

import hashlib
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import come_in, log_in
from tests.stories.effort import Effort

ROWS = 8000


def test_found_a_project_from_a_template(page: Page, letters: Effort) -> None:
    log_in(page, letters, "owner")
    page.goto("/projects/new")
    page.get_by_role("link", name="Sentiment", exact=True).click()
    page.get_by_label("Name").fill("Earnings calls")
    page.get_by_label("Default licence").fill("CC-BY-4.0")
    page.get_by_role("button", name="Start the project").click()
    expect(page.get_by_text("The project is there.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/projects/[a-z0-9]+/$"))
    page.get_by_role("link", name="Schema").click()
    expect(page.locator("main")).to_contain_text("Negative")


def test_upload_a_file_and_see_it_read_to_the_end(page: Page, letters: Effort, tmp_path: Path) -> None:
    file = tmp_path / "more letters.jsonl"
    lines = [
        json.dumps({"text": f"Another letter, number {at}. 又一封信。"}, ensure_ascii=False)
        for at in range(ROWS)
    ]
    file.write_text("\n".join([*lines[:100], '{"text": ', *lines[100:]]), encoding="utf-8")
    come_in(page, letters, "owner")
    page.goto(f"/projects/{letters.project}/batches/new")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Source").fill("Written for the tests")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=90_000)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator(".figures")).to_contain_text(f"{ROWS:,}")
    expect(page.get_by_role("row", name=re.compile("^101 "))).to_be_visible()


def test_release_and_download(page: Page, settled: Effort) -> None:
    come_in(page, settled, "owner")
    page.goto(f"/projects/{settled.project}/releases/")
    page.get_by_role("link", name="New release").first.click()
    page.get_by_role("button", name="Release now").click()
    row = page.get_by_role("row", name="gold/train.jsonl")
    expect(row).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        row.get_by_role("link").click()
    content = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() in row.inner_text()
    rows = [json.loads(line) for line in content.decode().splitlines()]
    assert "complaint" in {found["labels"]["verdict"] for found in rows}
    for found in rows:
        ((start, end, label),) = found["labels"]["mention"]
        assert (found["data"]["text"][start:end], label) == ("病房", "place")
