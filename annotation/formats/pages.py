"""The pages of a document in an item's data: `{"asset", "name", "pages": [{"width", "height", "text"}]}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BETWEEN = "\f"
"""What stands between two pages in the one text over which offsets count. No page holds one."""


def page_texts(document: Any) -> list[str]:
    """The text layer of each page; a page without one is empty."""
    pages = document.get("pages") if isinstance(document, Mapping) else None
    if not isinstance(pages, list):
        return []
    texts = (page.get("text") if isinstance(page, Mapping) else None for page in pages)
    return [text if isinstance(text, str) else "" for text in texts]


def has_text(document: Any) -> bool:
    """Whether any page has a text layer: a scan has none, and nothing in it can be marked as text."""
    return any(text.strip() for text in page_texts(document))
