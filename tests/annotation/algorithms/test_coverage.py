"""Sets of people as bits, and what keeps them."""

from annotation.algorithms.coverage import Tally, classes


def test_people_are_told_apart_by_the_rules_that_bar_them() -> None:
    tally = Tally()
    tally.add(classes(0b1111, [("role", 0b0011), ("tax", 0b0110)]), [11, 12, 13, 14])
    assert (tally.people, tally.eligible, tally.asked_first) == (4, 1, [14])
    assert tally.near == {"role": 1, "tax": 1}
    assert tally.missing() == ([], False)
    nobody = Tally()
    nobody.add(classes(0b11, [("role", 0b01), ("tax", 0b11)]), [1, 2])
    assert nobody.missing() == (["tax"], True)
    apart = Tally()
    apart.add(classes(0b111, [("role", 0b110), ("tax", 0b001)]), [1, 2, 3])
    assert apart.missing() == (["role"], False)
