"""What truth inference came to, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.management.counted import items, labels, workers

WORST = 5
"""So many of the least reliable are named."""


def lines(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The size of the table, a line for each method, and the least reliable workers when there is one method."""
    first = found[0]
    yield _("%(labels)s of %(items)s by %(workers)s") % {
        "labels": labels(first["labels"]),
        "items": items(first["items"]),
        "workers": workers(first["workers"]),
    }
    if "known" in first:
        yield ngettext(
            "The answer of %(known)s item is known.",
            "The answers of %(known)s items are known.",
            first["known"],
        ) % {"known": f"{first['known']:,}"}
    else:
        yield _("No item's answer is known (gold.csv), so nothing is compared.")
    for figures in found:
        yield f"{figures['method']:<12} {_compared(figures)}".rstrip()
        if not figures["converged"]:
            yield _("%(method)s was stopped before it settled.") % {"method": figures["method"]}
    if len(found) == 1:
        yield from _people(first)


def _compared(figures: dict[str, Any]) -> str:
    if "accuracy" in figures:
        return _("accuracy %(accuracy)s, ECE %(ece)s, Brier score %(brier)s") % {
            "accuracy": f"{figures['accuracy']:.2%}",
            "ece": f"{figures['ece']:.4f}",
            "brier": f"{figures['brier']:.4f}",
        }
    if "mean_absolute_error" in figures:
        return _("mean absolute error %(mae)s, root mean squared error %(rmse)s") % {
            "mae": f"{figures['mean_absolute_error']:.4g}",
            "rmse": f"{figures['root_mean_squared_error']:.4g}",
        }
    return ""


def _people(figures: dict[str, Any]) -> Iterator[str]:
    people = figures["per_worker"]
    if "reliability" in people[0]:
        figure = "reliability"
        yield _("Least reliable (share of right answers, interval of 95 %, labels):")
    elif "agreement" in people[0]:
        figure = "agreement"
        yield _("Least agreed with (share of the others who say the same, interval of 95 %, labels):")
    else:
        return
    for one in sorted(people, key=lambda one: (one[figure], one["worker"]))[:WORST]:
        share = f"{one[figure]:.1%} ({one['low']:.1%} – {one['high']:.1%})"
        yield f"  {one['worker']:<16} {share:<24} {one['labels']:>8,}"
