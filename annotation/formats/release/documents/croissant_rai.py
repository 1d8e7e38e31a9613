"""The Responsible-AI vocabulary of a Croissant document: how the data came to be, by whom, and what it lacks."""

from __future__ import annotations

from typing import Any

from annotation.formats.release.documents.card_terms import term
from annotation.formats.release.documents.facts import Counts, Facts
from annotation.formats.release.documents.limits import limits_of
from annotation.formats.release.documents.plain import line
from annotation.formats.release.documents.speaker import Speaker


def responsible(facts: Facts) -> dict[str, Any]:
    """The properties by name (`rai:dataCollection`, …); what nothing is known of is left out."""
    how, who, speaker = facts.process, facts.people, Speaker()
    found: dict[str, Any] = {
        "rai:dataCollection": _collection(facts),
        "rai:dataCollectionType": _kinds(facts),
        "rai:dataAnnotationProtocol": _protocol(facts),
        "rai:dataAnnotationPlatform": [f"Assay {line(facts.software)}"],
        "rai:dataAnnotationAnalysis": _analysis(facts),
        "rai:annotationsPerItem": _counts("items with that many answers", how.per_item),
        "rai:annotatorDemographics": [
            f"{who.annotators} annotators, {who.adjudicators} adjudicators; nobody is named.",
            *(
                _counts(f"annotators by {what}", counts)
                for what, counts in (
                    ("class of credential", who.classes),
                    ("jurisdiction", who.jurisdictions),
                    ("experience", who.experience),
                )
                if counts
            ),
        ],
        "rai:machineAnnotationTools": ["Suggestions of machines were shown."] if how.suggestions else [],
        "rai:dataBiases": limits_of(facts, speaker),
        "rai:dataLimitations": [one for one in [line(facts.limits)] if one],
        "rai:dataUseCases": [one for one in [line(facts.use)] if one],
        "rai:personalSensitiveInformation": _personal(facts),
        "rai:dataReleaseMaintenancePlan": (
            "A release never changes. Corrections are new decisions and come with a later release; items keep their "
            "split. Contact: " + (line(facts.contact) or "not stated") + "."
        ),
    }
    return {name: value for name, value in found.items() if value}


def _collection(facts: Facts) -> str:
    told = [
        f"{line(one.name) or 'a source that is not stated'} ({one.items} items, "
        f"{line(one.licence) or 'no licence stated'})"
        for one in facts.sources
    ]
    more = f"; and {facts.more_sources} more sources" if facts.more_sources else ""
    return f"Items were brought in from: {'; '.join(told)}{more}."


def _kinds(facts: Facts) -> list[str]:
    """How the texts came to be, as far as batches state it."""
    return sorted({f"Texts written by: {term('written_by', one.written_by, 'en')}" for one in facts.rights})


def _protocol(facts: Facts) -> list[str]:
    how = facts.process
    asked = [
        f"{line(one.key)} ({term('kind', one.kind, 'en')}): {line(one.title)}" for one in facts.questions
    ]
    return [
        f"Guideline version {facts.guideline.version}, SHA-256 {facts.guideline.sha256}.",
        (
            f"Asked for: {term('policy', how.policy, 'en')}, {how.overlap} an item to begin with, "
            f"{how.overlap_max} at most; {term('dispute_rule', how.dispute_rule, 'en')}."
        ),
        f"{how.blind} of {how.answers} answers were given before anybody's answer was shown.",
        *asked,
    ]


def _analysis(facts: Facts) -> list[str]:
    found = []
    for one in facts.agreement:
        named = line(f"{one.question}: {one.label}" if one.label else one.question)
        if one.value is None:
            found.append(f"{named}: no {one.measure} ({term('reason', one.reason, 'en')})")
        else:
            within = (
                f", 95 % interval {one.low:.3f} to {one.high:.3f}"
                if one.low is not None and one.high is not None
                else ""
            )
            found.append(f"{named}: {one.measure} {one.value:.3f}{within}, {one.items} items")
    return found


def _personal(facts: Facts) -> list[str]:
    said = sorted({line(one.deidentified) for one in facts.rights} - {""})
    found = [f"Statement of de-identification: {one}" for one in said]
    if facts.personal is not None:
        found.append(
            f"The check for personal data found {facts.personal.found} places, {facts.personal.open} of them open."
        )
    return found


def _counts(what: str, counts: Counts) -> str:
    listed = ", ".join(f"{line(name) or 'not shown'}: {count}" for name, count in counts.items())
    return f"{what}: {listed}" if listed else ""
