"""Whom to tell, over HTTP, what happens in a project or an organisation."""

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project
from core.ids import new_uid
from core.models import Membership
from core.refusals import NotAllowed, NotFound
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


def new_secret() -> str:
    """64 hexadecimal digits, 256 random bits."""
    return secrets.token_hex(32)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User") -> "WebhookQuerySet":
        """Of projects that the person sees, and of organisations in all of which they have a role."""
        return self._where(user, Capability.SEE_PROJECT)

    def led_by(self, user: "User") -> "WebhookQuerySet":
        """Of projects and organisations that the person leads: only they may read or change them."""
        return self._where(user, Capability.LEAD_PROJECT)

    def _where(self, user: "User", capability: Capability) -> "WebhookQuerySet":
        houses = Membership.objects.granting(user, capability).filter(project_id=None).values("organisation")
        projects = Project.objects.where(user, capability).values("pk")
        return self.filter(Q(project=None, organisation__in=houses) | Q(project__in=projects))

    def load(self, user: "User", **which: object) -> "Webhook":
        """The one that is named, if the person leads there. Raises NotFound or NotAllowed."""
        found = self.visible_to(user).filter(**which).select_related("organisation", "project").first()
        if found is None:
            raise NotFound
        if not self.led_by(user).filter(pk=found.pk).exists():
            raise NotAllowed
        return found

    def hearing(self, organisation_id: int, project_id: int | None) -> "WebhookQuerySet":
        """Those in use that hear of the project, or of the organisation; by `webhook_in_use`."""
        return self.filter(
            Q(project=None) | Q(project=project_id), organisation=organisation_id, is_active=True
        )


class Webhook(models.Model):
    """Without a `project` it hears of all projects of the organisation. `actions` counts unless `send_for_all_actions`.

    `secret` signs what is sent and is shown once. Until `quiet_until` nobody calls it: it did not answer a moment ago.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    organisation = models.ForeignKey("core.Organisation", on_delete=models.CASCADE, related_name="webhooks")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="webhooks")
    url = models.CharField(_("address"), max_length=2048)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    send_payload = models.BooleanField(_("send what it is about"), default=True)
    send_for_all_actions = models.BooleanField(_("tell everything"), default=True)
    actions = models.JSONField(_("what is told"), default=list, blank=True)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    quiet_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[WebhookQuerySet] = WebhookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "project"], condition=Q(is_active=True), name="webhook_in_use"
            ),
        )

    def __str__(self) -> str:
        return self.url

    def wants(self, action: str) -> bool:
        """Whether it is told of such a thing."""
        return self.send_for_all_actions or action in self.actions
