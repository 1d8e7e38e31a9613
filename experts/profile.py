"""What a person says of themselves: languages, places, hours, pauses. Keyword-only; callers have authorised."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import User
from core.refusals import InvalidInput
from experts import jurisdictions as places
from experts import languages as tongues
from experts.models import Expert, ProfileWord, Sector

HOURS_IN_A_WEEK = 168
WORD = 200


@dataclass(frozen=True)
class Availability:
    """When, from where and how a person may be asked. `paused_until` is the last day of the pause."""

    hours_per_week: int | None = None
    paused_until: date | None = None
    residence: str = ""
    wants_letters: bool = True


@transaction.atomic
def edit_profile(
    *,
    expert: Expert,
    by: User,
    sectors: list[Sector],
    specialities: list[str],
    languages: list[dict[str, str]],
    jurisdictions: list[str],
    availability: Availability | None = None,
) -> None:
    """Replace what a person says of themselves; without `availability` that part stays. Raises InvalidInput."""
    told = _Told(specialities, languages, [places.checked(one, "jurisdictions") for one in jurisdictions])
    told.check()
    values = {"specialities": specialities, "languages": languages, "jurisdictions": told.jurisdictions}
    Expert.objects.filter(pk=expert.pk).update(**values, **_checked(availability))
    expert.sectors.set(sectors)
    ProfileWord.objects.filter(expert=expert).delete()
    ProfileWord.objects.bulk_create(
        [ProfileWord(expert=expert, kind=kind, word=word) for kind, word in told.words()]
    )
    audit.record("expert.changed", by=by, on=expert, changes={"sectors": [sector.key for sector in sectors]})


@dataclass(frozen=True)
class _Told:
    specialities: list[str]
    languages: list[dict[str, str]]
    jurisdictions: list[str] = field(default_factory=list)

    def check(self) -> None:
        codes = [one.get("code", "") for one in self.languages]
        if len(set(codes)) < len(codes) or not all(
            tongues.known(one.get("code", ""), one.get("level", "")) for one in self.languages
        ):
            raise InvalidInput(
                _("A language or its level is not known, or a language is named twice."),
                action=_("Choose from the lists."),
                code="unknown_language",
                where="languages",
            )
        if any(len(word) > WORD for word in self.specialities):
            raise InvalidInput(
                _("This is too long: at most %(limit)s characters."),
                where="specialities",
                params={"limit": WORD},
            )

    def words(self) -> list[tuple[str, str]]:
        found = {(ProfileWord.Kind.SPECIALITY.value, word.casefold()[:WORD]) for word in self.specialities}
        found |= {(ProfileWord.Kind.LANGUAGE.value, one["code"]) for one in self.languages}
        # Who practises in a part of a country practises in the country.
        practised = {code for one in self.jurisdictions for code in (one, one.split("-")[0])}
        found |= {(ProfileWord.Kind.JURISDICTION.value, code) for code in practised}
        return sorted(found)


def _checked(said: Availability | None) -> dict[str, object]:
    if said is None:
        return {}
    if said.hours_per_week is not None and not 0 <= said.hours_per_week <= HOURS_IN_A_WEEK:
        raise InvalidInput(
            _("A week has 168 hours."), action=_("Give a number from 0 to 168."), where="hours_per_week"
        )
    residence = places.checked(said.residence, "residence")
    if residence and residence not in places.COUNTRIES:
        raise InvalidInput(_("This is not a country."), action=_("Choose from the list."), where="residence")
    return {**vars(said), "residence": residence}
