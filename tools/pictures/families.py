"""The families that have a picture, and the story in `frontend/dev` that each is taken from."""

from typing import NamedTuple


class Family(NamedTuple):
    """One picture's name, its story, and what is pressed before it is taken, if anything."""

    name: str
    story: str
    press: str = ""  # a CSS selector
    height: int = 860


FAMILIES = (
    Family("documents", "contract"),
    Family("nested-choices", "tree"),
    Family("taxonomy", "taxonomy", press="[data-question=main] [role=combobox]"),
    Family("pairwise", "pair"),
    Family("ranking", "ranking"),
    Family("buckets", "buckets"),
    Family("spans", "note"),
    Family("hypertext", "letter"),
    Family("dialogue", "visit"),
    Family("relations", "related"),
    Family("tables", "ledger"),
    Family("records", "record"),
    Family("pages", "paper"),
    Family("chat", "chat"),
    Family("reasoning-steps", "steps"),
    Family("writing", "writing"),
    Family("dialogue-writing", "dialogue"),
    Family("rubrics", "rubrics"),
    Family("images", "receipt"),
)
