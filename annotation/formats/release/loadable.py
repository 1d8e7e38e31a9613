"""Formats of which `datasets` loads the folder: a card beside the files says what each column is.

    load_dataset("RELEASE_DIR/bio")     # every split, offline

Without a card `datasets` reads the types off the first lines of the first split, and refuses a later one that fills a
list which is empty there, or a key that is not there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from annotation.formats.release.column_types import ColumnType, to_yaml
from annotation.formats.release.format import View

Columns = Mapping[str, ColumnType]
CARD = "README.md"
_WORDS = """A part of a release, whose README.md stands in the folder above.

发布版本的一部分，其 README.md 在上一级文件夹。
"""


class Loadable(ABC):
    """A format whose files are records of the same columns; a record may leave out what it has nothing for."""

    within: ClassVar[str] = ""
    """The key of the list of records, where a file is one JSON object."""

    @abstractmethod
    def columns(self, view: View) -> Columns:
        """What stands in a record."""

    def companions(self, view: View) -> Mapping[str, bytes]:
        """The card."""
        return {CARD: _card(self.columns(view), self.within)}


def _card(columns: Columns, within: str) -> bytes:
    import yaml  # late: web processes read the registry and write no card

    features = [to_yaml(name, type_) for name, type_ in columns.items()]
    found: dict[str, Any] = {"configs": [{"config_name": "default", "field": within}]} if within else {}
    found["dataset_info"] = {"features": features}
    text = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n\n{_WORDS}".encode()
