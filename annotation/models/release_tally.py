"""What is counted of a release's rows while they are written: counters that add up over its parts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from annotation.formats.release.documents import counting as documents
from annotation.formats.release.rows import GoldAnswer, ReleaseRow

ANSWERED = "(answered)"
"""The label under which numbers and texts are counted."""
_CHOSEN = frozenset({"choices", "taxonomy", "pairwise"})
_MARKED = frozenset({"labels", "hypertextlabels", "paragraphlabels", "relation"})
_SPAN = (3, 4)  # a span, or a relation, whose label stands third in both


class Tally:
    """What a manifest counts, as counters that add up over shards. Keys of `labels` and `settled` join two parts."""

    NAMES = (
        "labels",
        "settled",
        "annotators",
        "licences",
        "languages",
        "splits",
        "schemas",
        "guidelines",
        *documents.NAMES,
    )

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in self.NAMES}

    def counted(self, rows: Iterable[ReleaseRow]) -> Iterator[ReleaseRow]:
        """The rows, counted as they pass."""
        for row in rows:
            self._count(row)
            yield row

    def to_json(self) -> dict[str, dict[str, int]]:
        """The counts, for a job's result."""
        return {name: dict(counts) for name, counts in self.counts.items()}

    def _count(self, row: ReleaseRow) -> None:
        counts = self.counts
        counts["licences"][row.licence] += 1
        counts["languages"][row.language] += 1
        counts["splits"][row.split] += 1
        for gold in row.gold:
            counts["settled"][f"{gold.question}\x1f{gold.how}"] += 1
            for label in _labels(gold):
                counts["labels"][f"{gold.question}\x1f{label}"] += 1
        for annotation in row.annotations:
            counts["annotators"][annotation.annotator] += 1
            counts["schemas"][str(annotation.schema_version)] += 1
            counts["guidelines"][str(annotation.guideline_version)] += 1
        documents.count(counts, row)


def _labels(gold: GoldAnswer) -> list[str]:
    """The labels a gold answer carries, for counting; numbers and texts are counted as answers."""
    if gold.value is None:
        return []
    kinds = {region.get("type") for region in gold.result if region.get("from_name") == gold.question}
    parts = gold.value if isinstance(gold.value, list) else [gold.value]
    if kinds & _CHOSEN and all(isinstance(part, str) for part in parts):
        return parts
    if kinds & (_CHOSEN | _MARKED) and all(isinstance(part, list) and len(part) in _SPAN for part in parts):
        return [part[2] or ANSWERED for part in parts]
    return [ANSWERED]
