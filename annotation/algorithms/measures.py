"""The measures of agreement by name: what each is for, what it corrects for, and where it was published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, signature

from annotation.algorithms import (
    agreement,
    concordance,
    conger,
    fleiss,
    gwet,
    icc,
    preferences,
    rankings,
    relations,
    spans,
    texts,
    unitizing,
)
from annotation.algorithms.gamma import measure as gamma
from annotation.algorithms.statistic import Statistic

NOMINAL, ORDINAL, INTERVAL, RATIO = "nominal", "ordinal", "interval", "ratio"
SETS, RANKINGS, PREFERENCES = "sets", "rankings", "preferences"
SPANS, RELATIONS, TEXT = "spans", "relations", "text"
SCALES = (NOMINAL, ORDINAL, INTERVAL, RATIO)
NUMBERS = (INTERVAL, RATIO)


@dataclass(frozen=True)
class Measure:
    """A measure: `compute(study, seed=…, confidence=…, **options)`, `options` being the names it takes.

    `fits` is the kinds of value it is for. Most options have a default; `needs` names the others.
    """

    name: str
    compute: Callable[..., Statistic]
    fits: tuple[str, ...]
    publication: str
    options: frozenset[str] = frozenset()
    chance_corrected: bool = True

    @property
    def needs(self) -> tuple[str, ...]:
        """Those of its options without which it cannot be asked."""
        asked = signature(self.compute).parameters
        return tuple(
            name for name in asked if name in self.options and asked[name].default is Parameter.empty
        )


def _measures(*given: Measure) -> dict[str, Measure]:
    return {measure.name: measure for measure in given}


_WEIGHTS = frozenset({"weights"})
_SCALE = frozenset({"weights", "categories"})

MEASURES = _measures(
    Measure(
        "percent",
        agreement.percent_agreement,
        (NOMINAL, ORDINAL, SETS, RANKINGS, PREFERENCES),
        "Fleiss 1971, doi:10.1037/h0031619 (observed agreement)",
        chance_corrected=False,
    ),
    Measure(
        "alpha",
        agreement.krippendorff_alpha,
        (*SCALES, PREFERENCES),
        "Krippendorff 2011, Computing Krippendorff's alpha-reliability",
        frozenset({"level", "distance"}),
    ),
    Measure(
        "alpha_gwet",
        agreement.gwet_weighted_alpha,
        (ORDINAL, INTERVAL, RATIO),
        "Gwet 2014, Handbook of inter-rater reliability, chapter 5",
        _WEIGHTS,
    ),
    Measure(
        "alpha_jaccard",
        partial(agreement.krippendorff_alpha, level="jaccard"),
        (SETS,),
        "Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x",
    ),
    Measure(
        "alpha_masi",
        partial(agreement.krippendorff_alpha, level="masi"),
        (SETS,),
        "Passonneau 2006, Measuring agreement on set-valued items (LREC)",
    ),
    Measure(
        "cohen_kappa",
        conger.kappa_of_raters,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Cohen 1960, doi:10.1177/001316446002000104; 1968, doi:10.1037/h0026256",
        _WEIGHTS,
    ),
    Measure("scott_pi", conger.pi_of_raters, (NOMINAL, PREFERENCES), "Scott 1955, doi:10.1086/266577"),
    Measure(
        "fleiss_kappa",
        fleiss.fleiss_with_test,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Fleiss 1971, doi:10.1037/h0031619; Gwet 2014, chapters 2 and 3",
        _SCALE,
    ),
    Measure(
        "fleiss_kappa_category",
        fleiss.fleiss_of_category,
        (NOMINAL,),
        "Fleiss 1971, doi:10.1037/h0031619",
        frozenset({"category"}),
    ),
    Measure(
        "conger_kappa",
        conger.conger_kappa,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Conger 1980, doi:10.1037/0033-2909.88.2.322; Hubert 1977, doi:10.1037/0033-2909.84.2.289",
        _WEIGHTS,
    ),
    Measure(
        "light_kappa",
        conger.light_kappa,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Light 1971, doi:10.1037/h0031643",
        _WEIGHTS,
    ),
    Measure(
        "randolph_kappa",
        gwet.randolph_kappa,
        (NOMINAL, PREFERENCES),
        "Randolph 2005, Free-marginal multirater kappa",
        frozenset({"categories"}),
    ),
    Measure(
        "brennan_prediger",
        gwet.brennan_prediger,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Brennan and Prediger 1981, doi:10.1177/001316448104100307; Gwet 2014",
        _SCALE,
    ),
    Measure(
        "gwet_ac",
        gwet.gwet_ac,
        (NOMINAL, ORDINAL, PREFERENCES),
        "Gwet 2008, doi:10.1348/000711006X126600; 2014, chapter 4",
        _SCALE,
    ),
    Measure(
        "icc",
        icc.icc,
        NUMBERS,
        "Shrout and Fleiss 1979, doi:10.1037/0033-2909.86.2.420",
        frozenset({"form"}),
    ),
    Measure(
        "kendall_w",
        concordance.kendall_w,
        (ORDINAL, INTERVAL, RATIO),
        "Kendall and Babington Smith 1939, doi:10.1214/aoms/1177732186",
        frozenset({"correct_ties"}),
        chance_corrected=False,
    ),
    Measure(
        "ranking_w",
        rankings.ranking_w,
        (RANKINGS,),
        "Kendall and Babington Smith 1939, doi:10.1214/aoms/1177732186",
        chance_corrected=False,
    ),
    Measure(
        "ranking_tau",
        rankings.ranking_tau,
        (RANKINGS,),
        "Kendall 1945, doi:10.1093/biomet/33.3.239",
        chance_corrected=False,
    ),
    Measure(
        "alpha_ranking",
        rankings.ranking_alpha,
        (RANKINGS,),
        "Krippendorff 2011; distance of Kemeny and Snell 1962",
    ),
    Measure(
        "consistency",
        preferences.consistency,
        (PREFERENCES,),
        "Kendall and Babington Smith 1940, doi:10.1093/biomet/31.3-4.324",
        chance_corrected=False,
    ),
)

_LABEL = frozenset({"label"})
_F1 = frozenset({"label", "typed", "reference"})
_HRIPCSAK = "Hripcsak and Rothschild 2005, doi:10.1197/jamia.M1733"
_KRIPPENDORFF_2016 = "Krippendorff, Mathet, Bouvry and Widlöcher 2016, doi:10.1007/s11135-015-0266-1"

MEASURES |= _measures(
    Measure("span_f1", spans.strict_f1, (SPANS,), _HRIPCSAK, _F1, chance_corrected=False),
    Measure(
        "span_f1_relaxed",
        spans.relaxed_f1,
        (SPANS,),
        "DeYoung et al. 2020, doi:10.18653/v1/2020.acl-main.408 (the overlap)",
        _F1 | {"share"},
        chance_corrected=False,
    ),
    Measure("span_f1_char", spans.character_f1, (SPANS,), _HRIPCSAK, _F1, chance_corrected=False),
    Measure("span_f1_token", spans.token_f1, (SPANS,), _HRIPCSAK, _F1 | {"tokens"}, chance_corrected=False),
    Measure("alpha_u", unitizing.alpha_unitizing, (SPANS,), "Krippendorff 1995, doi:10.2307/271061", _LABEL),
    Measure("u_alpha", unitizing.u_alpha, (SPANS,), _KRIPPENDORFF_2016),
    Measure("u_alpha_binary", unitizing.u_alpha_binary, (SPANS,), _KRIPPENDORFF_2016),
    Measure("cu_alpha", unitizing.cu_alpha, (SPANS,), _KRIPPENDORFF_2016),
    Measure("ku_alpha", unitizing.ku_alpha, (SPANS,), _KRIPPENDORFF_2016, _LABEL),
    Measure("gamma", gamma.gamma, (SPANS,), "Mathet, Widlöcher and Métivier 2015, doi:10.1162/COLI_a_00227"),
    Measure("gamma_cat", gamma.gamma_cat, (SPANS,), "Mathet 2017, doi:10.1162/COLI_a_00296"),
    Measure("gamma_k", gamma.gamma_k, (SPANS,), "Mathet 2017, doi:10.1162/COLI_a_00296", _LABEL),
    Measure(
        "relation_f1",
        relations.relation_f1,
        (RELATIONS,),
        "Doddington et al. 2004, The automatic content extraction (ACE) program (LREC)",
        frozenset({"match", "kind", "marked", "all_spans", "reference"}),
        chance_corrected=False,
    ),
    Measure("text_exact", texts.text_exact, (TEXT,), "Share of equal pairs", chance_corrected=False),
    Measure(
        "text_normalised",
        texts.text_normalised,
        (TEXT,),
        "Share of pairs equal but for case, spaces and punctuation",
        chance_corrected=False,
    ),
    Measure(
        "text_edits",
        texts.text_edits,
        (TEXT,),
        "Levenshtein 1966, Binary codes capable of correcting deletions, insertions and reversals",
        chance_corrected=False,
    ),
    Measure(
        "text_ngrams",
        texts.text_ngrams,
        (TEXT,),
        "Popović 2015, chrF, doi:10.18653/v1/W15-3049",
        chance_corrected=False,
    ),
)


def fitting(kind: str) -> tuple[Measure, ...]:
    """The measures for a kind of value, in the order of the table."""
    return tuple(measure for measure in MEASURES.values() if kind in measure.fits)
