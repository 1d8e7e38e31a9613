"""What a dataset can say for the public summary of training content under the EU's AI Act, Article 53(1)(d).

The summary is the duty of who provides a general-purpose model, for all of its content. This fills the parts that one
data set can, by the headings of the Commission's template (C(2025) 8311: general information, list of data sources,
relevant data processing aspects); the numbering follows the template, the sentences are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.documents.blocks import Block, Points, Section, Words, markdown
from annotation.formats.release.documents.disclosures.entry import entry
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.plain import escaped

TITLE = "Public summary of training content: what this dataset adds"
ABOUT = (
    "Article 53(1)(d) of Regulation (EU) 2024/1689 asks the provider of a general-purpose AI model for a summary "
    "of all training content. This is what one dataset can say for it, by the headings of the Commission's "
    "template; the provider adds the rest. Wording and keys are Assay's own."
)
_PROVIDER = "To be added by the provider of the model."
_MODALITIES = {"image": "image", "pages": "text and image"}


def ai_act(facts: Facts) -> dict[str, Any]:
    """The document as a JSON object: parts, each with its entries by number."""
    return {"title": TITLE, "about": ABOUT, "parts": [_general(facts), _sources(facts), _processing(facts)]}


def ai_act_text(summary: dict[str, Any]) -> str:
    """The same as Markdown."""
    sections = [Section(part["title"], [*_told(part["entries"])]) for part in summary["parts"]]
    return markdown(summary["title"], [Section("About", [Words(summary["about"])]), *sections])


def _told(entries: dict[str, Any]) -> Iterator[Block]:
    for number, one in entries.items():
        yield Words(f"**{number} {one['title']}**")
        if one["filled"]:
            yield from _value(one["value"])
        if "note" in one:
            yield Words(escaped(one["note"]))


def _value(value: Any) -> Iterator[Block]:
    if isinstance(value, dict):
        yield Points([f"{escaped(str(name))}: {escaped(str(one))}" for name, one in value.items()])
    elif isinstance(value, list):
        yield Points([escaped(_flat(one)) for one in value])
    else:
        yield Words(escaped(str(value)))


def _flat(one: Any) -> str:
    return "; ".join(f"{name}: {part}" for name, part in one.items()) if isinstance(one, dict) else str(one)


def _general(facts: Facts) -> dict[str, Any]:
    modalities = sorted({_MODALITIES.get(one.kind, "text") for one in facts.fields})
    entries = {
        "1.1": entry("Provider identification", None, _PROVIDER),
        "1.2": entry("Model identification", None, _PROVIDER),
        "1.3": entry(
            "Modalities, overall training data size and other characteristics",
            {
                "dataset": facts.name,
                "maker": facts.organisation,
                "contact": facts.contact or "not stated",
                "modalities": ", ".join(modalities),
                "size": f"{facts.items} items",
                "languages": ", ".join(code or "not stated" for code in facts.languages),
                "sector": facts.sector,
                "latest content": facts.last_day,
            },
            "Days are those on which gold labels were settled, not those of the texts.",
        ),
    }
    return {"title": "1. General information", "entries": entries}


def _sources(facts: Facts) -> dict[str, Any]:
    listed = [
        {"source": one.name or "not stated", "licence": one.licence or "not stated", "items": one.items}
        for one in facts.sources
    ]
    machines = sum(one.items for one in facts.rights if one.written_by in {"machines", "both"})
    unstated = sum(one.items for one in facts.rights if not one.written_by)
    unsorted = "Batches state a source and a licence, not which of these headings it belongs under: see 2.6."
    entries = {
        "2.1": entry("Publicly available datasets", None, unsorted),
        "2.2": entry("Private non-publicly available datasets obtained from third parties", None, unsorted),
        "2.3": entry("Data crawled and scraped from online sources", None, unsorted),
        "2.4": entry("User data", None, unsorted),
        "2.5": entry(
            "Synthetic data",
            {
                "items written by machines, wholly or in part": machines,
                "items of which it is not stated": unstated,
            },
        ),
        "2.6": entry(
            "Other sources of data",
            listed,
            f"and {facts.more_sources} more sources"
            if facts.more_sources
            else "As stated when the items came in.",
        ),
    }
    return {"title": "2. List of data sources", "entries": entries}


def _processing(facts: Facts) -> dict[str, Any]:
    rights = sorted({one.rights for one in facts.rights} - {""})
    gate = next((one for one in facts.checks if one.check == "licences"), None)
    entries = {
        "3.1": entry(
            "Respect of reservation of rights from the text and data mining exception or limitation",
            {
                "licence of the dataset": facts.licence or "not stated",
                "statements of rights": "; ".join(rights) or "none",
                "licences of sources compatible": "not checked"
                if gate is None
                else ("yes" if gate.passed else "no"),
            },
            "Whether a source reserved its rights against text and data mining is not asked of batches.",
        ),
        "3.2": entry(
            "Removal of illegal content",
            {"items left out as unfit to be judged": facts.bad_items},
            "No search for illegal content is made; experts and adjudicators can set items aside.",
        ),
        "3.3": entry(
            "Other information",
            {
                "personal data": "not checked"
                if facts.personal is None
                else f"{facts.personal.found} findings, {facts.personal.open} of them open",
                "labelling": f"{facts.people.annotators} qualified experts"
                if facts.process.qualified_only
                else f"{facts.people.annotators} members of the organisation",
            },
        ),
    }
    return {"title": "3. Relevant data processing aspects", "entries": entries}
