"""What was carried, and what was not: counts, and the first places."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

SHOWN = 3
CARRIED = {
    "projects": _("projects"),
    "projects_changed": _("projects changed"),
    "items": _("items"),
    "items_changed": _("items changed"),
    "annotations": _("annotations"),
    "annotations_changed": _("annotations changed"),
    "predictions": _("predictions"),
    "drafts": _("drafts"),
    "unchanged": _("items that had not changed"),
}
LOST: dict[str, Any] = {
    "author_new": _("Authors whom nobody here knew: accounts that cannot log in were made"),
    "author_joined": _(
        "Authors with an account here who had no role: they are annotators of the project now"
    ),
    "author_theirs": _("Answers whose authors have no account there: they stand under yours"),
    "comments": _("Comments were left behind"),
    "reviews": _("Reviews were left behind"),
    "files": _("Files lie on the other server: the data names them, they did not come along"),
    "prediction_more": _("Predictions' clusters, neighbours and runs were left behind"),
    "prediction_model": _("Names of models were cut to 100 characters"),
    "prediction_numbers": _("Predictions or drafts of which the file tells numbers only"),
    "draft_of": _("Drafts of a change to an annotation stand as drafts of their own"),
    "drafts": _("Drafts were left behind: nobody but their author can store them there"),
    "more": _("Details that have no place here"),
    "refused": _("Refused"),
    "gone": _("Gone from the other side; kept here"),
    "times": _("Times that the other server set anew"),
    "differs": _("Stored differently by the other server"),
    "project_options": _("Settings that the other server did not take"),
}


@dataclass
class Report:
    """Filled in while things are carried."""

    carried: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, code: str, place: str) -> None:
        """Note one thing that did not come along as it was; `code` is one of LOST."""
        self.lost[code] += 1
        shown = self.places.setdefault(code, [])
        if len(shown) < SHOWN:
            shown.append(place)

    def lines(self) -> Iterator[str]:
        """Sentences for whoever asked for it."""
        for name, words in CARRIED.items():
            if self.carried[name]:
                yield f"{self.carried[name]:>8,} {words}"
        for name, words in LOST.items():
            if self.lost[name]:
                yield f"{self.lost[name]:>8,} × {words}: {'; '.join(self.places[name])}"
