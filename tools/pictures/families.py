"""The families that have a picture, and the story in `frontend/dev` that each is taken from."""

from typing import NamedTuple


class Family(NamedTuple):
    """One picture's name, its story, and what is pressed before it is taken, if anything."""

    name: str
    story: str
    press: str = ""  # a CSS selector
    height: int = 860  # as much as it shows


FAMILIES = (
    Family("documents", "contract", height=1090),
    Family("nested-choices", "tree", height=1490),
    Family("taxonomy", "taxonomy", press="[data-question=main] [role=combobox]", height=820),
    Family("pairwise", "pair", height=450),
    Family("ranking", "ranking", height=660),
    Family("buckets", "buckets", height=640),
    Family("spans", "note", height=640),
    Family("hypertext", "letter", height=1060),
    Family("dialogue", "visit", height=945),
    Family("relations", "related", height=930),
    Family("tables", "ledger", height=500),
    Family("records", "record", height=660),
    Family("pages", "paper", press=".span-go"),
    Family("chat", "chat", height=870),
    Family("reasoning-steps", "steps", height=730),
    Family("writing", "writing", height=1030),
    Family("dialogue-writing", "dialogue", height=600),
    Family("rubrics", "rubrics", height=1030),
    Family("images", "receipt", press=".span-go", height=975),
)
