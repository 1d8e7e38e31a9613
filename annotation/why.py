"""Why an item went to an expert, in words: for the expert, and with every figure for those who lead. Read-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from annotation.models import Assignment

NAMES: Mapping[str, str | Promise] = {
    "speciality": pgettext_lazy("part of the ranking", "Speciality"),
    "jurisdiction": pgettext_lazy("part of the ranking", "Jurisdiction"),
    "language": pgettext_lazy("part of the ranking", "Language"),
    "reliability": pgettext_lazy("part of the ranking", "Reliability"),
    "load": pgettext_lazy("part of the ranking", "Fair load"),
    "rate": pgettext_lazy("part of the ranking", "Rate"),
    "deadline": pgettext_lazy("part of the ranking", "Deadline"),
    "waiting": pgettext_lazy("part of the ranking", "Waiting time"),
}
MEANINGS: Mapping[str, str | Promise] = {
    "speciality": gettext_lazy(
        "Whether the expert has the item's speciality: 1 by a verified credential, 0.6 by their own word, else 0."
    ),
    "jurisdiction": gettext_lazy("The same for the country or state whose law or rules the item is about."),
    "language": gettext_lazy("How well the expert knows the item's language, by the level on their profile."),
    "reliability": gettext_lazy(
        "The share of right answers to items of this kind, by control items and settled items."
    ),
    "load": gettext_lazy(
        "Falls with the items that an expert took this week, more slowly for those who offer more hours."
    ),
    "rate": gettext_lazy("Falls as an expert's rate nears the highest that the project pays."),
    "deadline": gettext_lazy("Rises as the day comes nearer on which the item is due."),
    "waiting": gettext_lazy("Rises with the hours for which the item has been open."),
}
_TO_EXPERTS = ("speciality", "jurisdiction", "language", "load", "deadline", "waiting")
"""Neither reliability, nor a total that it is part of: from one answer to the next they would tell which was tested."""


@dataclass(frozen=True)
class Part:
    """One part of a score: its name and value from 0 to 1, and what it means."""

    key: str
    name: str
    meaning: str
    value: float

    @property
    def percent(self) -> int:
        return round(100 * self.value)


def reason_sentences(assignment: Assignment) -> list[str]:
    """Why this item went to this expert, as they are told, in the reader's language."""
    sector = str(assignment.project.sector)
    said = {
        "qualified": _("You are qualified in %(sector)s.") % {"sector": sector},
        "open_to_members": _("This project is open to all its members."),
        "knows_language": _("You know the language it is in."),
        "exam": _("It is a question of an exam that you are sitting."),
        "no_interest": _("You have declared no interest in it, and did not bring it in."),
        "nothing_declared": _("You have declared no interest in it."),
        "asked_by_name": _("A script of yours answered it by its number."),
        "brought_in": _("The answer came in together with the item."),
        "oldest_open": _("It comes first for you among the open items."),
    }
    told = [said[reason["code"]] for reason in assignment.reasons if reason["code"] in said]
    return [_("A lead of the project gave it to you by name."), *told] if assignment.assigned_by_id else told


def own_parts(assignment: Assignment) -> list[Part]:
    """The parts that the expert is shown of their own assignment."""
    return parts_of({key: assignment.parts[key] for key in _TO_EXPERTS if key in assignment.parts})


def parts_of(stored: Mapping[str, Any]) -> list[Part]:
    """Parts in words, in the order of NAMES."""
    return [
        Part(key, str(NAMES[key]), str(MEANINGS[key]), float(stored[key])) for key in NAMES if key in stored
    ]
