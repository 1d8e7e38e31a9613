"""An organisation's experts and their claims, as those who lead or audit it read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from core.models import Membership, Organisation, User
from experts.models import Credential, Expert, ProfileWord, Qualification, State
from experts.models.credential import CredentialQuerySet


@dataclass(frozen=True)
class Wanted:
    """What a roster is filtered by; empty: not at all. `qualified` None: both, in the sector if one is given."""

    sector: str = ""
    speciality: str = ""
    language: str = ""
    jurisdiction: str = ""
    qualified: bool | None = None


def roster(user: User, organisation: Organisation, day: date, wanted: Wanted) -> QuerySet[Expert]:
    """The organisation's people who have a profile, as far as this person sees them."""
    found: QuerySet[Expert] = Expert.objects.visible_to(user).filter(user__in=_members(organisation))
    if wanted.sector:
        found = found.filter(
            Exists(Expert.sectors.through.objects.filter(expert=OuterRef("pk"), sector__key=wanted.sector))
            | _qualified(organisation, day, wanted.sector)
        )
    words = (
        (ProfileWord.Kind.SPECIALITY, wanted.speciality.strip().casefold()),
        (ProfileWord.Kind.LANGUAGE, wanted.language),
        (ProfileWord.Kind.JURISDICTION, wanted.jurisdiction.strip().upper()),
    )
    for kind, word in words:
        if word:
            said = ProfileWord.objects.filter(expert=OuterRef("pk"), kind=kind, word=word)
            found = found.filter(Exists(said))
    if wanted.qualified is not None:
        held = _qualified(organisation, day, wanted.sector)
        found = found.filter(held if wanted.qualified else ~held)
    return found


def _members(organisation: Organisation) -> QuerySet[Membership, int]:
    return Membership.objects.current().filter(organisation=organisation).values_list("user", flat=True)


def _qualified(organisation: Organisation, day: date, sector: str) -> Exists:
    held = (
        Qualification.objects.in_force(day)
        .for_sectors()
        .filter(organisation=organisation, expert=OuterRef("pk"))
    )
    return Exists(held.filter(sector__key=sector) if sector else held)


def sectors_of(
    experts: list[Expert], organisation: Organisation, day: date
) -> dict[int, list[Qualification]]:
    """By expert, what they are qualified for here on that day. One statement."""
    held = (
        Qualification.objects.in_force(day)
        .for_sectors()
        .filter(organisation=organisation, expert__in=experts)
    )
    found: dict[int, list[Qualification]] = {}
    for qualification in held.select_related("sector").order_by("sector"):
        found.setdefault(qualification.expert_id, []).append(qualification)
    return found


def claims(
    user: User, organisation: Organisation, day: date, *, state: str = "", expert: str = ""
) -> CredentialQuerySet:
    """The credentials of the organisation's people with their `state` here and whether they have `rivals`."""
    found = Credential.objects.visible_to(user).filter(expert__user__in=_members(organisation))
    if expert:
        found = found.filter(expert__uid=expert)
    told = found.with_state(organisation.pk, day).with_rivals().select_related("kind__sector", "expert__user")
    if state not in State.values:
        return told
    return told.filter(state=state)  # type: ignore[misc]  # annotated
