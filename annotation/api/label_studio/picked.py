"""Which tasks somebody has picked: all but some, or those that are named."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotation.api.label_studio.base import whole
from annotation.models import Item
from core.refusals import InvalidInput


def named(chosen: Any) -> bool:
    """Whether a list asks for some of its tasks: nothing included and nothing excluded means all of them, as there."""
    return bool(chosen) and not (isinstance(chosen, dict) and not any(chosen.values()))


def picked(rows: "QuerySet[Item]", chosen: Any) -> "QuerySet[Item]":
    """Of the rows those that `selectedItems` picks. Raises InvalidInput."""
    if not isinstance(chosen, dict) or not isinstance(chosen.get("all", False), bool | None):
        raise InvalidInput(_("Say which tasks: all, included or excluded."), where="selectedItems")
    if chosen.get("all"):
        return rows.exclude(pk__in=_numbers(chosen.get("excluded"), "excluded"))
    return rows.filter(pk__in=_numbers(chosen.get("included"), "included"))


def _numbers(given: Any, where: str) -> list[int]:
    if given in (None, []):
        return []
    if not isinstance(given, list):
        raise InvalidInput(_("Send a list of numbers."), where=f"selectedItems.{where}")
    return [whole(one, f"selectedItems.{where}") for one in given]
