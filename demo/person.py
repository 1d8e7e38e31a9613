"""What the living example knows about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Language:
    """A language (`en`, `zh-hans`) and how well it is read: `native`, or a CEFR level (`A1` to `C2`)."""

    code: str
    level: str


@dataclass(frozen=True)
class CredentialData:
    """One piece of evidence; `kind` is a key of `experts/data/credential_kinds.json`.

    The validity is in days from the day of seeding, so that the example does not grow old:
    `starts` is negative, `ends` is None for evidence that does not expire and negative for an expired one.
    `verified` False stands for a credential that was handed in and that nobody has looked at yet.
    """

    kind: str
    issuer: str
    number: str
    jurisdiction: str
    speciality: str = ""
    starts: int = -900
    ends: int | None = 600
    verified: bool = True

    def valid_from(self, today: date) -> date:
        """The first day of validity, when the example is seeded on `today`."""
        return today + timedelta(days=self.starts)

    def valid_until(self, today: date) -> date | None:
        """The last day of validity, when the example is seeded on `today`; None: it does not expire."""
        return None if self.ends is None else today + timedelta(days=self.ends)


@dataclass(frozen=True)
class Profile:
    """A person's professional self, and how the simulation makes them answer.

    `accuracy`: sector key -> probability (0..1) of a right answer on an item of middling difficulty.
    `bias`: question key -> the label this person over-uses when unsure.
    `seconds`: typical time on one item, in seconds.
    """

    sectors: tuple[str, ...]
    specialities: tuple[str, ...]
    languages: tuple[Language, ...]
    jurisdictions: tuple[str, ...]
    credentials: tuple[CredentialData, ...]
    accuracy: Mapping[str, float]
    bias: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 60.0

    def reads(self, language: str) -> bool:
        """Whether the person reads `language` well enough to judge a text in it (B2 or better)."""
        return any(
            known.code == language and known.level not in {"A1", "A2", "B1"} for known in self.languages
        )


@dataclass(frozen=True)
class Person:
    """Somebody with a login.

    `role` is a Membership role: owner, lead, adjudicator, annotator, contributor or auditor.
    """

    name: str
    email: str
    role: str
    language: str = "en"
    profile: Profile | None = None
