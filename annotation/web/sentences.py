"""Codes of the layers below as sentences for the person who reads the page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext_lazy, pgettext_lazy

from annotation.formats.messages import MESSAGES
from annotation.problems import sentence
from annotation.web.cut import cut

_REASONS = {
    "no_labels": gettext_lazy("Nobody has answered this question yet."),
    "one_annotator": gettext_lazy("Only one person has answered: agreement needs at least two."),
    "no_shared_items": gettext_lazy(
        "No item has two answers yet: agreement needs items that two people answered."
    ),
    "one_item": gettext_lazy("Only one item has two answers: that is too little to say anything."),
    "no_variation": gettext_lazy(
        "Everybody always gave the same label. Chance alone would explain that, so alpha is not defined."
    ),
    "items_alike": gettext_lazy(
        "The labels show no difference between items, so there is no reliability to measure."
    ),
    "label_unused": gettext_lazy("Nobody has used this label yet."),
    "no_spans": gettext_lazy("Nobody has marked a span yet."),
    "no_overlap": gettext_lazy("No two people have marked the same place yet."),
    "not_numbers": gettext_lazy("Some answers are not numbers, and this measure is for numbers only."),
    "negative_numbers": gettext_lazy(
        "Some answers are below zero, and this measure compares numbers by their ratio: it needs numbers from zero up."
    ),
    "numbers_out_of_range": gettext_lazy(
        "Some answers are too large, or too close together, to be computed with: check them for slips of typing."
    ),
    "repeated_labels": gettext_lazy(
        "Somebody has two answers on one item. This measure compares people: count only the first or the last answer."
    ),
    "not_rankings": gettext_lazy("Some answers are not rankings of the same options."),
    "incomplete": gettext_lazy("No item has an answer by everybody, and this measure needs such items."),
    "no_extent": gettext_lazy("The lengths of the texts are not known, and this measure needs them."),
    "no_relations": gettext_lazy("Nobody has marked a relation yet."),
    "no_text": gettext_lazy("Nobody has written a text yet."),
    "too_large": gettext_lazy("There are too many different answers for this measure."),
    "not_computed": gettext_lazy(
        "This figure could not be computed: the program failed at it, and its log says where. "
        "The other figures are not affected."
    ),
}
_WARNINGS = {
    "few_items": ngettext_lazy(
        "Only %(items)s item: below %(wanted)s this figure is not ground for a decision.",
        "Only %(items)s items: below %(wanted)s this figure is not ground for a decision.",
        "items",
    ),
    "few_documents": ngettext_lazy(
        "The items belong to %(documents)s document only: below %(wanted)s the interval may be too short, "
        "and is not ground for a decision.",
        "The items belong to %(documents)s documents only: below %(wanted)s the interval may be too short, "
        "and is not ground for a decision.",
        "documents",
    ),
    "few_items_with_label": ngettext_lazy(
        "Only %(items)s item carries the label “%(label)s”.",
        "Only %(items)s items carry the label “%(label)s”.",
        "items",
    ),
    "documents": gettext_lazy(
        "Several items belong to one document: the interval comes with the next full measurement."
    ),
    "label_dominates": gettext_lazy(
        "%(percent)s percent of all answers are “%(label)s”: the figure rests on the few others."
    ),
    "label_nearly_all": gettext_lazy(
        "More than 99 percent of all answers are “%(label)s”: the figure rests on the few others."
    ),
    "label_only": gettext_lazy("All answers are “%(label)s”: the figure says nothing of any other label."),
    "little_overlap": ngettext_lazy(
        "%(pairs)s of %(all)s pairs of annotators shares fewer than %(wanted)s items.",
        "%(pairs)s of %(all)s pairs of annotators share fewer than %(wanted)s items.",
        "pairs",
    ),
    "pairs_without_value": ngettext_lazy(
        "%(pairs)s of %(all)s pairs of annotators has no value and is left out.",
        "%(pairs)s of %(all)s pairs of annotators have no value and are left out.",
        "pairs",
    ),
    "incomplete_items": ngettext_lazy(
        "%(items)s item lacks an answer and is left out; %(used)s are used.",
        "%(items)s items lack an answer and are left out; %(used)s are used.",
        "items",
    ),
    "merged_units": ngettext_lazy(
        "%(units)s span overlaps another one of the same person and label: the two are taken as one.",
        "%(units)s spans overlap another one of the same person and label: they are taken as one.",
        "units",
    ),
    "combined_labels": ngettext_lazy(
        "In %(pieces)s place one person's spans of different labels overlap: together they count as a new label.",
        "In %(pieces)s places one person's spans of different labels overlap: together they count as a new label.",
        "pieces",
    ),
    "no_agreement_coefficient": gettext_lazy(
        "This is a similarity of texts, not an agreement coefficient: chance is not taken into account."
    ),
    "too_large_items": ngettext_lazy(
        "%(items)s item has too many spans for an exact alignment and is left out.",
        "%(items)s items have too many spans for an exact alignment and are left out.",
        "items",
    ),
    "sampled_items": ngettext_lazy(
        "Rests on %(items)s item, drawn from %(all)s.",
        "Rests on %(items)s items, drawn from %(all)s.",
        "items",
    ),
    "undefined_draws": gettext_lazy("%(undefined)s of %(draws)s resamples had no value."),
    "no_interval": gettext_lazy(
        "There is no interval: there was too little to resample. More items, or more documents, would give one."
    ),
    "one_rater_no_interval": gettext_lazy(
        "There is no interval: it compares people, and only one has answered enough."
    ),
}
_MEASURES = {
    "alpha": gettext_lazy("Krippendorff's alpha"),
    "alpha_label": gettext_lazy("Krippendorff's alpha, this label against the rest"),
    "alpha_ordinal": gettext_lazy("Krippendorff's alpha, ordinal"),
    "alpha_interval": gettext_lazy("Krippendorff's alpha, interval"),
    "alpha_ratio": gettext_lazy("Krippendorff's alpha, ratio"),
    "alpha_masi": gettext_lazy("Krippendorff's alpha of sets, MASI distance"),
    "alpha_jaccard": gettext_lazy("Krippendorff's alpha of sets, Jaccard distance"),
    "alpha_gwet_ordinal": gettext_lazy("Krippendorff's alpha with Gwet's ordinal weights"),
    "fleiss_kappa": gettext_lazy("Fleiss' kappa"),
    "conger_kappa": gettext_lazy("Conger's kappa"),
    "light_kappa": gettext_lazy("Light's kappa"),
    "randolph_kappa": gettext_lazy("Randolph's kappa"),
    "brennan_prediger": gettext_lazy("Brennan and Prediger's coefficient"),
    "gwet_ac1": gettext_lazy("Gwet's AC1"),
    "gwet_ac2": gettext_lazy("Gwet's AC2"),
    "weighted_kappa": gettext_lazy("Cohen's weighted kappa"),
    "scott_pi": gettext_lazy("Scott's pi"),
    "kendall_w": gettext_lazy("Kendall's W"),
    "icc_1": gettext_lazy("Intraclass correlation, ICC(1,1)"),
    "icc_1k": gettext_lazy("Intraclass correlation, ICC(1,k)"),
    "icc_2k": gettext_lazy("Intraclass correlation, ICC(2,k)"),
    "icc_3k": gettext_lazy("Intraclass correlation, ICC(3,k)"),
    "icc_2": gettext_lazy("Intraclass correlation, ICC(2,1)"),
    "icc_3": gettext_lazy("Intraclass correlation, ICC(3,1)"),
    "percent": gettext_lazy("Percent agreement"),
    "cohen_kappa": gettext_lazy("Cohen's kappa"),
    "span_f1_relaxed": gettext_lazy("F1 of spans that overlap (not corrected for chance)"),
    "span_f1_char": gettext_lazy("F1 of marked characters (not corrected for chance)"),
    "span_f1_token": gettext_lazy("F1 of marked tokens (not corrected for chance)"),
    "alpha_u": gettext_lazy("Krippendorff's alpha for unitizing (1995), this label"),
    "u_alpha": gettext_lazy("Krippendorff's u-alpha: units and labels"),
    "u_alpha_binary": gettext_lazy("Krippendorff's |u|-alpha: marked or not"),
    "cu_alpha": gettext_lazy("Krippendorff's cu-alpha: labels of what both marked"),
    "ku_alpha": gettext_lazy("Krippendorff's (k)u-alpha: this label where both marked"),
    "gamma": gettext_lazy("Gamma: best alignment of spans"),
    "gamma_cat": gettext_lazy("Gamma-cat: labels of aligned spans"),
    "gamma_k": gettext_lazy("Gamma-k: this label of aligned spans"),
    "ranking_tau": gettext_lazy("Kendall's tau-b of two orders, mean over items"),
    "ranking_w": gettext_lazy("Kendall's W of an item's orders, mean over items"),
    "relation_f1": gettext_lazy("F1 of relations (not corrected for chance)"),
    "text_exact": gettext_lazy("Share of equal texts"),
    "text_normalised": gettext_lazy("Share of texts equal but for case, spaces and punctuation"),
    "text_edits": gettext_lazy("Similarity of texts by edits"),
    "text_ngrams": gettext_lazy("Similarity of texts by runs of characters"),
    "span_f1": pgettext_lazy("measure", "Exact-match F1 of spans (not corrected for chance)"),
}


_ALIGNED_TOO_LARGE = gettext_lazy(
    "Every text has more than three annotators, or more than 40 spans of one: an exact alignment would take too long."
)
_REASONS_OF = {
    ("gamma", "too_large"): _ALIGNED_TOO_LARGE,
    ("gamma_cat", "too_large"): _ALIGNED_TOO_LARGE,
}
_NO_VARIATION = gettext_lazy("Everybody always gave the same answer, so this measure is not defined.")


def reason(code: str, measure: str = "") -> str:
    """Why there is no value; of some measures it says more."""
    if (measure, code) in _REASONS_OF:
        return str(_REASONS_OF[measure, code])
    if code == "no_variation" and measure and "alpha" not in measure:
        return str(_NO_VARIATION)
    return str(_REASONS.get(code, gettext("There is not enough to measure yet.")))


def warning(caution: Mapping[str, Any]) -> str:
    """Why a value is to be read with care; an unknown code stands for itself."""
    template = _WARNINGS.get(_code(caution))
    if template is None:
        return str(caution["code"])
    params = dict(caution["params"])
    if isinstance(label := params.get("label"), str):
        params["label"] = cut(label)
    return str(template % params)


def _code(caution: Mapping[str, Any]) -> str:
    """The code of the sentence: of what is no more than 99 and a half percent nobody is told that it is 100."""
    nearly = caution["code"] == "label_dominates" and caution["params"]["percent"] > 99
    return "label_nearly_all" if nearly else str(caution["code"])


def measure(kind: str) -> str:
    """A measure's name."""
    return str(_MEASURES.get(kind, kind))


_BLOCKED = {
    "no_rights": gettext_lazy("No licence and no stated right to use it"),
    "not_deidentified": gettext_lazy("Nobody has stated that the batch is de-identified"),
}


def blocked(code: str) -> str:
    """Why an item is not offered to anybody."""
    return str(_BLOCKED.get(code, code))


def problem(code: str, params: Mapping[str, Any]) -> str:
    """What is wrong with a row of an uploaded file."""
    return sentence(code, params)


def advice(code: str, params: Mapping[str, Any]) -> str:
    """What to do about a row of an uploaded file; empty when there is nothing to say."""
    message = MESSAGES.get(code)
    return gettext(message.action) % params if message else ""
