"""What happens to organisations and their people: the only writes. Keyword-only functions; callers have authorised."""

import secrets
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from core import audit, jobs
from core.models import Invitation, Membership, Organisation, User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotFound
from core.roles import ALLOWED, Capability, Role

INVITATION_DAYS = 14
_SALT = "assay.invitation"


def is_allowed(user: User, organisation: Organisation, capability: Capability) -> bool:
    """Whether a role in the whole organisation allows it."""
    return (
        Membership.objects.granting(user, capability)
        .filter(organisation=organisation, project_id=None)
        .exists()
    )


def where_allowed(user: User, capability: Capability) -> QuerySet[Organisation]:
    """Where a role in the whole organisation allows it."""
    granting = Membership.objects.granting(user, capability).filter(project_id=None)
    return Organisation.objects.filter(pk__in=granting.values("organisation"))


def home_organisation(user: User) -> Organisation:
    """Where the person has held a role the longest, the whole before its projects. Raises NotFound for none."""
    held = Membership.objects.current().filter(user=user).select_related("organisation")
    first = held.order_by(F("project_id").asc(nulls_first=True), "pk").first()
    if first is None:
        raise NotFound(_("You belong to no organisation."), action=_("Found one, or ask for an invitation."))
    return first.organisation


@transaction.atomic
def create_organisation(
    *, name: str, by: User, default_licence: str = "", default_rights: str = ""
) -> Organisation:
    """Found an organisation; whoever does it owns it. Raises InvalidInput for an empty name."""
    name = name.strip()
    if not name:
        raise InvalidInput(_("An organisation needs a name."), action=_("Type a name."), where="name")
    organisation = Organisation.objects.create(
        name=name,
        default_licence=default_licence.strip(),
        default_rights=default_rights.strip(),
        secret=secrets.token_hex(32),
    )
    membership = Membership.objects.create(user=by, organisation=organisation, role=Role.OWNER)
    audit.record("organisation.created", by=by, on=organisation, organisation_id=organisation.pk)
    audit.record(
        "membership.granted",
        by=by,
        on=membership,
        organisation_id=organisation.pk,
        changes={"role": Role.OWNER},
    )
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: User, name: str, default_licence: str, default_rights: str
) -> None:
    """Change the name and what an import may rely on when it states nothing itself."""
    if not name.strip():
        raise InvalidInput(_("An organisation needs a name."), action=_("Type a name."), where="name")
    values = {
        "name": name.strip(),
        "default_licence": default_licence.strip(),
        "default_rights": default_rights.strip(),
    }
    changed = {key: value for key, value in values.items() if getattr(organisation, key) != value}
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    audit.record(
        "organisation.changed",
        by=by,
        on=organisation,
        organisation_id=organisation.pk,
        changes={"fields": [*changed]},
    )


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    role: str,
    by: User,
    email: str = "",
    project_id: int | None = None,
    place: str = "",
) -> Invitation:
    """Offer a role. Only an owner may offer ownership. The link is `invitation_token(invitation)`.

    With an e-mail address a letter goes out, by a job; `place` is what it calls the organisation or project.
    """
    if role not in Role.values:
        raise InvalidInput(
            _("There is no such role."), action=_("Choose one of the roles offered."), where="role"
        )
    if role == Role.OWNER and not is_allowed(by, organisation, Capability.OWN_ORGANISATION):
        raise NotAllowed(_("Only an owner may invite another owner."))
    invitation = Invitation.objects.create(
        organisation=organisation,
        project_id=project_id,
        role=role,
        email=email.strip().lower(),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    audit.record(
        "invitation.made",
        by=by,
        on=invitation,
        organisation_id=organisation.pk,
        project_id=project_id,
        changes={"role": role, "email": audit.digest(invitation.email) if invitation.email else ""},
    )
    if invitation.email:
        jobs.enqueue(
            "invitation_letter",
            args={
                "invitation": invitation.pk,
                "place": place or organisation.name,
                "language": translation.get_language(),
            },
            project_id=project_id,
            organisation_id=organisation.pk,
            by=by,
        )
    return invitation


def invitation_token(invitation: Invitation) -> str:
    """The secret part of the link: signed, so that nothing secret is stored."""
    return signing.Signer(salt=_SALT).sign(invitation.uid)


def invitation_of(token: str) -> Invitation:
    """The open invitation behind a link's token; raises NotFound."""
    try:
        uid = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature as error:
        raise NotFound(_("This invitation is not valid."), action=_("Ask for a new one.")) from error
    invitation = Invitation.objects.open().filter(uid=uid).select_related("organisation").first()
    if invitation is None:
        raise NotFound(_("This invitation has ended."), action=_("Ask for a new one."))
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Take up an offer. One with an e-mail address serves only that address, once."""
    if invitation.email and invitation.email != by.email.lower():
        raise NotAllowed(
            _("This invitation was sent to another address."),
            action=_("Log in with that address, or ask for a new one."),
        )
    still = Invitation.objects.open().filter(pk=invitation.pk)
    if not (still.update(accepted_at=timezone.now()) if invitation.email else still.exists()):
        raise AlreadyDone(_("This invitation has ended."), action=_("Ask for a new one."))
    audit.record(
        "invitation.accepted",
        by=by,
        on=invitation,
        organisation_id=invitation.organisation_id,
        project_id=invitation.project_id,
        changes={"role": invitation.role},
    )
    return grant(
        user=by,
        organisation=invitation.organisation,
        project_id=invitation.project_id,
        role=invitation.role,
        by=by,
        invited_by=invitation.invited_by,
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Withdraw an offer that is still open."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        raise AlreadyDone(_("This invitation has ended already."))
    audit.record("invitation.revoked", by=by, on=invitation, organisation_id=invitation.organisation_id)


@transaction.atomic
def grant(
    *,
    user: User,
    organisation: Organisation,
    role: str,
    by: User,
    project_id: int | None = None,
    invited_by: User | None = None,
) -> Membership:
    """Give a role; giving it twice changes nothing. `invited_by` when the person took it up by an invitation."""
    wanted = {
        "user": user,
        "organisation": organisation,
        "role": role,
        "project_id": project_id,
        "ended_at": None,
    }
    held = Membership.objects.filter(**wanted).first()
    if held:
        return held
    try:
        with transaction.atomic():
            membership = Membership.objects.create(**wanted)
    except IntegrityError:
        # A role in the whole is unique in its organisation, one in a project whichever organisation gave it.
        there = {"organisation": organisation} if project_id is None else {}
        return Membership.objects.current().get(user=user, role=role, project_id=project_id, **there)
    audit.record(
        "membership.granted",
        by=by,
        on=membership,
        organisation_id=organisation.pk,
        project_id=project_id,
        changes={"user": user.uid, "role": role} | ({"invited_by": invited_by.uid} if invited_by else {}),
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Take a role away. The last owner of an organisation cannot go."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    is_owner = membership.role in ALLOWED[Capability.OWN_ORGANISATION] and membership.project_id is None
    if is_owner and not is_allowed(by, organisation, Capability.OWN_ORGANISATION):
        raise NotAllowed(_("Only an owner may remove an owner."))
    if is_owner:
        owners = Membership.objects.current().filter(
            organisation=organisation, project_id=None, role=Role.OWNER
        )
        if owners.exclude(pk=membership.pk).count() == 0:
            raise InvalidInput(
                _("An organisation needs an owner."),
                action=_("Make somebody else an owner first."),
                code="last_owner",
            )
    if not Membership.objects.current().filter(pk=membership.pk).update(ended_at=timezone.now()):
        raise AlreadyDone(_("This role was taken away already."))
    audit.record(
        "membership.ended",
        by=by,
        on=membership,
        organisation_id=organisation.pk,
        project_id=membership.project_id,
        changes={"role": membership.role},
    )


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Replace one role by another in the same place."""
    if role not in Role.values:
        raise InvalidInput(
            _("There is no such role."), action=_("Choose one of the roles offered."), where="role"
        )
    organisation = membership.organisation
    if role == Role.OWNER and not is_allowed(by, organisation, Capability.OWN_ORGANISATION):
        raise NotAllowed(_("Only an owner may make another owner."))
    end_membership(membership=membership, by=by)
    return grant(
        user=membership.user, organisation=organisation, role=role, by=by, project_id=membership.project_id
    )
