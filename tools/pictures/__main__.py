"""Take pictures of the task families, in both languages and both themes.

`python -m tools.pictures` writes docs/images/families/<family>-<language>-<theme>.webp; `--only spans` takes one
family, `--width 390 --to /tmp/phone` a look at a phone's width, in full height, that is not for the documentation.
"""

import argparse
import io
import os
import shutil
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.pictures.families import FAMILIES, Family
from tools.pictures.stories import served
from tools.steps import ROOT

FOLDER = ROOT / "docs" / "images" / "families"
LANGUAGES = ("en", "zh-hans")
THEMES = ("light", "dark")
WIDTH = 1280
QUALITY = 70
NOW = "2026-11-20T09:31:00Z"
BROWSER = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--font-render-hinting=none",
)


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("--only", choices=[one.name for one in FAMILIES], help="one family")
    parser.add_argument("--width", type=int, default=WIDTH, help="of the window, in pixels")
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder that they go to")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    families = [one for one in FAMILIES if asked.only in (None, one.name)]
    with served() as site, sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER))
        page = browser.new_page(locale="en-GB", timezone_id="UTC", reduced_motion="reduce")
        page.clock.set_fixed_time(NOW)
        # The first page of a browser is drawn while it still starts: it is not the one that is kept.
        _show(page, f"{site}/?story={families[0].story}", families[0], asked.width)
        for family, language, theme in product(families, LANGUAGES, THEMES):
            _show(page, f"{site}/?story={family.story}&lang={language}&theme={theme}", family, asked.width)
            path = asked.to / f"{family.name}-{language}-{theme}.webp"
            _write(path, page.screenshot(animations="disabled", full_page=asked.width != WIDTH))
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
        browser.close()


def _show(page: Page, address: str, family: Family, width: int) -> None:
    """Open a story and wait until its words, faces and pictures are there."""
    page.set_viewport_size({"width": width, "height": family.height})
    page.goto(address)
    page.wait_for_selector("assay-workspace .question, assay-workspace assay-frame")
    if family.press:
        page.locator(family.press).first.click()
        page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("() => Promise.all([...document.images].map((one) => one.decode().catch(() => null)))")


def _write(path: Path, picture: bytes) -> None:
    """As WebP, the same bytes for the same picture."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
