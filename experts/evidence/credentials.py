"""A credential is handed in. Keyword-only; callers have authorised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import User
from core.questions import NUMBER, Question
from core.refusals import InvalidInput
from experts import jurisdictions, numbers
from experts.evidence import file as evidence_file
from experts.models import Credential, CredentialKind, CredentialVerification, Expert

OF_USER = Question[Expert](lambda user: Expert.objects.filter(user=user).order_by(), user=NUMBER)
"""The professional self of a person, where there is one."""
_EXPERT = "expert"
YEARS = (1900, 2200)
"""The first and the last year that the days of a credential may lie in."""


def expert_of(user: User) -> Expert:
    """The person's professional self, made on first use."""
    found: Expert | None = user.known.get(_EXPERT) if user.known is not None else None
    found = found or OF_USER.first(user=user.pk) or Expert.objects.get_or_create(user=user)[0]
    found.user = user
    return found


def know(user: User, found: Sequence[Expert]) -> None:
    """Keep what OF_USER found, where the request keeps anything."""
    if user.known is not None and found:
        user.known[_EXPERT] = found[0]


@transaction.atomic
def add_credential(
    *,
    expert: Expert,
    by: User,
    kind: CredentialKind,
    issuer: str,
    number: str,
    valid_from: date,
    valid_until: date | None,
    scope: str = "",
    jurisdiction: str = "",
    evidence: UploadedFile[Any] | None = None,
) -> Credential:
    """Write down a claim; it counts nowhere until an organisation verifies it. Raises InvalidInput."""
    _check_years(valid_from=valid_from, valid_until=valid_until)
    if valid_until is not None and valid_until < valid_from:
        raise InvalidInput(
            _("It ends before it begins."), action=_("Check the two dates."), where="valid_until"
        )
    for field, value in (("issuer", issuer), ("number", number)):
        if not numbers.is_visible(value):
            raise InvalidInput(_("This is missing."), action=_("Fill it in."), where=field)
    place = jurisdictions.checked(jurisdiction, "jurisdiction")
    if not numbers.written_right(number, place, kind.number_formats):
        raise InvalidInput(
            _("A number of this kind is written differently."),
            action=_("Check it against the document, and the jurisdiction too."),
            code="number_format",
            where="number",
        )
    claim = numbers.claim(issuer, number)
    _check_new(expert, kind, claim, valid_from, valid_until)
    file = evidence_file.accept(evidence, name=expert.uid)
    credential = Credential.objects.create(
        expert=expert,
        kind=kind,
        issuer=issuer.strip(),
        number=number.strip(),
        claim=claim,
        scope=scope.strip(),
        jurisdiction=place,
        valid_from=valid_from,
        valid_until=valid_until,
        evidence=file or "",
    )
    audit.record("credential.added", by=by, on=credential, changes={"kind": kind.key})
    return credential


def _check_years(**days: date | None) -> None:
    """Refuse a day outside YEARS, by its field: a slip of the keyboard."""
    for field, day in days.items():
        if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
            raise InvalidInput(
                _("The year is not between %(first)s and %(last)s."),
                action=_("Check the date against the document."),
                where=field,
                params={"first": YEARS[0], "last": YEARS[1]},
            )


def _check_new(
    expert: Expert, kind: CredentialKind, claim: str, valid_from: date, valid_until: date | None
) -> None:
    """Refuse what this person has handed in before, for days that overlap. Locks the person's row."""
    Expert.objects.select_for_update(no_key=True).get(pk=expert.pk)
    refused = CredentialVerification.objects.filter(accepted=False, revoked=False)
    same = Credential.objects.filter(expert=expert, kind=kind, claim=claim).exclude(
        pk__in=refused.values("credential")  # what was rejected may be handed in again, with better evidence
    )
    ends_later = same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from))
    if valid_until is not None:
        ends_later = ends_later.filter(valid_from__lte=valid_until)
    if ends_later.exists():
        raise InvalidInput(
            _("You have handed in this credential already, for days that overlap with these."),
            action=_("Check the two dates."),
            code="overlapping_dates",
            where="valid_from",
        )
