"""What happens to the keys that sign releases, and signing: the only writes. Callers have authorised."""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from assay.encoding import base64_text
from assay.envelope import seal, statement
from assay.keys import key_id
from core import audit, faults, sealing
from core.models import Membership, Organisation, SigningKey, User
from core.refusals import AlreadyDone, SigningKeyLocked
from core.roles import Capability

_PURPOSE = "assay.signing-key"


def keys_of(organisation: Organisation) -> QuerySet[SigningKey]:
    """Its keys, the newest first. Retired ones still verify what they signed."""
    return SigningKey.objects.filter(organisation=organisation).order_by("-pk")


def may_see_keys(user: User, organisation: Organisation) -> bool:
    """Whether a role in the organisation, or in a project of it, lets the person see releases."""
    return Membership.objects.granting(user, Capability.SEE_WORK).filter(organisation=organisation).exists()


def current_key(organisation: Organisation, *, by: User | None = None) -> SigningKey:
    """The key that signs now; made if there is none. Of two who make the first one, one does."""
    return _current(organisation) or _first(organisation, by)


@transaction.atomic
def rotate_key(*, organisation: Organisation, by: User | None) -> SigningKey:
    """Another key in the place of the current one, whose public part stays listed and whose private part is erased.

    Raises AlreadyDone for the slower of two who do this at once.
    """
    current = _current(organisation)
    if current is None:
        return _first(organisation, by)
    retired = {"retired_at": timezone.now(), "private": ""}
    if not SigningKey.objects.current().filter(pk=current.pk).update(**retired):
        raise AlreadyDone
    faults.point("signing.between_keys")
    made = _make(organisation, by)
    _record("signing_key.rotated", organisation, by, {"key": made.key_id, "before": current.key_id})
    return made


def sign_manifest(
    organisation: Organisation, manifest: Mapping[str, Any], manifest_bytes: bytes
) -> tuple[bytes, str]:
    """The envelope for a manifest (the file's bytes) and the id of the key that signed it.

    Ed25519 is deterministic: the same key signs the same bytes alike. Raises SigningKeyLocked where the private part
    was encrypted under a SECRET_KEY that is not known any more.
    """
    key = current_key(organisation)
    private = open_key(key)
    said = statement(manifest, manifest_bytes, key.raw)
    return seal(said.payload, key.raw, private.sign), key.key_id


def open_key(key: SigningKey) -> Ed25519PrivateKey:
    """The private part of a current key; encrypted anew where that was under an older SECRET_KEY.

    Raises SigningKeyLocked.
    """
    try:
        raw, is_old = sealing.open_sealed(key.private, purpose=_PURPOSE, name=key.key_id)
    except sealing.CannotOpen as error:
        raise SigningKeyLocked(params={"key": key.key_id[:16]}) from error
    if is_old:  # a rotation meanwhile has erased it: then it stays so
        sealed = sealing.seal(raw, purpose=_PURPOSE, name=key.key_id)
        SigningKey.objects.current().filter(pk=key.pk).update(private=sealed)
    return Ed25519PrivateKey.from_private_bytes(raw)


def _current(organisation: Organisation) -> SigningKey | None:
    return SigningKey.objects.current().filter(organisation=organisation).first()


def _first(organisation: Organisation, by: User | None) -> SigningKey:
    try:
        with transaction.atomic():
            made = _make(organisation, by)
            _record("signing_key.made", organisation, by, {"key": made.key_id})
            return made
    except IntegrityError:  # somebody else made it meanwhile
        return SigningKey.objects.current().get(organisation=organisation)


def _make(organisation: Organisation, by: User | None) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    name = key_id(public)
    return SigningKey.objects.create(
        organisation=organisation,
        key_id=name,
        public=base64_text(public),
        private=sealing.seal(private.private_bytes_raw(), purpose=_PURPOSE, name=name),
        created_at=timezone.now(),
        made_by=by,
    )


def _record(action: str, organisation: Organisation, by: User | None, changes: dict[str, str]) -> None:
    audit.record(action, by=by, on=organisation, organisation_id=organisation.pk, changes=changes)
