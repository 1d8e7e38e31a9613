"""A job: work that is owed. The row is the truth, the Celery message only a doorbell (see `core/jobs.py`)."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import failures
from core.ids import new_uid
from core.models.membership import Membership, MembershipQuerySet
from core.roles import Capability, roles_that

if TYPE_CHECKING:
    from core.models.user import User


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User") -> "JobQuerySet":
        """Jobs the person asked for where they still have a role, and jobs of projects whose work they may see."""
        held = Membership.objects.current().filter(user=user)
        seen = held.filter(role__in=roles_that(Capability.SEE_WORK))
        return self.filter(Q(_where(held), created_by=user.pk) | _where(seen))

    def led_by(self, user: "User") -> "JobQuerySet":
        """Jobs of projects, and of organisations, that the person may lead."""
        return self.filter(_where(Membership.objects.granting(user, Capability.LEAD_PROJECT)))


def _where(held: MembershipQuerySet) -> Q:
    return Q(project_id__in=held.exclude(project_id=None).values("project_id")) | Q(
        organisation_id__in=held.filter(project_id=None).values("organisation_id")
    )


class Job(models.Model):
    """`key` is set while the job waits and forbids a second waiting one of that name; `attempts` fences a lost worker,
    `failures` ends what cannot succeed.

    `done` and `total` count units of work, for a progress bar; at `paced_at` there were `paced_from` of them done, for
    the time that is left. A parent waits until `open_children` is 0.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=40)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 (null is not blank: unique allows many nulls)
    organisation_id = models.BigIntegerField(null=True)
    project_id = models.BigIntegerField(null=True, db_index=True)
    created_by = models.BigIntegerField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    open_children = models.IntegerField(default=0)
    keep = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    ring_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    paced_at = models.DateTimeField(null=True)
    paced_from = models.BigIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    stop_requested_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(open_children__gte=0), name="children_not_negative"),
        )
        indexes = (
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="job_to_ring"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_leases"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uid} {self.state}"

    @property
    def finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.STOPPED}

    @property
    def complaint(self) -> str:
        """Why it failed, for people; empty unless it did. A traceback stays in `error` and in the log."""
        return failures.sentence(self.error, self.uid) if self.state == JobState.FAILED else ""
