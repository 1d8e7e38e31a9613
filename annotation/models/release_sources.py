"""The gate's check of licences: may what each row comes under be released under the release's licence?"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from annotation.formats.release.gate import Check, check
from annotation.formats.release.licences import Verdict, compatible, known
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
    """Each row's licence: the item's, else its batch's, else its batch's statement of rights. One statement."""
    asked = bool(release.policy.get("licences", True))
    if not release.licence.strip():
        return check("licences", "none", passed=not asked, asked=asked)
    if known(release.licence) is None:
        return check("licences", "strange", passed=not asked, asked=asked, licence=release.licence)
    sources = _sources(release)
    listed = sources.to_json()
    params: dict[str, Any] = {"licence": release.licence, "sources": listed, "more": sources.more}
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


def _sources(release: Release) -> _Sources:
    rows = (
        release.members.order_by("item__licence", "item__batch__licence", "item__batch__rights")
        .values_list("item__licence", "item__batch__licence", "item__batch__rights")
        .annotate(rows=Count("pk"))
    )
    sources = _Sources()
    for own, batch, rights, count in rows.iterator(chunk_size=1000):
        named = own or batch
        verdict = compatible(named or rights, release.licence, statement=not named and bool(rights))
        sources.count(verdict, count)
    return sources
