"""People, items and projects as hypothesis draws them, in words that share nothing with the rules' queries."""

from dataclasses import dataclass

from hypothesis import strategies as st

NAMES = ("Acme Ltd", "ACME GmbH", "华为技术有限公司", "华为技术", "Zeta", "㈱日立", "日立株式会社")
HOUSE = "Zeta LLP"
LANGUAGES = ("", "en", "de")
KINDS = ("", "opinion", "lease")
SPECIALITIES = ("", "tax", "Labour")
JURISDICTIONS = ("", "DE", "US", "US-NY", "US-CA")
ROOMS = ("", "A", "B", "C")
COUNTRIES = ("DE", "FR")
SOON = (None, None, -1, 0, 1)  # days from today on which something ends


@dataclass(frozen=True)
class Licence:
    """A credential of one of three kinds; `verified` is None while nobody has answered."""

    kind: int
    verified: bool | None
    until: int | None

    @property
    def counts(self) -> bool:
        return bool(self.verified) and lasts(self.until)


@dataclass(frozen=True)
class Held:
    """An exam passed or a grant given, for a kind of item or (empty) every kind."""

    how: str
    kind: str
    until: int | None
    revoked: bool


@dataclass(frozen=True)
class Asked:
    """A rule of qualification."""

    kind: str
    tier: str
    combine: str
    licences: tuple[int, ...]
    exam: bool
    grant: bool
    ended: bool


@dataclass(frozen=True)
class Person:
    """`rooms` is where they have been, `accepted` which versions of the undertaking they accepted."""

    labels: bool
    decides: bool
    licence_until: int | None
    qualified: bool
    languages: tuple[str, ...]
    specialities: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    interests: tuple[str, ...]
    colleague: bool
    brings: bool
    break_until: int | None
    licences: tuple[Licence, ...]
    held: tuple[Held, ...]
    residence: str
    accepted: tuple[int, ...]
    rooms: tuple[str, ...]
    suspended: bool | None
    on_panel: bool


@dataclass(frozen=True)
class Sample:
    """One item; `by` is who brought it in, if one of the people did."""

    language: str
    parties: tuple[str, ...]
    brought: bool
    kind: str
    speciality: str
    jurisdiction: str
    room: str
    tier: str


@dataclass(frozen=True)
class Setting:
    """A project. `texts` are the versions of its undertaking."""

    qualified_only: bool
    language_required: bool
    needs_required: bool
    bar_colleagues: bool
    paused: bool
    panel: bool
    residences: tuple[str, ...]
    texts: tuple[str, ...]
    walls: tuple[tuple[str, ...], ...]
    rules: tuple[Asked, ...]


def lasts(until: int | None) -> bool:
    """Whether what ends in so many days still holds today."""
    return until is None or until >= 0


def some(*of: str) -> "st.SearchStrategy[tuple[str, ...]]":
    """Some of these, each at most once."""
    return st.lists(st.sampled_from(of), unique=True).map(tuple)


def mostly(value: bool) -> "st.SearchStrategy[bool]":
    """One bar that always holds would hide the others."""
    return st.sampled_from([value, value, value, not value])


endings = st.sampled_from(SOON)
licences = st.builds(
    Licence, kind=st.integers(0, 2), verified=st.sampled_from([True, True, False, None]), until=endings
)
helds = st.builds(
    Held,
    how=st.sampled_from(["exam", "grant"]),
    kind=st.sampled_from(KINDS),
    until=endings,
    revoked=mostly(False),
)
asked = st.builds(
    Asked,
    kind=st.sampled_from(KINDS),
    tier=st.sampled_from(["", "", "specialist"]),
    combine=st.sampled_from(["all", "any"]),
    licences=st.lists(st.integers(0, 2), unique=True, max_size=2).map(tuple),
    exam=st.booleans(),
    grant=st.booleans(),
    ended=mostly(False),
).filter(lambda rule: bool(rule.licences or rule.exam or rule.grant))
people = st.builds(
    Person,
    labels=mostly(True),
    decides=st.booleans(),
    licence_until=endings,
    qualified=mostly(True),
    languages=some(*LANGUAGES[1:]),
    specialities=some("Tax", "labour"),
    jurisdictions=some(*JURISDICTIONS[1:4]),
    interests=st.lists(st.sampled_from(NAMES), unique=True, max_size=2).map(tuple),
    colleague=st.booleans(),
    brings=st.booleans(),
    break_until=st.sampled_from([None, None, None, -1, 0]),
    licences=st.lists(licences, max_size=2).map(tuple),
    held=st.lists(helds, max_size=3).map(tuple),
    residence=st.sampled_from(["", *COUNTRIES]),
    accepted=st.sampled_from([(), (1,), (2,), (1, 2), (1, 2)]),
    rooms=some(*ROOMS[1:]),
    suspended=st.sampled_from([None, None, None, False, True]),
    on_panel=mostly(True),
)
samples = st.builds(
    Sample,
    language=st.sampled_from(LANGUAGES),
    parties=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    brought=st.booleans(),
    kind=st.sampled_from(KINDS),
    speciality=st.sampled_from(SPECIALITIES),
    jurisdiction=st.sampled_from(JURISDICTIONS),
    room=st.sampled_from(ROOMS),
    tier=st.sampled_from(["", "", "specialist"]),
)
projects = st.builds(
    Setting,
    qualified_only=st.booleans(),
    language_required=st.booleans(),
    needs_required=st.booleans(),
    bar_colleagues=st.booleans(),
    paused=st.sampled_from([False, False, False, False, True]),
    panel=mostly(False),
    residences=st.sampled_from([(), (), ("DE",), ("DE", "FR")]),
    texts=st.sampled_from(
        [(), (), ("I tell nobody.",), ("I tell nobody.", "Never."), ("I tell nobody.", "")]
    ),
    walls=st.sampled_from([(), (("A", "B"),), (("A", "B"), ("B", "C")), (("A", "B", "C"),)]),
    rules=st.lists(asked, max_size=2).map(tuple),
)
