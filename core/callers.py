"""Who calls with a key. One query each; that a key was used is noted once an hour, not with every call."""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from core import key_forms
from core.ids import new_uid
from core.models import LegacyKey, PersonalToken, User
from core.questions import TEXT, Question
from core.refusals import KeyRefused

ACCESS_MINUTES = 5
_LEGACY = re.compile(rf"[0-9a-f]{{{key_forms.LEGACY_LENGTH}}}")
_NOTE_AGAIN = timedelta(hours=1)
_by_digest = Question[LegacyKey](
    lambda digest: LegacyKey.objects.of_active_people().filter(digest=digest), digest=TEXT
)


def caller_by_legacy_key(key: str) -> User:
    """Whose key it is. Raises KeyRefused."""
    if not _LEGACY.fullmatch(key):
        raise KeyRefused
    found = _by_digest.first(digest=key_forms.digest(key))
    # Derived again: a key that was made under another SECRET_KEY ends with it.
    if found is None or not constant_time_compare(key_forms.legacy_key(found.user.uid, found.counter), key):
        raise KeyRefused
    return _admit(found)


def caller_by_access_token(token: str) -> User:
    """For whom an access token was made, while its personal access token holds. Raises KeyRefused."""
    claims = key_forms.read(token, key_forms.ACCESS)
    if claims is None:
        raise KeyRefused
    return _admit(_token(claims["made_with"], claims["user_id"]), note=False)


def access_token(refresh: str) -> str:
    """An access token, good for five minutes, for whoever has this personal access token. Raises KeyRefused."""
    claims = key_forms.read(refresh, key_forms.REFRESH)
    if claims is None:
        raise KeyRefused
    found = _token(claims["jti"], claims["user_id"])
    user, now = _admit(found), timezone.now()
    return key_forms.sign(
        key_forms.ACCESS,
        jti=new_uid(),
        user_id=user.pk,
        made=now,
        ends=min(now + timedelta(minutes=ACCESS_MINUTES), found.expires_at),
        made_with=found.jti,
    )


def _token(jti: str, user_id: int) -> PersonalToken:
    found = PersonalToken.objects.of_active_people().filter(jti=jti, user=user_id).first()
    if found is None:
        raise KeyRefused
    return found


def _admit(found: LegacyKey | PersonalToken, *, note: bool = True) -> User:
    """The key's person, unless an organisation forbids its kind; `note` that it was used."""
    if getattr(found, "barred", False):
        raise KeyRefused(
            _("An organisation that you belong to does not allow keys of this kind."),
            action=_("Use the other kind of key, or ask an owner of the organisation."),
            code="key_not_allowed",
        )
    now = timezone.now()
    if note and (found.last_used_at is None or found.last_used_at < now - _NOTE_AGAIN):
        type(found).objects.filter(pk=found.pk).update(last_used_at=now)
    return found.user
