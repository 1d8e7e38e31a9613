"""What happens to keys: the only writes. Keyword-only functions, one transaction each; a person changes their own."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit, key_forms
from core.models import LegacyKey, Membership, Organisation, PersonalToken, User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotFound

DEFAULT_DAYS = 365
MOST_DAYS = 73_000


def legacy_key(user: User) -> str:
    """The person's legacy key; empty while they have none, or only one that another SECRET_KEY made."""
    kept = LegacyKey.objects.filter(user=user).first()
    key = key_forms.legacy_key(user.uid, kept.counter) if kept else ""
    return key if kept and kept.digest == key_forms.digest(key) else ""


def show_legacy_key(*, user: User) -> str:
    """The person's legacy key; made if they have none. Raises NotAllowed where an organisation forbids them."""
    _check_allowed(user, "legacy_keys")
    return legacy_key(user) or _make_legacy_key(user)


@transaction.atomic
def _make_legacy_key(user: User) -> str:
    kept, _made = LegacyKey.objects.get_or_create(
        user=user, defaults={"digest": key_forms.digest(key_forms.legacy_key(user.uid, 0))}
    )
    key = key_forms.legacy_key(user.uid, kept.counter)
    LegacyKey.objects.filter(user=user, counter=kept.counter).update(digest=key_forms.digest(key))
    audit.record("key.made", by=user, on=user)
    return key


@transaction.atomic
def reset_legacy_key(*, user: User) -> str:
    """Another legacy key; the one before ends. Raises NotAllowed where an organisation forbids them."""
    show_legacy_key(user=user)  # so that there is one
    kept = LegacyKey.objects.select_for_update().get(user=user)
    key = key_forms.legacy_key(user.uid, kept.counter + 1)
    kept.counter, kept.digest = kept.counter + 1, key_forms.digest(key)
    kept.made_at, kept.last_used_at = timezone.now(), None
    kept.save()
    audit.record("key.reset", by=user, on=user)
    return key


def tokens_of(user: User) -> list[PersonalToken]:
    """The person's tokens that are in force: none, or one."""
    return list(PersonalToken.objects.in_force().filter(user=user))


def token_text(token: PersonalToken) -> str:
    """The token itself, as it is handed out."""
    return key_forms.sign(
        key_forms.REFRESH,
        jti=token.jti,
        user_id=token.user_id,
        made=token.created_at,
        ends=token.expires_at,
    )


@transaction.atomic
def make_token(*, user: User) -> PersonalToken:
    """A personal access token. Raises AlreadyDone while one is in force, NotAllowed where they are forbidden."""
    _check_allowed(user, "tokens")
    now = timezone.now().replace(microsecond=0)
    PersonalToken.objects.filter(user=user, revoked_at=None, expires_at__lte=now).update(
        revoked_at=F("expires_at")
    )
    try:
        with transaction.atomic():
            token = PersonalToken.objects.create(
                user=user, created_at=now, expires_at=now + timedelta(days=_days(user))
            )
    except IntegrityError as error:
        raise AlreadyDone(
            _("You have a personal access token already."),
            action=_("Use it, or revoke it and make a new one."),
            code="token_exists",
        ) from error
    audit.record("token.made", by=user, on=user, changes={"token": token.jti})
    return token


@transaction.atomic
def revoke_token(*, user: User, jti: str) -> None:
    """End a token of one's own, and with it every access token made from it. Raises NotFound."""
    now = timezone.now()
    if not PersonalToken.objects.in_force().filter(user=user, jti=jti).update(revoked_at=now):
        raise NotFound(
            _("You have no such token, or it has ended already."), action=_("List your tokens again.")
        )
    audit.record("token.revoked", by=user, on=user, changes={"token": jti})


@transaction.atomic
def rotate_token(*, user: User, jti: str) -> PersonalToken:
    """End a token of one's own and make the next one, both or neither. Raises as the two do."""
    revoke_token(user=user, jti=jti)
    return make_token(user=user)


@transaction.atomic
def change_key_policy(
    *,
    organisation: Organisation,
    by: User,
    token_days: int,
    tokens_allowed: bool,
    legacy_keys_allowed: bool,
) -> None:
    """Which keys the organisation's people may call with, and how long new tokens last. Raises InvalidInput."""
    if not 1 <= token_days <= MOST_DAYS:
        raise InvalidInput(
            _("A token lasts from 1 to %(most)s days."),
            action=_("Give another number of days."),
            where="token_days",
            params={"most": MOST_DAYS},
        )
    values = {
        "token_days": token_days,
        "tokens_allowed": tokens_allowed,
        "legacy_keys_allowed": legacy_keys_allowed,
    }
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    audit.record(
        "organisation.keys_changed",
        by=by,
        on=organisation,
        organisation_id=organisation.pk,
        changes=values,
    )


def kinds_allowed(user: User) -> dict[str, bool]:
    """Whether all organisations in which the person holds a role allow `tokens`, and `legacy_keys`."""
    held = Membership.objects.current().filter(user=user)
    rules = list(held.values_list("organisation__tokens_allowed", "organisation__legacy_keys_allowed"))
    return {"tokens": all(rule[0] for rule in rules), "legacy_keys": all(rule[1] for rule in rules)}


def _check_allowed(user: User, kind: str) -> None:
    if not kinds_allowed(user)[kind]:
        raise NotAllowed(
            _("An organisation that you belong to does not allow keys of this kind."),
            action=_("Use the other kind of key, or ask an owner of the organisation."),
        )


def _days(user: User) -> int:
    """How long a token of theirs lasts: as the strictest of their organisations says."""
    held = Membership.objects.current().filter(user=user)
    least = held.aggregate(least=Min("organisation__token_days"))["least"]
    return least or DEFAULT_DAYS
