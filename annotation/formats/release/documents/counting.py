"""What the documents want counted of the rows while they are written: counters that add up over a release's parts.

None grows with the rows: they count people, questions, days and numbers of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotation.formats.release.rows import ReleaseRow

NAMES = ("adjudicators", "classes", "days", "dissent", "per_item")
"""`adjudicators`: decisions by pseudonym; `classes`: answers by pseudonym and class of credential, joined by JOIN;
`days`: gold labels by the day on which they were settled; `dissent`: gold labels with dissent by question; `per_item`:
items by their answers."""
JOIN = "\x1f"


def count(counts: Mapping[str, Counter[str]], row: ReleaseRow) -> None:
    """Count a row into the counters of NAMES."""
    for gold in row.gold:
        counts["days"][gold.settled_at[:10]] += 1
        if gold.dissent:
            counts["dissent"][gold.question] += 1
        if gold.adjudicator is not None:
            counts["adjudicators"][gold.adjudicator] += 1
    for annotation in row.annotations:
        counts["classes"][f"{annotation.annotator}{JOIN}{annotation.credential_class}"] += 1
    counts["per_item"][str(len(row.annotations))] += 1
