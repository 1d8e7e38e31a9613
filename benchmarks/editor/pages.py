"""The labelling page of a running Assay: what it weighs, and how soon items can be labelled."""

import os
import secrets
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from benchmarks.editor import families
from benchmarks.editor.visit import Loaded, visit
from benchmarks.rubric import Table
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

RUNS = 5
MOST_BYTES, MOST_REQUESTS, FIRST, NEXT = 120 * 1024, 5, 500, 100
SETTLED = 1500  # milliseconds in which the next item is fetched ahead
CONFIG = """<View>
  <Labels name="mention" toName="text">
    <Label value="Party" alias="party" hotkey="p"/><Label value="Amount" alias="amount" hotkey="a"/>
  </Labels>
  <Choices name="verdict" toName="text" choice="single">
    <Choice value="Yes" alias="yes"/><Choice value="No" alias="no"/>
  </Choices>
  <Text name="text" value="$text"/>
</View>"""
WORDS = "The lessee, Acme Ltd, pays 1,200 EUR a month and repairs the premises. 承租人应当妥善保管租赁物。 "

# Tells, in milliseconds since the navigation began, when the text had the focus and was painted.
WATCH = """
window.labelable = new Promise((resolve) => {
  const look = () => {
    if (!document.activeElement?.matches(".doc.is-editable")) return void requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  requestAnimationFrame(look);
});
"""
# Presses the key of the submit, and tells when another item's text was painted.
SUBMIT = """() => new Promise((resolve) => {
  const text = () => document.querySelector(".doc.is-editable")?.textContent;
  const before = text();
  const begun = performance.now();
  const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", press));
  const look = () => {
    const now = text();
    if (!now || now === before) return void requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - begun);
    channel.port2.postMessage(null);
  };
  requestAnimationFrame(look);
})"""


def measure(browser: Browser, table: Table) -> None:
    """On an Assay of its own, with SQLite."""
    with tempfile.TemporaryDirectory(prefix="assay-pages-") as folder:
        home = Path(folder)
        _know_addresses(home)
        with Stack(
            home, f"sqlite:///{home}/assay.sqlite3", settings={"ASSAY_COMPRESS_FILES": "true"}
        ) as stack:
            people = [f"reader{at}" for at in range(RUNS)]
            founding = Founding(
                "Editor", "legal", dict.fromkeys(people, "annotator"), CONFIG, settings={"overlap": RUNS}
            )
            effort = Effort(stack, founding)
            effort.upload("rows.jsonl", ({"text": f"Clause {at}. {WORDS * 12}"} for at in range(12)))
            cold: list[Loaded] = []
            warm: list[Loaded] = []
            following: list[float] = []
            for name in people:
                with browser.new_context(
                    base_url=stack.url, viewport={"width": 1280, "height": 900}
                ) as context:
                    address = _come_in(context, effort, name)
                    cold.append(visit(context, address, WATCH))
                    warm.append(visit(context, address, WATCH))
                    following += _submits(context, address)
            _tell(table, cold, warm, following)
            families.measure(browser, table, effort, MOST_BYTES)


def _know_addresses(home: Path) -> None:
    """The client of the tests asks Django where the log-in is."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    os.environ["ASSAY_HOME"] = str(home)
    django.setup()


def _come_in(context: BrowserContext, effort: Effort, name: str) -> str:
    """Signed in, with an item on the desk; the address of its page."""
    person = effort.quick_person(name)
    cookies = [
        {"name": key, "value": value, "url": effort.stack.url}
        for key, value in person.cookies.get_dict().items()
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    work = effort.next(person)
    assert work is not None
    return f"/label/{work['assignment']}/"


def _submits(context: BrowserContext, address: str) -> list[float]:
    """Submit two items, each after a pause in which somebody would label."""
    page = context.new_page()
    page.goto(address)
    page.locator(".doc.is-editable").wait_for()
    taken: list[float] = []
    for _ in range(2):
        page.wait_for_timeout(SETTLED)
        taken.append(page.evaluate(SUBMIT))
    page.close()
    return taken


def _tell(table: Table, cold: list[Loaded], warm: list[Loaded], following: list[float]) -> None:
    def line(what: str, values: list[float], limit: float, unit: str, show: Callable[[float], str]) -> None:
        median = statistics.median(values)
        missed = "" if median <= limit else ": MISSED"
        table.line(what, f"{show(median)} {unit}", f"wanted: at most {show(limit)} {unit}{missed}")

    kilobytes: Callable[[float], str] = lambda value: f"{value / 1024:.1f}"  # noqa: E731
    whole: Callable[[float], str] = lambda value: f"{value:.0f}"  # noqa: E731
    line("labelling page, first visit, compressed", [one.bytes for one in cold], MOST_BYTES, "KiB", kilobytes)
    table.line(
        "labelling page, first visit, requests", whole(statistics.median(one.requests for one in cold))
    )
    line("labelling page, warm, requests", [one.requests for one in warm], MOST_REQUESTS, "requests", whole)
    line("first item can be labelled, first visit", [one.labelable for one in cold], FIRST, "ms", whole)
    line("first item can be labelled, warm", [one.labelable for one in warm], FIRST, "ms", whole)
    line("submit to next item painted", following, NEXT, "ms", whole)
