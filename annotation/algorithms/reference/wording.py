"""What a metric's name means: which measure, and which part of its answer. Case, hyphens and order do not matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotation.algorithms.reference.cases import Case, Unusable

_GREEK = {"α": " alpha ", "κ": " kappa ", "π": " pi ", "γ": " gamma ", "χ": " chi ", "τ": " tau ", "²": "2"}

_MEASURES = (
    ("gamma_disorder", r"gamma.*disorder|disorder.*gamma|alignment disorder"),
    ("gamma_cat", r"gamma ?cat"),
    ("gamma_k", r"gamma k\b"),
    ("gamma", r"\bgamma\b"),
    ("ku_alpha", r"\bk ?u alpha|alpha k ?u\b"),
    ("cu_alpha", r"\bc ?u alpha|alpha c ?u\b"),
    (
        "u_alpha_binary",
        r"\| ?u ?\| ?alpha|alpha ?\| ?u ?\||u alpha binary|binary u alpha|alpha u binary|alpha binary u",
    ),
    ("alpha_u", r"alpha u\b|\bu alpha|unitiz|unitis"),
    ("relation_f1", r"relation"),
    ("span_f1", r"\bf ?1\b|\bf score|\bprecision\b|\brecall\b"),
    ("ranking_tau", r"\btau\b"),
    ("icc", r"\bicc ?\d?k?\b|intra ?class"),
    ("ranking_w", r"w of rankings|rankings? w\b|kendall.* w .*rankings\b"),
    ("kendall_w", r"kendalls? .*\bw\b|\bw\b.*kendall|concordance"),
    ("light_kappa", r"\blights?\b"),
    ("conger_kappa", r"conger|hubert|exact kappa"),
    ("randolph_kappa", r"randolph|free marginal"),
    ("brennan_prediger", r"brennan|prediger|bennett|\bbp\b|^ s (score )?$"),
    ("scott_pi", r"scott|\bpi\b"),
    ("alpha", r"krippendorff|\balpha\b"),
    ("gwet_ac", r"gwet|\bac ?[12]\b"),
    ("fleiss_kappa_category", r"(fleiss|kappa).*categor"),
    ("fleiss_kappa", r"fleiss|multi ?rater kappa|generali[sz]ed kappa"),
    ("cohen_kappa", r"cohen|\bkappa\b"),
    ("percent", r"percent|agreement|\bpo\b|\bpa\b"),
)

_PARTS = (
    ("z", r"\bz\b"),
    ("low", r"\blower\b|\blow\b|\blcb\b|\blo\b|\blb\b"),
    ("high", r"\bupper\b|\bhigh\b|\bucb\b|\bhi\b|\bub\b"),
    ("interval", r"\bci\b|interval"),
    ("chi_square", r"chi ?2|chi ?sq"),
    ("p", r"\bp\b|pvalue|significance"),
    ("error", r"\berror\b|\bstd ?err\b|\bstderr\b|\bse ?0?\b|\base ?0?\b"),
    ("variance", r"\bvar\b|\bvariance\b"),
    ("observed", r"observed disagreement|\bd ?o\b|disorder observed"),
    ("expected", r"expected disagreement|\bd ?e\b"),
    ("agreed", r"observed agreement|percent agreement|\bp ?o\b|\bp ?a\b"),
    ("by_chance", r"(expected|chance) agreement|\bp ?e\b"),
    ("mean_spearman", r"spearman"),
    ("f", r"\bf (value|statistic|test|ratio)\b|\bf0?\b"),
    ("df", r"\bdf\b|degrees of freedom"),
    ("coverage", r"coverage"),
    ("precision", r"\bprecision\b"),
    ("recall", r"\brecall\b"),
)

_NULL = re.compile(r"\bnull\b|\bh0\b|ase ?0|\bse ?0")


def words(text: str) -> str:
    """Lower case, Greek letters spelled out, camel case and signs taken apart, one blank before, between and after."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    for letter, name in _GREEK.items():
        text = text.replace(letter, name)
    text = text.lower().replace("'", "").replace("\u2019", "")
    return f" {' '.join(re.sub(r'[^a-z0-9|]+', ' ', text).split())} "


def measure_of(case: Case) -> str:
    """The measure a case asks for. Raises Unusable, naming the metric, when none is known."""
    text = words(f"{case.metric} {_text(case.params, 'coefficient', 'variant', 'measure')}")
    name = next((name for name, pattern in _MEASURES if re.search(pattern, text)), None)
    if name is None:
        raise Unusable(f"no measure is called {case.metric!r}")
    if name == "alpha_u":
        older = " 1995 " in text or " 2004 " in text
        newer = " 2016 " in text or not case.params.get("category")
        return "alpha_u" if older or not newer else "u_alpha"
    if name == "alpha" and re.search(
        r"\brankings?\b", f"{text} {words(_text(case.params, 'level', 'distance'))}"
    ):
        return "alpha_ranking"
    if name == "fleiss_kappa" and "category" in case.params:
        return "fleiss_kappa_category"
    return name


def part_of(case: Case, measure: str) -> str:
    """Which part of the answer is asked for: `value`, or one of the parts that `answers.part` knows."""
    # What stands in brackets explains, unless nothing outside says which part is meant.
    outside = re.sub(r"\([^)]*\)", " ", case.metric)
    asked = _text(case.params, "statistic", "quantity", "part", "output", "bound", "side")
    found = _part(f"{outside} {asked}", measure)
    found = _part(f"{case.metric} {asked}", measure) if found == "value" else found
    null = bool(_NULL.search(words(case.metric)))
    return f"null_{found}" if null and found in {"error", "p", "variance"} else found


def _part(metric: str, measure: str) -> str:
    text = words(metric)
    if measure == "alpha":
        text = re.sub(r"(?<!confidence) interval", " ", text)
    if measure == "icc":
        text = re.sub(r"\bicc [123ac] ?[1k]\b", " ", text)
    if measure == "percent":
        text = re.sub(r"(observed|percent)? ?agreement|\bp[oa]\b", " ", text)
    if measure.startswith("span"):
        text = re.sub(r"\bf ?1\b|\bf score", " ", text)
    return next((name for name, pattern in _PARTS if re.search(pattern, text)), "value")


def _text(params: Mapping[str, Any], *names: str) -> str:
    return " ".join(str(params[name]) for name in names if isinstance(params.get(name), str))
