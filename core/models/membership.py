"""Who holds which role where, and the invitations that lead to it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.roles import Capability, Role, roles_that

if TYPE_CHECKING:
    from core.models.user import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)

    def granting(self, user: "User", capability: Capability) -> "MembershipQuerySet":
        """The person's current memberships whose role allows the capability."""
        return self.current().filter(user=user, role__in=roles_that(capability))


class Membership(models.Model):
    """A role in an organisation (`project_id` empty: in every project it owns) or in one project.

    `project_id` is a plain integer: `core` knows no Project. `organisation` is whom the person acts for.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "core.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    project_id = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at=None, project_id=None),
                name="one_current_role_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "project_id", "role"],
                condition=Q(ended_at=None) & ~Q(project_id=None),
                name="one_current_role_per_project",
            ),
        )
        indexes = (
            models.Index(fields=["user", "role"], condition=Q(ended_at=None), name="membership_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(revoked_at=None, accepted_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An offer of a role. With an e-mail address it serves that person once; without, anyone who has the link."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    organisation = models.ForeignKey(
        "core.Organisation", on_delete=models.PROTECT, related_name="invitations"
    )
    project_id = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    email = models.EmailField(blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.role} {self.email}"
