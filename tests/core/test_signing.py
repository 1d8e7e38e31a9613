"""Signing keys: made on first use, one current, rotated, sealed, and what they sign verified by a stranger."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from assay.encoding import base64_text
from assay.envelope import ENVELOPE
from assay.keys import key_id, read_key
from assay.reading import source
from assay.verdict import BROKEN, GOOD
from assay.verify import verify
from core import sealing, signing
from core.models import AuditEvent, Organisation, SigningKey
from core.organisations import create_organisation
from core.refusals import AlreadyDone, SigningKeyLocked
from tests.assay.releases import build, manifest_of, written
from tests.assay.releases import files as small
from tests.cast import person
from tests.core.database import committed, together

__all__ = ["committed"]
OLD, NEW = "o" * 50, "n" * 50


@pytest.fixture
def house(db: None) -> Organisation:
    return create_organisation(name="House", by=person("alice"))


def signed(house: Organisation, folder: Path) -> Path:
    """A release that the organisation signed."""
    manifest = manifest_of(small())
    envelope, _key = signing.sign_manifest(house, manifest, written(manifest))
    build(folder)
    (folder / ENVELOPE).write_bytes(envelope)
    return folder


def state(folder: Path, *publics: str) -> str:
    """The verdict with these keys pinned."""
    keys = [read_key(public) for public in publics]
    return verify(source(folder), {key_id(key): key for key in keys}).state


def test_the_first_key_is_made_on_first_use(house: Organisation, tmp_path: Path) -> None:
    assert list(signing.keys_of(house)) == []
    folder = signed(house, tmp_path)
    [key] = signing.keys_of(house)
    assert state(folder, key.public) == state(folder, key.pem) == GOOD
    assert key.key_id == hashlib.sha256(key.raw).hexdigest()
    event = AuditEvent.objects.get(action="signing_key.made")
    assert (event.organisation_id, event.changes) == (house.pk, {"key": key.key_id})


def test_the_same_manifest_is_signed_by_the_same_bytes(house: Organisation) -> None:
    manifest = manifest_of(small())
    first = signing.sign_manifest(house, manifest, written(manifest))
    assert signing.sign_manifest(house, manifest, written(manifest)) == first
    assert json.loads(first[0])["signatures"][0]["keyid"] == first[1] == signing.current_key(house).key_id


def test_each_organisation_has_keys_of_its_own(house: Organisation, tmp_path: Path) -> None:
    other = create_organisation(name="Other", by=person("bob"))
    folder = signed(house, tmp_path)
    assert state(folder, signing.current_key(other).public) == BROKEN


def test_after_a_rotation_the_old_key_stays_and_signs_nothing(house: Organisation, tmp_path: Path) -> None:
    before = signed(house, tmp_path / "before")
    old, alice = signing.current_key(house), person("carol")
    new = signing.rotate_key(organisation=house, by=alice)
    after = signed(house, tmp_path / "after")
    assert [key.key_id for key in signing.keys_of(house)] == [new.key_id, old.key_id]
    assert (state(before, old.public), state(after, new.public)) == (GOOD, GOOD)
    assert (state(before, new.public), state(after, old.public)) == (BROKEN, BROKEN)
    assert state(before, old.public, new.public) == state(after, old.public, new.public) == GOOD
    old.refresh_from_db()
    assert old.retired_at is not None
    assert old.private == ""
    event = AuditEvent.objects.get(action="signing_key.rotated")
    assert (event.actor_id, event.changes) == (alice.pk, {"key": new.key_id, "before": old.key_id})


def test_a_rotation_where_there_is_no_key_makes_the_first(house: Organisation) -> None:
    made = signing.rotate_key(organisation=house, by=None)
    assert list(signing.keys_of(house)) == [made]
    assert made.retired_at is None


def test_the_database_refuses_a_second_current_key(house: Organisation) -> None:
    key = signing.current_key(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(
            organisation=house, key_id="0" * 64, public=key.public, private="", created_at=timezone.now()
        )


def test_of_many_who_sign_first_at_once_one_makes_the_key(committed: None) -> None:
    house = create_organisation(name="House", by=person("alice"))
    found = together([lambda: signing.current_key(house).key_id] * 4)
    assert len(set(found)) == 1
    assert SigningKey.objects.count() == AuditEvent.objects.filter(action="signing_key.made").count() == 1


def test_of_many_who_rotate_at_once_each_change_is_whole(committed: None) -> None:
    house = create_organisation(name="House", by=person("alice"))
    signing.current_key(house)

    def rotate() -> str:
        try:
            return signing.rotate_key(organisation=house, by=None).key_id
        except AlreadyDone:
            return ""

    made = [key for key in together([rotate] * 4) if key]
    assert made
    assert SigningKey.objects.current().count() == 1
    assert SigningKey.objects.count() == 1 + len(made)
    assert AuditEvent.objects.filter(action="signing_key.rotated").count() == len(made)


def test_the_database_alone_does_not_sign(house: Organisation) -> None:
    key = signing.current_key(house)
    raw = signing.open_key(key).private_bytes_raw()
    stored = str(list(SigningKey.objects.values_list()))
    for form in (raw.hex(), base64_text(raw), base64_text(raw).rstrip("=")):
        assert form not in stored


@pytest.fixture
def old(settings: Any) -> Any:
    """An installation under an older SECRET_KEY."""
    settings.SECRET_KEY = OLD
    return settings


def test_another_secret_key_is_a_clear_refusal(old: Any, house: Organisation) -> None:
    key = signing.current_key(house)
    old.SECRET_KEY = NEW
    with pytest.raises(SigningKeyLocked) as refused:
        signing.sign_manifest(house, manifest_of(small()), b"{}")
    assert key.key_id[:16] in refused.value.sentence
    assert "SECRET_KEY_FALLBACKS" in refused.value.advice
    signing.rotate_key(organisation=house, by=None)  # the way out where the old one is lost
    signing.sign_manifest(house, manifest_of(small()), b"{}")


def test_a_fallback_opens_the_key_and_it_is_sealed_anew(old: Any, house: Organisation) -> None:
    first = signing.sign_manifest(house, manifest_of(small()), b"{}")
    old.SECRET_KEY, old.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert signing.sign_manifest(house, manifest_of(small()), b"{}") == first
    old.SECRET_KEY_FALLBACKS = []
    assert signing.sign_manifest(house, manifest_of(small()), b"{}") == first


def test_what_is_sealed_opens_for_its_purpose_and_name_alone() -> None:
    sealed = sealing.seal(b"secret", purpose="a", name="b")
    assert sealing.open_sealed(sealed, purpose="a", name="b") == (b"secret", False)
    assert sealing.seal(b"secret", purpose="a", name="b") != sealed
    for wrong in ({"purpose": "x", "name": "b"}, {"purpose": "a", "name": "x"}):
        with pytest.raises(sealing.CannotOpen):
            sealing.open_sealed(sealed, **wrong)
    for changed in ("", "AAAA", sealed[:-4], ("B" if sealed[0] == "A" else "A") + sealed[1:], "é"):
        with pytest.raises(sealing.CannotOpen):
            sealing.open_sealed(changed, purpose="a", name="b")


def test_a_key_row_moved_to_another_organisation_does_not_open(house: Organisation) -> None:
    """The sealed part is bound to the key's id."""
    other = create_organisation(name="Other", by=person("bob"))
    theirs, ours = signing.current_key(other), signing.current_key(house)
    ours.private = theirs.private
    with pytest.raises(SigningKeyLocked):
        signing.open_key(ours)


def test_the_command_prints_the_keys_and_rotates(house: Organisation, capsys: Any) -> None:
    call_command("signing_key", house.uid)
    [line] = capsys.readouterr().out.splitlines()
    current = signing.current_key(house)
    assert line == f"current\t{current.key_id}\t{current.public}"
    call_command("signing_key", "House", "--rotate")
    lines = [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()]
    assert lines == [["current", signing.current_key(house).key_id], ["retired", current.key_id]]


def test_the_command_tells_what_is_wrong(house: Organisation) -> None:
    with pytest.raises(CommandError, match="No organisation"):
        call_command("signing_key", "nobody")
    create_organisation(name="House", by=person("bob"))
    with pytest.raises(CommandError, match="give the id"):
        call_command("signing_key", "House")
    signing.current_key(house)
    with override_settings(SECRET_KEY=NEW), pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("signing_key", house.uid)
