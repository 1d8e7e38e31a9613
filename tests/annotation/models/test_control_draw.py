"""Which of an expert's items is a control item, and which one."""

from annotation.models.control import due


def test_the_draw_keeps_its_rate_and_says_the_same_again() -> None:
    drawn = [due("project", "expert", number, 0.1) for number in range(20_000)]
    assert 0.09 < sum(drawn) / len(drawn) < 0.11
    assert drawn == [due("project", "expert", number, 0.1) for number in range(20_000)]
    assert drawn != [due("project", "another", number, 0.1) for number in range(20_000)]


def test_at_the_ends_of_the_rate_it_is_never_or_always() -> None:
    assert not any(due("project", "expert", number, 0) for number in range(1000))
    assert all(due("project", "expert", number, 1) for number in range(1000))
