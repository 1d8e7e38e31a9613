"""What was seen of texts at the door, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from annotation.models import QualityFinding
from annotation.models.quality import StepKey
from annotation.web.charts import number
from annotation.web.languages import language_name
from annotation.web.projects import personal_words

_CHANGES = {
    "not_composed": gettext_lazy("letters not composed"),
    "line_ends": gettext_lazy("line ends"),
    "zero_width": gettext_lazy("invisible signs"),
    "full_width": gettext_lazy("full-width letters and digits"),
    "spaces": gettext_lazy("odd or repeated spaces"),
}
_SIGNS = {
    "misread": gettext_lazy("read in the wrong encoding"),
    "lost": gettext_lazy("characters lost"),
    "control": gettext_lazy("control characters"),
    "mixed_script": gettext_lazy("words of mixed scripts"),
    "entity": gettext_lazy("HTML entities"),
}
_SAID = {
    "no_words": gettext_lazy("There is no word in it."),
    "far_longer": gettext_lazy("Far longer than the rest of its batch: %(characters)s characters."),
    "far_shorter": gettext_lazy("Far shorter than the rest of its batch: %(characters)s characters."),
    "language_differs": gettext_lazy("Stated: %(stated)s. It looks like: %(seen)s."),
    "same_text": gettext_lazy("The same text as another item, but for spaces and the like."),
    "nearly_same": gettext_lazy("About %(percent)s%% the same as another item."),
    "on_list": gettext_lazy("%(runs)s of its %(of)s runs of thirteen words are on the list “%(list)s”."),
    "stock_phrase": gettext_lazy("A phrase that machines write: “%(phrase)s”"),
    "repeated_phrase": gettext_lazy("A phrase that %(rows)s items here share: “%(phrase)s”"),
}

_LOOKS_FOR = {
    StepKey.NORMAL: gettext_lazy("letters, spaces and line ends that can be written in more than one way"),
    StepKey.ENCODING: gettext_lazy("characters that were lost or read wrongly"),
    StepKey.LENGTHS: gettext_lazy("texts without words, far longer or far shorter than the rest"),
    StepKey.LANGUAGE: gettext_lazy("texts in another language than stated"),
    StepKey.EXACT: gettext_lazy("texts that the project has already, but for spaces and the like"),
    StepKey.NEAR: gettext_lazy("texts that are nearly the same as another; short ones are not compared"),
    StepKey.LISTS: gettext_lazy("runs of thirteen words that stand in known benchmarks"),
    StepKey.MACHINE: gettext_lazy("phrases that machines write, or that many items share"),
    StepKey.PERSONAL: gettext_lazy(
        "addresses, numbers and dates that name a person; names of people are not looked for"
    ),
}


def looks_for(key: str) -> str:
    """What a step looks for, in the reader's language."""
    return str(_LOOKS_FOR[StepKey(key)]) if key in StepKey.values else ""


def said(finding: QualityFinding) -> str:
    """What a flag says, in the reader's language."""
    code, params = finding.code, dict(finding.params)
    if finding.step == StepKey.PERSONAL:
        return personal_words.said(finding)
    if code == "would_change":
        places = _counts(params, _CHANGES)
        return gettext("Differs from its normal form: %(places)s.") % {"places": places}
    if code in _SIGNS:
        return _counts({code: params.get("count", 1)}, _SIGNS)
    for name in ("stated", "seen"):
        if name in params:
            params[name] = language_name(params[name])
    return str(_SAID[code]) % params if code in _SAID else code


def figures(key: str, seen: Mapping[str, Any]) -> str:
    """What a step's figures say."""
    tell = _FIGURES.get(key)
    return tell(seen) if tell else ""


def _normal(seen: Mapping[str, Any]) -> str:
    return _counts(seen.get("places", {}), _CHANGES)


def _encoding(seen: Mapping[str, Any]) -> str:
    return _counts(seen.get("texts", {}), _SIGNS)


def _lengths(seen: Mapping[str, Any]) -> str:
    texts = seen.get("texts", 0)
    if not texts:
        return ""
    return gettext("%(characters)s characters and %(tokens)s words on average") % {
        "characters": number(round(seen["characters"] / texts)),
        "tokens": number(round(seen["tokens"] / texts)),
    }


def _language(seen: Mapping[str, Any]) -> str:
    found = sorted(seen.get("languages", {}).items(), key=lambda pair: -pair[1])
    names = [(language_name(code) if code else gettext("cannot tell"), count) for code, count in found[:6]]
    told = [f"{name}: {number(count)}" for name, count in names]
    if seen.get("unstated"):
        told.append(gettext("%(count)s state none") % {"count": number(seen["unstated"])})
    return " · ".join(told)


def _compared(seen: Mapping[str, Any]) -> str:
    count = seen.get("compared", 0)
    return ngettext("%(count)s text compared", "%(count)s texts compared", count) % {"count": number(count)}


def _lists(seen: Mapping[str, Any]) -> str:
    if not seen.get("compared"):
        return gettext("No lists are named on this server.")
    return " · ".join(
        [_compared(seen), *(f"{name}: {number(count)}" for name, count in seen["lists"].items())]
    )


def _machine(seen: Mapping[str, Any]) -> str:
    names = {
        "stock": gettext_lazy("phrases that machines write"),
        "repeated": gettext_lazy("phrases that many items share"),
    }
    return _counts({name: seen.get(name, 0) for name in names}, names)


_FIGURES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    StepKey.NORMAL: _normal,
    StepKey.ENCODING: _encoding,
    StepKey.LENGTHS: _lengths,
    StepKey.LANGUAGE: _language,
    StepKey.EXACT: _compared,
    StepKey.NEAR: _compared,
    StepKey.LISTS: _lists,
    StepKey.MACHINE: _machine,
    StepKey.PERSONAL: personal_words.figures,
}


def _counts(counts: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    """Each kind with its number, leaving out what there is none of."""
    return " · ".join(f"{names.get(kind, kind)}: {number(count)}" for kind, count in counts.items() if count)
