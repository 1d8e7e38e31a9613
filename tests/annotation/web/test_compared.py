"""Who lies below the middle: the median of everybody, also of an even number of people."""

from annotation.web.projects.dashboard.compared import Rated, comparison
from experts.models import Expert


def _rated(*figures: tuple[float, float]) -> list[Rated]:
    return [Rated(Expert(id=at), value, high, 50) for at, (value, high) in enumerate(figures)]


def test_the_middle_of_an_even_number_is_between_the_two() -> None:
    """The middle of .5, .6, .8 and .9 is .7: an upper end of .75 is not below it."""
    found = comparison(_rated((0.5, 0.75), (0.6, 0.72), (0.8, 0.9), (0.9, 0.95)))
    assert found.below == []
    found = comparison(_rated((0.5, 0.69), (0.6, 0.72), (0.8, 0.9), (0.9, 0.95)))
    assert [one.pk for one in found.below] == [0]
