"""What a project asks of people beyond its sector, and what they must have agreed to before the first item."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models.exam import Exam
from annotation.models.project import Project
from core.ids import new_uid
from experts.models import CredentialKind, Expert


class Combine(models.TextChoices):
    ALL = "all", _("all of these")
    ANY = "any", _("one of these")


class QualificationRuleQuerySet(models.QuerySet["QualificationRule"]):
    def current(self) -> "QualificationRuleQuerySet":
        return self.filter(ended_at=None)


class QualificationRule(models.Model):
    """Whoever judges items of this `kind` (empty: of any) and `tier` (empty: of any) has `combine` of what it names.

    `by_credential`: a verified, valid credential of one of `credential_kinds`. `exam`: passed, and still counting.
    `by_grant`: a lead's grant for the kind. `reason` says why it is asked.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="qualification_rules")
    kind = models.CharField(_("kind of item"), max_length=60, blank=True)
    tier = models.CharField(max_length=20, blank=True)
    combine = models.CharField(max_length=5, choices=Combine.choices, default=Combine.ALL)
    by_credential = models.BooleanField(default=False)
    credential_kinds = models.ManyToManyField(CredentialKind, blank=True, related_name="+")
    exam = models.ForeignKey(Exam, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    by_grant = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=300)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[QualificationRuleQuerySet] = QualificationRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (models.Index(fields=["project", "kind"], name="rule_by_project"),)

    def __str__(self) -> str:
        return self.uid


class Undertaking(models.Model):
    """What an expert promises before the first item. The newest version counts; an empty text asks for nothing."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="undertakings")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "version"], name="one_undertaking_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}"


class Acceptance(models.Model):
    """An expert's yes to one version of an undertaking."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="acceptances")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["undertaking", "expert"], name="accepted_once_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.undertaking_id}"


class RoomEntry(models.Model):
    """An expert has seen something of this room (`Project.walls`): written by `enter_room`, never deleted."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=100)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "expert", "room"], name="a_room_is_entered_once"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.room}"


def enter_room(project_id: int, expert_id: int, room: str) -> None:
    """Keep that the expert has been shown something of this room; nothing to do for items of no room. One statement.

    To be called in the transaction that shows it, after the expert's `Desk` row of the project was locked: so that two
    tabs cannot each be shown one side. Also kept where no barrier names the room yet: one that is set up later must
    know who has been where.
    """
    if room:
        entry = RoomEntry(project_id=project_id, expert_id=expert_id, room=room, entered_at=timezone.now())
        RoomEntry.objects.bulk_create([entry], ignore_conflicts=True)


class PanelMember(models.Model):
    """One of those who answer every item of a project under the panel policy."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="panel")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "expert"], name="on_a_panel_once"),)

    def __str__(self) -> str:
        return f"{self.expert_id} in {self.project_id}"


class Coverage(models.Model):
    """Whom the open items of a project find, as counted last. `figures` is what `stages.coverage` says."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="coverage")
    figures = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.project_id} {self.counted_at}"
