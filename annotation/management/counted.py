"""Numbers of things, in words that fit one and many."""

from __future__ import annotations

from django.utils.translation import ngettext


def labels(number: int) -> str:
    """“1 label”, “1,200 labels”."""
    return ngettext("%(count)s label", "%(count)s labels", number) % {"count": f"{number:,}"}


def items(number: int) -> str:
    """“1 item”, “1,200 items”."""
    return ngettext("%(count)s item", "%(count)s items", number) % {"count": f"{number:,}"}


def workers(number: int) -> str:
    """“1 worker”, “1,200 workers”."""
    return ngettext("%(count)s worker", "%(count)s workers", number) % {"count": f"{number:,}"}
