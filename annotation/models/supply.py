"""How many people of a project are there for what its items ask, and how many hours a week they give."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from experts.models import Expert, ProfileWord

Word = tuple[str, str]
"""What items may ask for (`speciality`, `language`, `jurisdiction`, `sector`), and which."""


@dataclass
class Supply:
    """By word: people, those of them who say how many hours a week they give, and the sum of those hours."""

    people: Counter[Word] = field(default_factory=Counter)
    told: Counter[Word] = field(default_factory=Counter)
    hours: Counter[Word] = field(default_factory=Counter)

    def add_words(self, experts: Collection[int], words: Sequence[Word]) -> None:
        """Count who of these experts says which of these words. One statement."""
        if not words:
            return
        said = ProfileWord.objects.filter(expert__in=experts, word__in={word for _, word in words})
        counted = said.order_by().values_list("kind", "word")
        rows = counted.annotate(Count("pk"), Count("expert__hours_per_week"), Sum("expert__hours_per_week"))
        for kind, word, people, told, hours in rows:
            if (kind, word) in words:
                self._add((kind, word), people, told, hours)

    def add_people(self, experts: Collection[int], word: Word) -> None:
        """Count all of these experts under one word. One statement."""
        found = Expert.objects.filter(pk__in=experts).aggregate(
            people=Count("pk"), told=Count("hours_per_week"), hours=Sum("hours_per_week")
        )
        self._add(word, found["people"], found["told"], found["hours"])

    def _add(self, word: Word, people: int, told: int, hours: int | None) -> None:
        self.people[word] += people
        self.told[word] += told
        self.hours[word] += hours or 0
