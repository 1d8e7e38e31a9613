"""Where items wait: a lane holds those that ask the same of a person, in the order in which they came.

What a lane asks (its signature) decides who may be given its items and who should; the order within it decides which
one comes next. A position is given under the lane's row lock, so positions appear in their order and an expert who has
passed one never has to look back: an item that is queued again gets a new position in the lane's twin of those that
come again (`again`).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project
from core.ids import new_uid
from core.questions import NUMBER, Question
from experts.models import Expert

if TYPE_CHECKING:
    pass

SPECIALIST = "specialist"


@dataclass(frozen=True)
class Signature:
    """What an item asks of whoever judges it. Empty means: nothing in particular.

    `kind` names the sort of item (rules of qualification can be made for one), `room` the side of an information
    barrier that it lies on, `tier` is empty or SPECIALIST. A `speciality` is casefolded. `wants`
    keeps nobody away, but who is less often right than in so many of 100 answers is given other items first.
    """

    kind: str = ""
    speciality: str = ""
    jurisdiction: str = ""
    language: str = ""
    room: str = ""
    tier: str = ""
    priority: int = 0
    due_on: date | None = None
    again: bool = False
    wants: int | None = None

    @property
    def digest(self) -> str:
        """Equal for equal signatures: SHA-256 of their JSON, without `wants` where nothing is wanted."""
        parts = {name: part for name, part in asdict(self).items() if name != "wants" or part}
        text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Lane(models.Model):
    """One signature of one project. `next_position` is given to the next item that is queued here."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lanes")
    kind = models.CharField(_("kind of item"), max_length=60, blank=True)
    speciality = models.CharField(_("speciality"), max_length=200, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    room = models.CharField(_("room"), max_length=100, blank=True)
    tier = models.CharField(max_length=20, blank=True)
    priority = models.IntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    again = models.BooleanField(default=False)
    wants = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    next_position = models.BigIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "digest"], name="a_lane_once_per_project"),)

    def __str__(self) -> str:
        return self.uid

    @property
    def signature(self) -> Signature:
        return Signature(**{name: getattr(self, name) for name in Signature.__dataclass_fields__})


class LaneCursor(models.Model):
    """How far an expert has come in a lane: nothing at or before `position` will ever be theirs while rules stay."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+", db_index=False)
    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="cursors")
    position = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["expert", "lane"], name="one_cursor_per_lane"),)

    def __str__(self) -> str:
        return f"{self.expert_id} {self.lane_id}: {self.position}"


class DeskQuerySet(models.QuerySet["Desk"]):
    def make(self, project_id: int, expert_id: int) -> None:
        """Make the expert's place in the project, where there is none. In a transaction."""
        # Who declares an interest locks the expert and then the desks that there are: one that is made waits for it.
        Expert.objects.select_for_update(no_key=True).get(pk=expert_id)
        self.bulk_create([Desk(project_id=project_id, expert_id=expert_id)], ignore_conflicts=True)

    def locked(self, project_id: int, expert_id: int) -> "Desk":
        """The expert's place in the project, locked: whoever gives them anything there waits for one another."""
        found = LOCKED_DESK.first(project=project_id, expert=expert_id)
        if found is None:
            self.make(project_id, expert_id)
            (found,) = LOCKED_DESK.objects(project=project_id, expert=expert_id)
        return found


class Desk(models.Model):
    """An expert's place in a project: what was ranked for them, how much they took, what they cost.

    `plan` holds `[lane id, score, {part: value}]` lists, best first. It is a hint that saves ranking: the rules are
    asked again when an item is taken. `taken` counts items ever taken, `week_taken` those since the Monday `week`.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="desks")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="desks")
    plan = models.JSONField(default=list)
    planned_at = models.DateTimeField(null=True)
    taken = models.BigIntegerField(default=0)
    week = models.DateField(null=True)
    week_taken = models.IntegerField(default=0)
    rate = models.DecimalField(_("rate an item"), max_digits=10, decimal_places=2, null=True, blank=True)

    objects: ClassVar[DeskQuerySet] = DeskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "expert"], name="one_desk_per_project"),)

    def __str__(self) -> str:
        return f"{self.expert_id} in {self.project_id}"


def lanes_of(project: Project, signatures: Iterable[Signature]) -> dict[Signature, Lane]:
    """The lane of each signature, made where there is none. At most three statements; in a transaction."""
    wanted = {one.digest: one for one in signatures}
    found = {one.digest: one for one in Lane.objects.filter(project=project, digest__in=wanted)}
    missing = [
        Lane(project=project, digest=digest, **asdict(one))
        for digest, one in sorted(wanted.items())
        if digest not in found
    ]
    if missing:
        Lane.objects.bulk_create(missing, ignore_conflicts=True)
        found = {one.digest: one for one in Lane.objects.filter(project=project, digest__in=wanted)}
    return {one: found[digest] for digest, one in wanted.items()}


def lane_like(lane: Lane, **changed: object) -> Lane:
    """The lane that asks the same but for what is named: `lane_like(lane, tier=SPECIALIST)`."""
    signature = replace(lane.signature, **changed)  # type: ignore[arg-type]
    return lanes_of(lane.project, [signature])[signature]


def positions(lane: Lane, count: int) -> int:
    """Reserve so many positions in a row; the first of them. Keeps the lane's row locked until the transaction ends."""
    Lane.objects.filter(pk=lane.pk).update(next_position=F("next_position") + count)
    end = Lane.objects.filter(pk=lane.pk).values_list("next_position", flat=True).get()
    return end - count


LOCKED_DESK = Question[Desk](
    lambda project, expert: (
        Desk.objects.select_for_update(no_key=True).filter(project=project, expert=expert).order_by()
    ),
    project=NUMBER,
    expert=NUMBER,
)
