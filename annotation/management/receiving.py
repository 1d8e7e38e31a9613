"""Which organisation a command works for where it has no project yet, and who the audit trail names."""

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import Organisation, User
from core.organisations import is_allowed
from core.roles import Capability, Role


def first_owner(organisation: int) -> User:
    """The organisation's owner of longest standing, by its number."""
    owners = User.objects.filter(
        memberships__organisation=organisation,
        memberships__project_id=None,
        memberships__role=Role.OWNER,
        memberships__ended_at=None,
    )
    return owners.order_by("pk")[0]


def receiving(name: str | None, email: str | None) -> tuple[Organisation, User]:
    """The organisation of that id or exact name, the only one by default; and the person, its first owner by default.

    Raises CommandError for none or several organisations, and for somebody who may not lead projects in it.
    """
    organisations = (
        Organisation.objects.filter(Q(uid=name) | Q(name=name)) if name else Organisation.objects.all()
    )
    found = list(organisations.order_by("pk")[:2])
    if not found:
        raise CommandError(_("There is no such organisation."))
    if len(found) > 1:
        raise CommandError(_("There are several organisations: name one with --organisation, by its id."))
    (organisation,) = found
    if not email:
        return organisation, first_owner(organisation.pk)
    person = User.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise CommandError(_("Nobody here has the address %(email)s.") % {"email": email})
    if not is_allowed(person, organisation, Capability.LEAD_PROJECT):
        raise CommandError(
            _("No role of %(email)s in “%(organisation)s” allows this.")
            % {"email": email, "organisation": organisation.name}
        )
    return organisation, person
