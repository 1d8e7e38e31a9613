"""Everything measured about one question: what the agreement task stores and the lead's page shows."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotation.algorithms.agreement import krippendorff_alpha, label_alpha, per_label, percent_agreement
from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.patterns import Label
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
    triples: Iterable[tuple[Hashable, Hashable, Label]], *, labels: Sequence[Label] | None = (), seed: int
) -> Summary:
    """Alpha, percent, per-label alpha and (for two raters) kappa from (item, rater, label) triples.

    `labels` are the schema's; labels that only occur in the triples are added after them. None: the values are
    measurements, not labels, so that there is no figure per label. The later of a rater's two labels on an item counts.
    """
    study = Study.from_triples(triples)
    wanted = () if labels is None else tuple(dict.fromkeys([*labels, *study.categories]))
    found = per_label(study.patterns(), wanted, seed=seed)
    return _summary(study, {label: _signed(study, figure) for label, figure in found.items()}, seed)


def summarise_sets(
    triples: Iterable[tuple[Hashable, Hashable, Collection[str]]], *, labels: Sequence[str], seed: int
) -> Summary:
    """The same from (item, rater, set of labels) triples.

    As a whole a set is one value, equal or not. Per label of the schema the alpha is over chosen or not chosen.
    """
    given = [(item, rater, frozenset(chosen)) for item, rater, chosen in triples]
    whole = Study.from_triples(
        (item, rater, canonical_json(sorted(said)).decode()) for item, rater, said in given
    )
    found: dict[Label, Statistic] = {}
    for label in labels:
        study = Study.from_triples(
            (item, rater, label if label in said else False) for item, rater, said in given
        )
        found[label] = _signed(study, label_alpha(study.patterns(), label, seed=seed))
    return _summary(whole, found, seed)


def _summary(study: Study, labels: dict[Label, Statistic], seed: int) -> Summary:
    patterns = study.patterns()
    return Summary(
        overall=_signed(study, krippendorff_alpha(patterns, seed=seed)),
        percent=_signed(study, percent_agreement(patterns, seed=seed)),
        kappa=cohen_kappa(study, *study.raters, seed=seed) if len(study.raters) == 2 else None,
        labels=labels,
    )


def _signed(study: Study, found: Statistic) -> Statistic:
    known = replace(found, inputs_hash=study.inputs_hash)
    alone = len(study.raters) == 1 and found.reason == Reason.NO_SHARED_ITEMS
    return replace(known, reason=Reason.ONE_ANNOTATOR) if alone else known


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
