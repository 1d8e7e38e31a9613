"""The gate's check of licences: may what each row comes under be released under the release's licence?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from annotation.formats.release.gate import Check, check
from annotation.formats.release.licences import Verdict, compatible, known
from annotation.models.item import Item
from annotation.models.release import Release

MOST_LISTED = 50
MOST_CHARACTERS = 200


@dataclass
class _Sources:
    """Rows by what came of their licence. What conflicts is told first; of either at most MOST_LISTED are listed."""

    fits: Counter[Verdict] = field(default_factory=Counter)
    conflicts: Counter[Verdict] = field(default_factory=Counter)
    more: int = 0

    def count(self, verdict: Verdict, rows: int) -> None:
        """So many rows come under it."""
        kept = self.fits if verdict.yes else self.conflicts
        if verdict in kept or len(kept) < MOST_LISTED:
            kept[verdict] += rows
        else:
            self.more += not verdict.yes

    def to_json(self) -> list[dict[str, Any]]:
        """As the check lists them, those of most rows first."""
        return [
            {
                "source": verdict.source[:MOST_CHARACTERS],
                "items": rows,
                "fits": verdict.yes,
                "because": verdict.because,
                "requires": list(verdict.requires),
            }
            for kept in (self.conflicts, self.fits)
            for verdict, rows in sorted(kept.items(), key=lambda pair: (-pair[1], pair[0].source))
        ]


def licences(release: Release) -> Check:
    """Each row's licence as it was frozen: the item's, else its batch's, else its batch's statement of rights.

    One statement.
    """
    stated = ("origin__licence", "origin__named")
    rows = release.members.order_by(*stated).values_list(*stated).annotate(rows=Count("pk"))
    found = ((licence, bool(named), count) for licence, named, count in rows.iterator(chunk_size=1000))
    return _judged(found, release.licence, asked=bool(release.policy.get("licences", True)))


def licences_of(items: "QuerySet[Item]", licence: str, *, asked: bool) -> Check:
    """The same of items as they are now, and a licence under which they are to be released."""
    stated = ("licence", "batch__licence", "batch__rights")
    rows = items.order_by(*stated).values_list(*stated).annotate(rows=Count("pk"))
    found = (
        (own or batch or rights, bool(own or batch) or not rights, count)
        for own, batch, rights, count in rows
    )
    return _judged(found, licence, asked=asked)


def _judged(rows: Iterable[tuple[str, bool, int]], licence: str, *, asked: bool) -> Check:
    """What is said of rows by licence: (its text, whether it is one and not a statement, how many rows)."""
    if not licence.strip():
        return check("licences", "none", passed=not asked, asked=asked)
    if known(licence) is None:
        return check("licences", "strange", passed=not asked, asked=asked, licence=licence)
    sources = _Sources()
    for stated, named, count in rows:
        sources.count(compatible(stated, licence, statement=not named), count)
    listed = sources.to_json()
    params: dict[str, Any] = {"licence": licence, "sources": listed, "more": sources.more}
    if not sources.conflicts:
        return check(
            "licences",
            "fit",
            passed=True,
            asked=asked,
            figure=len(sources.fits),
            count=len(sources.fits),
            **params,
        )
    first = listed[0]
    params |= {name: first[name] for name in ("source", "items")} | {"cause": f"licence_{first['because']}"}
    conflicts = len(sources.conflicts) + sources.more
    return check("licences", "conflict", passed=not asked, asked=asked, figure=conflicts, **params)
