"""The front matter of a card: what Hugging Face's tools read of a dataset, as YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.plain import line
from annotation.formats.release.format import SPLITS

_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_SIZE_NAMES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M")
_LICENCES = (
    *("apache-2.0", "mit", "odc-by", "pddl", "odbl", "etalab-2.0", "cc0-1.0"),
    *("cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-3.0", "cc-by-nc-4.0"),
    *("cc-by-nd-4.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0"),
    *("cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0"),
)
"""What the Hub calls licences; others are `other` with a name (huggingface.co/docs/hub/repositories-licenses)."""
_SPDX = {"odc-by-1.0": "odc-by", "odbl-1.0": "odbl", "pddl-1.0": "pddl"}
_TASKS = {
    "choice": "text-classification",
    "choices": "text-classification",
    "spans": "token-classification",
    "relations": "token-classification",
    "rating": "text-classification",
    "number": "text-classification",
    "boxes": "object-detection",
    "text": "text-generation",
    "ranking": "text-ranking",
}


class _Dumper(yaml.SafeDumper):
    """Writes a text with anything but printable signs in double quotes: PyYAML folds some of them elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written as a reference to something above: the tools' readers need not know them."""
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = None if value.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def front_matter(facts: Facts, files: Sequence[FileEntry]) -> str:
    """The YAML block with its fences."""
    # The order is the reader's; a width that no value reaches keeps each on its line.
    text = yaml.dump(
        metadata(facts, files),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10_000,
    )
    return f"---\n{text}---\n\n"


def metadata(facts: Facts, files: Sequence[FileEntry]) -> dict[str, Any]:
    """The front matter as values; what is not known is left out."""
    languages = list(dict.fromkeys(code.split("-")[0].lower() for code in facts.languages if code))
    found: dict[str, Any] = {
        "pretty_name": line(facts.name),
        "language": languages,
        **licence(facts.licence),
        "annotations_creators": ["expert-generated"] if facts.process.qualified_only else ["crowdsourced"],
        "language_creators": _written(facts),
        "multilinguality": ["multilingual" if len(languages) > 1 else "monolingual"],
        "size_categories": [_size(facts.items)],
        "source_datasets": ["original"],
        "task_categories": sorted({_TASKS[one.kind] for one in facts.questions if one.kind in _TASKS}),
        "tags": ["assay", line(facts.sector), "croissant"],
        "configs": configs(files),
    }
    if facts.dataset_info is not None and any(file.path.startswith("data/") for file in files):
        found["dataset_info"] = _plain(facts.dataset_info)
    return {key: value for key, value in found.items() if value}


def licence(name: str) -> dict[str, str]:
    """The licence as the Hub names it; one that it has no name for is `other`, with ours."""
    known = name.strip().lower()
    known = _SPDX.get(known, known)
    if not name.strip():
        return {"license": "unknown"}
    return {"license": known} if known in _LICENCES else {"license": "other", "license_name": line(name)}


def configs(files: Sequence[FileEntry]) -> list[dict[str, Any]]:
    """Which files each split is made of: of the Parquet shards, or of the record where there are none."""
    paths = [file.path for file in files]
    folder = "data" if any(path.startswith("data/") for path in paths) else "gold"
    by_split = {split: sorted(path for path in paths if _split_of(path, folder) == split) for split in SPLITS}
    data_files = [{"split": split, "path": _pattern(found)} for split, found in by_split.items() if found]
    return [{"config_name": "default", "data_files": data_files}] if data_files else []


def _pattern(paths: Sequence[str]) -> str:
    """One file by its path, the shards of a split by a pattern: there may be thousands."""
    return paths[0] if len(paths) == 1 else re.sub(r"-\d{5}-of-", "-*-of-", paths[0])


def _split_of(path: str, folder: str) -> str:
    """The split of a file in a folder, by its name: `train.parquet`, `train-00000-of-00003.parquet`."""
    place, _, name = path.rpartition("/")
    return name.split(".")[0].split("-")[0] if place == folder else ""


def _size(items: int) -> str:
    return _SIZE_NAMES[sum(items >= bound for bound in _SIZES)]


def _written(facts: Facts) -> list[str]:
    said = {right.written_by for right in facts.rights}
    found = []
    if said & {"people", "both"}:
        found.append("found")
    if said & {"machines", "both"}:
        found.append("machine-generated")
    return found


def _plain(value: Any) -> Any:
    """Lists and dicts as YAML knows them."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
