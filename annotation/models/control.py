"""Items with a known answer, used to test people; and what the tests came to."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.annotation import Annotation
from annotation.models.item import Item
from annotation.models.lane import Desk
from annotation.models.project import Project
from core.ids import new_uid
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


def due(project_uid: str, expert_uid: str, number: int, rate: float) -> bool:
    """Whether the expert's `number`-th item in the project is to be a control item, at a rate from 0 to 1.

    Drawn by SHA-256 of the three, so that it can be repeated, and nobody can tell it from what they are given.
    """
    digest = hashlib.sha256(f"{project_uid}:{expert_uid}:{number}".encode()).digest()
    return int.from_bytes(digest[:8]) < rate * 2**64


class ControlUse(models.TextChoices):
    BOTH = "both", _("In exams and in work")
    EXAM = "exam", _("In exams only")
    WORK = "work", _("In work only")


class ControlQuerySet(models.QuerySet["ControlItem"]):
    def visible_to(self, user: "User") -> "ControlQuerySet":
        """Only to who sees the work: an annotator must not learn which items test them."""
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))

    def with_counts(self) -> "models.QuerySet[Any]":
        """Each with how often it was `answered`, in work and in exams, and how often rightly (`hits`)."""
        return self.annotate(answered=Count("results"), hits=Count("results", filter=Q(results__right=True)))

    def current(self) -> "ControlQuerySet":
        return self.filter(retired_at=None)

    def for_exams(self) -> "ControlQuerySet":
        return self.current().exclude(use=ControlUse.WORK)

    def for_work(self) -> "ControlQuerySet":
        return self.current().exclude(use=ControlUse.EXAM)

    def usable(self) -> "ControlQuerySet":
        """Those that may be shown to people: the same right and statement that routing asks of a batch."""
        stated = ~Q(item__licence="") | ~Q(item__batch__licence="", item__batch__rights="")
        anonymous = Q(project__sector__needs_deidentification=False) | ~Q(item__batch__deidentified_at=None)
        return self.filter(stated & anonymous)

    def fresh_for(self, expert: Expert) -> "ControlQuerySet":
        """Those whose content the expert never had, neither as this item nor as the one that it was copied from."""
        from annotation.models.assignment import Assignment

        had = Assignment.objects.filter(
            expert=expert,
            item__project=OuterRef("project"),
            item__content_hash=OuterRef("item__content_hash"),
        )
        return self.filter(~Exists(had))

    def allowed_to(
        self, project: Project, expert: Expert, *, without: frozenset[str] = frozenset()
    ) -> "ControlQuerySet":
        """The project's control items that no rule keeps from the expert (`eligibility.allowed`)."""
        from annotation.models.eligibility import Candidate, allowed

        items = Item.objects.filter(project=project, control=True)
        mine = allowed(items, Candidate.of(project, expert), without=without)
        return self.filter(project=project, item__in=mine.values("pk")).usable().fresh_for(expert)

    def next_for(self, project: Project, expert: Expert) -> "ControlItem | None":
        """The control item to mix into this expert's work: of those they may have, the one given least often."""
        mine = self.for_work().allowed_to(project, expert).annotate(used=Count("item__assignments"))
        return mine.select_related("item__lane").order_by("used", "pk").first()


class ControlItem(models.Model):
    """`answer` is the known answer as judgement values by question, `result` the same as regions for the editor.

    Its item has `control` set: it is in nobody's queue and in no release. Never called gold.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="controls")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="control_item")
    answer = models.JSONField()
    result = models.JSONField(default=list)
    explanation = models.TextField(_("explanation"), blank=True)
    use = models.CharField(_("use"), max_length=10, choices=ControlUse.choices, default=ControlUse.BOTH)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ControlQuerySet] = ControlQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (models.Index(fields=["project", "id"], name="control_by_project"),)

    def __str__(self) -> str:
        return self.uid


class ControlResult(models.Model):
    """How one expert answered one control item. `wrong` names the questions that were answered otherwise."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    control = models.ForeignKey(ControlItem, on_delete=models.PROTECT, related_name="results")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    annotation = models.OneToOneField(Annotation, on_delete=models.PROTECT, related_name="control_result")
    in_exam = models.BooleanField(default=False)
    right = models.BooleanField()
    wrong = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["project", "expert", "-id"], name="result_by_expert"),)

    def __str__(self) -> str:
        return f"{self.control_id} {self.right}"


class Redo(models.TextChoices):
    """What the lead said about the unsettled answers of who was suspended; empty: not said yet."""

    KEEP = "keep", _("Keep them")
    REDO = "redo", _("Have them done again")


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def visible_to(self, user: "User") -> "SuspensionQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))

    def current(self) -> "SuspensionQuerySet":
        return self.filter(ended_at=None)


class Suspension(models.Model):
    """An expert below the mark of control items is given nothing until this ends: by an exam, or by a lead."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="suspensions")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="suspensions")
    right = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    mark = models.FloatField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    how_ended = models.CharField(max_length=300, blank=True)
    redo = models.CharField(max_length=10, choices=Redo.choices, blank=True)
    redo_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    redo_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SuspensionQuerySet] = SuspensionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "expert"],
                condition=models.Q(ended_at=None),
                name="suspended_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.uid


class Reliability(models.Model):
    """How often an expert's answers to a kind of item were right, by control items and settled items."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    right = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "expert", "kind"], name="one_reliability_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


def still_to_mix(project: Project, expert: Expert, ahead: int) -> int:
    """How many control items will come with the `ahead` items of work that are left for the expert.

    Counted in with them, so that what is left falls by one with every item, whatever it was.
    """
    if not project.control_rate:
        return 0
    number = Desk.objects.filter(project=project, expert=expert).values_list("taken", flat=True).first() or 0
    left = ControlItem.objects.for_work().allowed_to(project, expert).count()
    return mixed_in(project, expert, number, ahead, left)


def mixed_in(project: Project, expert: Expert, number: int, ahead: int, left: int) -> int:
    """The same when the expert took `number` items before and `left` control items are there for them."""
    mixed = 0
    while ahead and mixed < left:
        if due(project.uid, expert.uid, number, project.control_rate):
            mixed += 1
        else:
            ahead -= 1
        number += 1
    return mixed
