"""A field of expertise. Sectors are data: a new one is a row, not code."""

from django.db import models
from django.utils.translation import get_language


def localised(names: dict[str, str]) -> str:
    """The name in the reader's language, English when there is none."""
    return names.get(get_language() or "en") or names.get("en", "")


class Sector(models.Model):
    """`names` maps a language to the sector's name. `needs_deidentification`: a batch waits for a statement."""

    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    needs_deidentification = models.BooleanField(default=False)

    def __str__(self) -> str:
        return localised(self.names) or self.key
