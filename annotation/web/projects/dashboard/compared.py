"""People beside one another: who lies below everybody else's middle, as far as the intervals tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.urls import reverse
from django.utils.translation import gettext

from annotation.models import Project
from experts.models import Expert

FEW = 20  # answers, or texts: below, a person's figure is grey, and is not compared
MIDDLE = 3  # people: of fewer there is no middle
NAMED = 5
SHOWN = 40  # people in a picture; the table and the file have all


def person_link(project: Project, expert: Expert) -> str:
    """The items that the person answered and others answered otherwise."""
    return f"{reverse('web:items', args=[project.uid])}?expert={expert.uid}"


@dataclass(frozen=True)
class Rated:
    """One person's figure of a question, its upper end, and on how many answers it rests."""

    expert: Expert
    value: float | None
    high: float | None
    answers: int


@dataclass(frozen=True)
class Comparison:
    """How many people can be compared, and who of them lies below the middle of all with the whole interval."""

    compared: int
    below: Sequence[Expert] = ()

    @property
    def said(self) -> str:
        """The same in a sentence."""
        if self.compared < MIDDLE:
            return gettext("Too little is known of people to compare them.")
        if not self.below:
            return gettext(
                "No interval lies below the middle of all: a difference between people is not shown."
            )
        named = gettext("Below the middle of all with the whole interval: %(people)s.") % {
            "people": ", ".join(str(expert) for expert in self.below[:NAMED])
        }
        by_chance = gettext("About one person in 40 is named by chance, though no worse than the middle.")
        return f"{named} {by_chance}"


def comparison(people: Iterable[Rated]) -> Comparison:
    """Of one question. People with few answers are left out."""
    known = [
        (one.expert, one.value, one.high)
        for one in people
        if one.value is not None and one.high is not None and one.answers >= FEW
    ]
    if len(known) < MIDDLE:
        return Comparison(len(known))
    middle = median(value for _, value, _ in known)
    return Comparison(len(known), [expert for expert, _, high in known if high < middle])
