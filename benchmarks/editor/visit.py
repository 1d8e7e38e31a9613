"""One visit of a page: what it takes off the network."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

AFTER = 1000  # milliseconds in which a page still fetches what it needs later


@dataclass
class Loaded:
    """What one visit took off the network, compressed as it came, with its headers."""

    bytes: int = 0
    requests: int = 0
    labelable: float = 0
    """Milliseconds from the navigation until the item could be labelled, where it was watched for."""


def visit(context: BrowserContext, address: str, watch: str = "", shown: str = "") -> Loaded:
    """Everything that a page asks for until its item can be labelled, and a second later; pictures apart.

    `watch` is a script that promises `labelable`; without it, `shown` is what is waited for.
    """
    page = context.new_page()
    if watch:
        page.add_init_script(watch)
    seen = Loaded()
    _count(context, page, seen)
    page.goto(address)
    if watch:
        seen.labelable = page.evaluate("labelable")
    else:
        page.locator(shown).first.wait_for(state="attached")
    page.wait_for_timeout(AFTER)
    page.close()
    return seen


def _count(context: BrowserContext, page: Page, seen: Loaded) -> None:
    """What goes over the network: answers from the browser's own cache do not."""
    left_out: set[str] = set()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def received(event: dict[str, Any]) -> None:
        picture = event["response"].get("mimeType", "").startswith("image/")
        if picture or event["response"].get("fromDiskCache"):
            left_out.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] not in left_out:
            seen.requests += 1
            seen.bytes += int(event["encodedDataLength"])

    session.on("Network.requestServedFromCache", lambda event: left_out.add(event["requestId"]))
    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
