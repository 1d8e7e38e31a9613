"""Declare and withdraw interests: the only writes of conflicts. The audit trail holds hashes, never the names."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Conflict, Expert
from experts.models.conflict import ConflictKey, ConflictKind
from experts.names import party_keys

LONGEST = {"name": 200, "identifier": 100}


@transaction.atomic
def declare(*, expert: Expert, by: User, kind: str, name: str, identifier: str = "") -> Conflict:
    """Write down an interest; from now on it bars the expert. Raises InvalidInput, AlreadyDone."""
    given = {"name": name.strip(), "identifier": identifier.strip()}
    for field, longest in LONGEST.items():
        if len(given[field]) > longest:
            raise InvalidInput(
                _("This is longer than %(limit)s characters."),
                action=_("Shorten it."),
                where=field,
                params={"limit": longest},
            )
    if kind not in ConflictKind.values:
        raise InvalidInput(_("There is no such choice."), where="kind")
    if not party_keys(given["name"]):
        raise InvalidInput(
            _("A name needs a letter or a digit."),
            action=_("Type the name as it is usually written."),
            where="name",
        )
    if given["identifier"] and not party_keys("", given["identifier"]):
        raise InvalidInput(
            _("This identifier is too short to tell anybody apart."),
            action=_("Type all of it, or leave it empty."),
            where="identifier",
        )
    keys = party_keys(**given)
    try:
        with transaction.atomic():
            conflict = Conflict.objects.create(expert=expert, kind=kind, fingerprint="\n".join(keys), **given)
    except IntegrityError as error:
        raise AlreadyDone(_("You have declared this already.")) from error
    ConflictKey.objects.bulk_create([ConflictKey(conflict=conflict, expert=expert, key=key) for key in keys])
    _tell("conflict.declared", conflict, by)
    return conflict


@transaction.atomic
def withdraw(*, conflict: Conflict, by: User) -> None:
    """End an interest now; the row stays. Raises AlreadyDone."""
    if not Conflict.objects.current().filter(pk=conflict.pk).update(ended_at=timezone.now()):
        raise AlreadyDone(_("This conflict was withdrawn already."))
    _tell("conflict.withdrawn", conflict, by)


def _tell(action: str, conflict: Conflict, by: User) -> None:
    changes = {
        "kind": conflict.kind,
        "name": audit.digest(conflict.name),
        "keys": audit.digest(conflict.fingerprint),
    }
    audit.record(action, by=by, on=conflict, changes=changes)
