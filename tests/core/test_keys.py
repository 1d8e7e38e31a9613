"""Keys: what opens, what does not, and that at most one token of a person is in force."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import key_forms, keys
from core.callers import access_token, caller_by_access_token, caller_by_legacy_key
from core.models import AuditEvent, LegacyKey, PersonalToken, User
from core.organisations import create_organisation, end_membership, grant
from core.refusals import AlreadyDone, InvalidInput, KeyRefused, NotAllowed, NotFound
from tests.cast import person


@pytest.fixture
def carol(db: None) -> User:
    return person("carol")


def refresh_of(user: User) -> str:
    """A fresh personal access token of somebody."""
    return keys.token_text(keys.make_token(user=user))


def claims_of(token: str) -> dict[str, Any]:
    """What a token says."""
    read: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return read


def test_a_legacy_key_is_shown_again_until_it_is_reset(carol: User) -> None:
    assert keys.legacy_key(carol) == ""
    first = keys.show_legacy_key(user=carol)
    assert len(first) == 40
    assert int(first, 16) >= 0
    assert keys.show_legacy_key(user=carol) == keys.legacy_key(carol) == first
    assert caller_by_legacy_key(first) == carol
    second = keys.reset_legacy_key(user=carol)
    assert second != first
    assert caller_by_legacy_key(second) == carol
    with pytest.raises(KeyRefused):
        caller_by_legacy_key(first)


def test_the_database_does_not_hold_what_opens(carol: User) -> None:
    key, token = keys.show_legacy_key(user=carol), refresh_of(carol)
    stored = [*LegacyKey.objects.values_list(), *PersonalToken.objects.values_list()]
    assert key not in str(stored)
    assert token not in str(stored)
    trail = AuditEvent.objects.filter(actor_id=carol.pk).order_by("pk")
    assert [event.action for event in trail] == ["key.made", "token.made"]
    assert key not in str([event.changes for event in trail])


def test_two_people_have_two_keys(carol: User) -> None:
    assert keys.show_legacy_key(user=carol) != keys.show_legacy_key(user=person("dan"))


@pytest.mark.parametrize("wrong", ["", "0" * 40, "0" * 41, "ключ", "\0", "٣" * 40, "A" * 40])
def test_what_is_no_legacy_key_is_refused(carol: User, wrong: str) -> None:
    keys.show_legacy_key(user=carol)
    with pytest.raises(KeyRefused):
        caller_by_legacy_key(wrong)


def test_another_secret_key_ends_all_keys_and_a_new_one_can_be_shown(carol: User, settings: Any) -> None:
    key, refresh = keys.show_legacy_key(user=carol), refresh_of(carol)
    access = access_token(refresh)
    settings.SECRET_KEY = "y" * 50
    assert keys.legacy_key(carol) == ""
    for call in (
        lambda: caller_by_legacy_key(key),
        lambda: caller_by_access_token(access),
        lambda: access_token(refresh),
    ):
        with pytest.raises(KeyRefused):
            call()
    again = keys.show_legacy_key(user=carol)
    assert again != key
    assert caller_by_legacy_key(again) == carol
    assert caller_by_access_token(access_token(refresh_of(person("dan")))).name == "Dan"


def test_claims_of_the_two_tokens(carol: User) -> None:
    refresh = refresh_of(carol)
    long, short = claims_of(refresh), claims_of(access_token(refresh))
    assert jwt.get_unverified_header(refresh) == {"alg": "HS256", "typ": "JWT"}
    assert long.keys() == {"token_type", "exp", "iat", "jti", "user_id"}
    assert (long["token_type"], short["token_type"]) == ("refresh", "access")
    assert (long["user_id"], short["user_id"]) == (carol.pk, carol.pk)
    assert long["exp"] - long["iat"] == 365 * 24 * 3600
    assert short["exp"] - short["iat"] == 300
    assert short["made_with"] == long["jti"] != short["jti"]


def test_one_kind_of_token_does_not_do_for_the_other(carol: User) -> None:
    refresh = refresh_of(carol)
    access = access_token(refresh)
    assert caller_by_access_token(access) == carol
    with pytest.raises(KeyRefused):
        caller_by_access_token(refresh)
    with pytest.raises(KeyRefused):
        access_token(access)


def test_an_access_token_ends(carol: User, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh = refresh_of(carol)
    before = timezone.now() - timedelta(minutes=6)
    monkeypatch.setattr("core.callers.timezone.now", lambda: before)
    access = access_token(refresh)
    monkeypatch.undo()
    with pytest.raises(KeyRefused):
        caller_by_access_token(access)


def test_a_token_that_has_ended_makes_room_for_the_next(carol: User) -> None:
    refresh = refresh_of(carol)
    access = access_token(refresh)
    PersonalToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert keys.tokens_of(carol) == []
    for call in (lambda: access_token(refresh), lambda: caller_by_access_token(access)):
        with pytest.raises(KeyRefused):
            call()
    assert access_token(refresh_of(carol))


def test_a_revoked_token_ends_with_its_access_tokens(carol: User) -> None:
    refresh = refresh_of(carol)
    access = access_token(refresh)
    with pytest.raises(NotFound):
        keys.revoke_token(user=person("dan"), jti=key_forms.jti_of(refresh))
    keys.revoke_token(user=carol, jti=key_forms.jti_of(refresh))
    for call in (lambda: access_token(refresh), lambda: caller_by_access_token(access)):
        with pytest.raises(KeyRefused):
            call()
    with pytest.raises(NotFound):
        keys.revoke_token(user=carol, jti=key_forms.jti_of(refresh))


def test_at_most_one_token_is_in_force(carol: User) -> None:
    token = keys.make_token(user=carol)
    with pytest.raises(AlreadyDone):
        keys.make_token(user=carol)
    following = keys.rotate_token(user=carol, jti=token.jti)
    assert keys.tokens_of(carol) == [following]
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalToken.objects.create(user=carol, created_at=now, expires_at=now)


def test_who_is_not_active_does_not_come_in(carol: User) -> None:
    key, refresh = keys.show_legacy_key(user=carol), refresh_of(carol)
    access = access_token(refresh)
    User.objects.filter(pk=carol.pk).update(is_active=False)
    for call in (
        lambda: caller_by_legacy_key(key),
        lambda: access_token(refresh),
        lambda: caller_by_access_token(access),
    ):
        with pytest.raises(KeyRefused):
            call()


def test_forged_tokens_are_refused(carol: User) -> None:
    refresh = refresh_of(carol)
    good = claims_of(access_token(refresh))
    secret = key_forms._secret()
    forged = {
        "another secret": jwt.encode(good, b"z" * 32, algorithm="HS256"),
        "another algorithm": jwt.encode(good, secret * 2, algorithm="HS512"),
        "the same secret, another algorithm": jwt.encode(good, secret + secret, algorithm="HS384"),
        "no algorithm": jwt.encode(good, "", algorithm="none"),
        "without an end": jwt.encode(
            {key: value for key, value in good.items() if key != "exp"}, secret, algorithm="HS256"
        ),
    }
    header, payload, signature = access_token(refresh).split(".")
    other = base64.urlsafe_b64encode(json.dumps(good | {"user_id": 1}).encode()).decode().rstrip("=")
    forged["another payload"] = f"{header}.{other}.{signature}"
    forged["no signature"] = f"{header}.{payload}."
    for token in forged.values():
        with pytest.raises(KeyRefused):
            caller_by_access_token(token)
    stranger = person("dan")
    with pytest.raises(KeyRefused):  # signed by us, of a token that is somebody else's
        caller_by_access_token(jwt.encode(good | {"user_id": stranger.pk}, secret, algorithm="HS256"))


def part(value: str) -> str:
    """A part of a JWT."""
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "\ud800.\ud800.\ud800",
        f"{part('[' * 900)}.{part('{}')}.x",
        f"{part('[]')}.{part('[]')}.{part('x')}",
        f"{part(json.dumps({'alg': []}))}.{part('{}')}.",
        f"{part(json.dumps({'alg': 'HS256', 'crit': ['b64'], 'b64': False}))}..{part('x')}",
        "x" * 5000,
    ],
)
def test_garbage_never_raises(garbage: str) -> None:
    assert key_forms.read(garbage, key_forms.ACCESS) is None
    assert key_forms.jti_of(garbage) == ""


@given(st.text(st.characters(), max_size=80) | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*"))
def test_no_text_raises(text: str) -> None:
    assert key_forms.read(text, key_forms.REFRESH) is None
    key_forms.jti_of(text)


def test_a_token_is_named_with_or_without_its_signature(carol: User) -> None:
    token = keys.make_token(user=carol)
    whole = keys.token_text(token)
    assert key_forms.jti_of(whole) == key_forms.jti_of(key_forms.without_signature(whole)) == token.jti
    with pytest.raises(KeyRefused):
        access_token(key_forms.without_signature(whole) + ".")


def test_a_call_costs_one_query(carol: User, django_assert_num_queries: Any) -> None:
    key, access = keys.show_legacy_key(user=carol), access_token(refresh_of(carol))
    caller_by_legacy_key(key)
    assert LegacyKey.objects.get().last_used_at is not None
    assert PersonalToken.objects.get().last_used_at is not None
    with django_assert_num_queries(1):
        caller_by_legacy_key(key)
    with django_assert_num_queries(1):
        caller_by_access_token(access)
    with django_assert_num_queries(0), pytest.raises(KeyRefused):
        caller_by_access_token(access + "x")


def test_an_organisation_says_which_keys_its_people_use_and_how_long(carol: User) -> None:
    house = create_organisation(name="House", by=carol)
    other = create_organisation(name="Other", by=carol)
    key, refresh = keys.show_legacy_key(user=carol), refresh_of(carol)
    access = access_token(refresh)
    policy: dict[str, Any] = {"organisation": house, "by": carol, "token_days": 7}
    keys.change_key_policy(**policy, tokens_allowed=False, legacy_keys_allowed=False)
    for call in (
        lambda: caller_by_legacy_key(key),
        lambda: caller_by_access_token(access),
        lambda: access_token(refresh),
    ):
        with pytest.raises(KeyRefused) as refused:
            call()
        assert refused.value.code == "key_not_allowed"
    makers: list[Callable[..., object]] = [keys.show_legacy_key, keys.reset_legacy_key, keys.make_token]
    for make in makers:
        with pytest.raises(NotAllowed):
            make(user=carol)
    keys.change_key_policy(**policy, tokens_allowed=True, legacy_keys_allowed=True)
    assert caller_by_legacy_key(key) == caller_by_access_token(access) == carol
    token = keys.rotate_token(user=carol, jti=key_forms.jti_of(refresh))
    assert token.expires_at - token.created_at == timedelta(days=7)
    end_membership_of(carol, other.pk)
    assert caller_by_legacy_key(key) == carol
    with pytest.raises(InvalidInput):
        keys.change_key_policy(**(policy | {"token_days": 0}), tokens_allowed=True, legacy_keys_allowed=True)


def end_membership_of(user: User, organisation_id: int) -> None:
    """Have somebody else own the organisation, and end the person's part in it; then forbid keys there."""
    held = user.memberships.get(organisation=organisation_id)
    heir = person("heir")
    grant(user=heir, organisation=held.organisation, role="owner", by=user)
    end_membership(membership=held, by=user)
    keys.change_key_policy(
        organisation=held.organisation, by=heir, token_days=1, tokens_allowed=False, legacy_keys_allowed=False
    )
