"""An organisation: who owns data and people."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.models.membership import Membership

if TYPE_CHECKING:
    from core.models.user import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> "OrganisationQuerySet":
        """Organisations in which the person holds any role, project-wide ones included."""
        return self.filter(pk__in=Membership.objects.current().filter(user=user).values("organisation"))


class Organisation(models.Model):
    """`secret` keys this organisation's pseudonyms and is never shown.

    `token_days`: how long a personal access token of its people lasts. Keys of a kind that is not allowed are refused
    to everybody who holds a role here (`core/callers.py`).
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    name = models.CharField(_("name"), max_length=200)
    default_licence = models.CharField(_("default licence"), max_length=100, blank=True)
    default_rights = models.TextField(_("default statement of rights"), blank=True)
    secret = models.CharField(max_length=64, editable=False)
    token_days = models.IntegerField(default=365)
    tokens_allowed = models.BooleanField(default=True)
    legacy_keys_allowed = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Organisation"]] = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
