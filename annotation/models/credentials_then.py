"""What a person could show for it at the moment at which they answered or decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from annotation.models.project import Project
from experts.models import CredentialVerification, Qualification

NONE = "none"


@dataclass(frozen=True)
class _Held:
    """A qualification, with the credential it rests on and what the organisation said of that, in order."""

    granted: datetime
    revoked: datetime | None
    valid_until: date | None
    credential_class: str
    credential_from: date | None
    credential_until: date | None
    answers: list[tuple[datetime, bool]] = field(default_factory=list)

    def in_force(self, moment: datetime) -> bool:
        """Granted, not revoked, not expired, and resting on nothing or on what was verified and valid."""
        day = moment.date()
        return (
            self.granted <= moment
            and (self.revoked is None or self.revoked > moment)
            and (self.valid_until is None or self.valid_until >= day)
            and (self.credential_from is None or self._credential_counts(moment, day))
        )

    def _credential_counts(self, moment: datetime, day: date) -> bool:
        said = [accepted for at, accepted in self.answers if at <= moment]
        began = self.credential_from is not None and self.credential_from <= day
        return (
            began and (self.credential_until is None or self.credential_until >= day) and said[-1:] == [True]
        )


class CredentialClasses:
    """The class of credential behind a person's qualification in the project's sector at the time they spoke.

    Later grants, expiries and revocations change nothing about an earlier answer. A qualification by exam or by a
    lead's grant has the class "exam" or "grant". "none": none was in force then, or the project is open to every
    member. Days are UTC's. Two statements.
    """

    def __init__(self, project: Project, experts: Iterable[int]) -> None:
        self._held: dict[int, list[_Held]] = defaultdict(list)
        if not project.qualified_only:
            return
        said: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
        rows = (
            Qualification.objects.for_sectors()
            .filter(expert__in=set(experts), organisation=project.organisation_id, sector=project.sector_id)
            .order_by("granted_at", "pk")
        )
        for expert, credential, how, class_, granted, revoked, until, begins, ends in rows.values_list(
            "expert_id",
            "credential_id",
            "how",
            "credential__kind__credential_class",
            "granted_at",
            "revoked_at",
            "valid_until",
            "credential__valid_from",
            "credential__valid_until",
        ):
            self._held[expert].append(
                _Held(granted, revoked, until, class_ or how, begins, ends, said[credential or 0])
            )
        answers = CredentialVerification.objects.filter(
            credential__in=[pk for pk in said if pk], organisation=project.organisation_id
        ).order_by("verified_at", "pk")
        for credential, at, accepted in answers.values_list("credential_id", "verified_at", "accepted"):
            said[credential].append((at, accepted))

    def at(self, expert: int, moment: datetime) -> str:
        """The class in force then, of the one granted last, or "none"."""
        for held in reversed(self._held.get(expert, [])):
            if held.in_force(moment):
                return held.credential_class
        return NONE
