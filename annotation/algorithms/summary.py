"""Everything measured about one question: what the agreement task stores and the lead's page shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotation.algorithms.agreement import krippendorff_alpha, per_label, percent_agreement
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.patterns import Label, Patterns
from annotation.algorithms.spans import Answer, span_f1
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study


@dataclass(frozen=True)
class Summary:
    """The figures of one question. `kappa` is there when exactly two people labelled."""

    overall: Statistic
    percent: Statistic | None
    kappa: Statistic | None
    labels: dict[Label, Statistic]

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `labels` is a list of `[label, statistic]`, since a label need not be text."""
        return {
            "overall": self.overall.to_json(),
            "percent": self.percent.to_json() if self.percent else None,
            "kappa": self.kappa.to_json() if self.kappa else None,
            "labels": [[label, statistic.to_json()] for label, statistic in self.labels.items()],
        }


def summarise_labels(
    triples: Iterable[tuple[Hashable, Hashable, Label]], *, labels: Sequence[Label] = (), seed: int
) -> Summary:
    """Alpha, percent, per-label alpha and (for two raters) kappa from (item, rater, label) triples.

    `labels` are the schema's; labels that only occur in the triples are added after them. The later of a
    rater's two labels on an item counts.
    """
    study = Study.from_triples(triples)
    patterns = study.patterns()
    wanted = dict.fromkeys([*labels, *study.categories])
    reason = Reason.ONE_ANNOTATOR if len(study.raters) == 1 else None

    def signed(found: Statistic) -> Statistic:
        known = replace(found, inputs_hash=study.inputs_hash)
        return replace(known, reason=reason) if reason and found.reason == Reason.NO_SHARED_ITEMS else known

    return Summary(
        overall=signed(krippendorff_alpha(patterns, seed=seed)),
        percent=signed(percent_agreement(patterns, seed=seed)),
        kappa=cohen_kappa(study, *study.raters, seed=seed) if len(study.raters) == 2 else None,
        labels={
            label: signed(found) for label, found in per_label(patterns, tuple(wanted), seed=seed).items()
        },
    )


def summarise_patterns(patterns: Patterns, *, labels: Sequence[Label] = (), seed: int) -> Summary:
    """The same from stored patterns, which do not know who said what: no kappa."""
    digest = patterns.inputs_hash()
    wanted = tuple(dict.fromkeys([*labels, *patterns.categories]))
    return Summary(
        overall=replace(krippendorff_alpha(patterns, seed=seed), inputs_hash=digest),
        percent=replace(percent_agreement(patterns, seed=seed), inputs_hash=digest),
        kappa=None,
        labels={
            label: replace(found, inputs_hash=digest)
            for label, found in per_label(patterns, wanted, seed=seed).items()
        },
    )


def summarise_spans(answers: Iterable[Answer], *, labels: Sequence[str] = (), seed: int) -> Summary:
    """Exact-match F1, overall and per label, from (item, annotator, spans)."""
    given = list(answers)
    used = sorted({span[2] for _, _, spans in given for span in spans})
    return Summary(
        overall=span_f1(given, seed=seed),
        percent=None,
        kappa=None,
        labels={label: span_f1(given, seed=seed, label=label) for label in dict.fromkeys([*labels, *used])},
    )
