"""What laws and standards want to be told of training data, as far as the database knows it.

Nothing is made up: a field that a database of annotation cannot fill says so, and what its reader has to add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.disclosures.ai_act import ai_act, ai_act_text
from annotation.formats.release.documents.disclosures.gbt_45674 import gbt_45674
from annotation.formats.release.documents.disclosures.provenance import data_provenance
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.json_text import json_bytes

FOLDER = "disclosures"


def disclosures(facts: Facts, files: Sequence[FileEntry]) -> Mapping[str, bytes]:
    """The documents by path."""
    summary = ai_act(facts)
    return {
        f"{FOLDER}/data-provenance.json": json_bytes(data_provenance(facts, files)),
        f"{FOLDER}/eu-ai-act-summary.json": json_bytes(summary),
        f"{FOLDER}/eu-ai-act-summary.md": ai_act_text(summary).encode(),
        f"{FOLDER}/gbt-45674.json": json_bytes(gbt_45674(facts)),
    }
