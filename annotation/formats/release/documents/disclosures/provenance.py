"""The fields of the Data Provenance Standards 1.0.0 (Data & Trust Alliance, 2024): source, provenance, use.

The fields are named after the Alliance's public list (dataandtrustalliance.org, Data Provenance Standards). Not
all of it could be read when this was written, nor its JSON schema: the keys are ours, and the file says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.card_terms import term
from annotation.formats.release.documents.disclosures.entry import entry
from annotation.formats.release.documents.facts import Facts

STANDARD = "Data Provenance Standards 1.0.0 (Data & Trust Alliance)"
KEYS = (
    "The titles are after the Alliance's public list as far as it could be read; the keys are Assay's own. Compare "
    "them with the standard before you rely on them."
)


def data_provenance(facts: Facts, files: Sequence[FileEntry]) -> dict[str, Any]:
    """The document as a JSON object."""
    return {
        "standard": STANDARD,
        "keys": KEYS,
        "source": _source(facts),
        "provenance": _provenance(facts, files),
        "use": _use(facts),
    }


def _source(facts: Facts) -> dict[str, Any]:
    return {
        "standards_version": entry("Standards version used", "1.0.0"),
        "dataset_title": entry("Dataset title/name", facts.name),
        "metadata_identifier": entry(
            "Unique metadata identifier", f"urn:assay:{facts.project}:{facts.version}"
        ),
        "metadata_location": entry(
            "Metadata location",
            "disclosures/data-provenance.json",
            "Within the release: it has no address of its own.",
        ),
        "dataset_issuer": entry("Dataset issuer", facts.organisation),
        "description": entry("Description of the dataset", facts.description),
    }


def _provenance(facts: Facts, files: Sequence[FileEntry]) -> dict[str, Any]:
    sources = [{"name": one.name, "licence": one.licence, "items": one.items} for one in facts.sources]
    endings = sorted({file.path.rsplit(".", 1)[-1] for file in files if "." in file.path})
    return {
        "source_metadata": entry(
            "Source metadata for dataset", None, "No source of it carries such metadata."
        ),
        "source": entry("Source (if different from issuer)", sources),
        "origin_geography": entry("Data origin geography", None, "Not asked of batches."),
        "issue_date": entry(
            "Dataset issue date",
            facts.last_day,
            "The day of the newest gold label: the day of making stays out of a release's bytes.",
        ),
        "previous_issue_date": entry(
            "Date of previously issued version of the dataset",
            None,
            "Releases hold no numbers or dates of making; the server lists earlier ones.",
        ),
        "generation_dates": entry(
            "Range of dates for data generation", [facts.first_day, facts.last_day], "Of gold."
        ),
        "method": entry(
            "Method",
            {
                "labels": f"expert annotation: {term('policy', facts.process.policy, 'en')}, "
                f"{term('dispute_rule', facts.process.dispute_rule, 'en')}",
                "texts_written_by": _written(facts),
            },
        ),
        "format": entry("Data format", {"formats": [*facts.formats], "endings": endings}),
    }


def _use(facts: Facts) -> dict[str, Any]:
    statements = sorted({one.deidentified for one in facts.rights} - {""})
    rights = sorted({one.rights for one in facts.rights} - {""})
    return {
        "confidentiality": entry("Confidentiality classification", None, "To be stated by the issuer."),
        "consent_documentation": entry("Consent documentation location", None, "To be stated by the issuer."),
        "privacy_enhancing": entry(
            "Privacy enhancing technologies (PETs) or tools applied",
            {
                "de_identification_statements": statements,
                "personal_data_check": None
                if facts.personal is None
                else {"found": facts.personal.found, "open": facts.personal.open},
                "annotators": "keyed pseudonyms (HMAC-SHA-256) that hold in this release only",
            },
        ),
        "processing_geography": entry(
            "Data processing geography inclusion/exclusion", None, "To be stated by the issuer."
        ),
        "storage_geography": entry(
            "Data storage geography inclusion/exclusion", None, "To be stated by the issuer."
        ),
        "licence": entry(
            "License to use",
            {"release": facts.licence, "sources": dict(facts.licences)} if facts.licence else None,
        ),
        "intended_use": entry("Intended data use", facts.use),
        "proprietary": entry(
            "Proprietary data (copyright, patent, trademark)", rights, "Statements of rights of the batches."
        ),
    }


def _written(facts: Facts) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in facts.rights:
        name = term("written_by", one.written_by, "en")
        found[name] = found.get(name, 0) + one.items
    return found
