"""One sample to be judged, and its place in the queue."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from annotation.models.batch import Batch
from annotation.models.lane import Lane, lane_like, positions
from annotation.models.project import Project
from core.ids import new_uid
from core.roles import Capability
from core.verbatim import VerbatimJSONField

if TYPE_CHECKING:
    from core.models import User


class ItemState(models.TextChoices):
    """Derived, never stored: the first line of `ItemQuerySet.with_state` that holds."""

    BLOCKED = "blocked", _("Blocked")
    STORED = "stored", _("Stored")
    OPEN = "open", _("Open")
    LABELLED = "labelled", _("Labelled")
    DISPUTED = "disputed", _("Disputed")
    SETTLED = "settled", _("Settled")


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: "User") -> "ItemQuerySet":
        """Where one may see the work; else the items of batches one brought in, and those one was assigned."""
        from annotation.models.assignment import Assignment

        return self.filter(
            Q(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
            | Q(batch__in=Batch.objects.visible_to(user).values("pk"))
            | Q(
                pk__in=Assignment.objects.visible_to(user)
                .filter(outcome__in=["", "submitted"])
                .values("item")
            )
        )

    def claim_slot(self) -> bool:
        """Take a slot of the one item selected, by one conditional update; False when it has none to give.

        A control item has no slots: whoever is to be tested by it may have it.
        """
        taken = self.filter(open_slots__gt=0, control=False).update(open_slots=F("open_slots") - 1)
        return bool(taken) or self.filter(control=True).exists()

    def give_slot(self) -> None:
        """Put a slot of the one item selected back into the queue, where everybody sees it again.

        Its answers are the same, so what it wants of who answers next is.
        """
        self.filter(control=False).requeue(doubt=True, open_slots=F("open_slots") + 1)

    def count_done(self) -> None:
        """Count the slot of the one item selected as done with, though nobody answered."""
        self.update(filled=F("filled") + 1)

    def requeue(self, lane: Lane | None = None, *, doubt: bool = False, **values: Any) -> bool:
        """Write values to the one item selected and queue it anew, in `lane` or among those that come again.

        Cursors never look back, so whatever gives an item a slot comes through here. False when none is selected.
        With `doubt` it goes on to want what it wanted; without, it does not: that came of answers that have changed.
        """
        item = self.select_related("lane__project").first()
        if item is None:
            return False
        if lane is None:
            wants = item.lane.wants if doubt else None
            same = item.lane.again and item.lane.wants == wants
            lane = item.lane if same else lane_like(item.lane, again=True, wants=wants)
        return bool(self.filter(pk=item.pk).update(**values, lane=lane, position=positions(lane, 1)))

    def with_state(self) -> "models.QuerySet[Any]":
        """The same rows, each with its `state`."""
        from annotation.models.adjudication import Dispute

        disputed = Exists(Dispute.objects.filter(item=OuterRef("pk"), closed_at=None))
        return self.annotate(
            state=Case(
                When(~Q(settled_at=None), then=Value(ItemState.SETTLED)),
                When(~Q(agreed_at=None) & disputed, then=Value(ItemState.DISPUTED)),
                When(~Q(labelled_at=None), then=Value(ItemState.LABELLED)),
                When(~Q(blocked=""), then=Value(ItemState.BLOCKED)),
                When(routed_at=None, then=Value(ItemState.STORED)),
                default=Value(ItemState.OPEN),
                output_field=CharField(),
            )
        )


class _Present(models.Manager["Item"]):
    """Without those that are deleted."""

    def get_queryset(self) -> "models.QuerySet[Item]":
        return super().get_queryset().filter(deleted_at=None)


_PresentManager = _Present.from_queryset(ItemQuerySet)


class Item(models.Model):
    """`data` is stored verbatim; `content_hash` is the SHA-256 of its canonical JSON (`formats.text.content_hash`).

    `line` is where it stands in the batch's file, `offset` the byte after it: a JSON file may be one line. `copy` is 0,
    or a number unique to the row where a batch keeps repeated content.
    `open_slots` is how many more annotations may be begun now, `filled` how many are in (surplus left out): the queue
    is these columns, and a constraint says that together they never exceed `overlap`. `lane` and `position` say where
    in the queue it stands. A `control` item has a known answer and never waits in the queue. `widened` is how many of
    `overlap` were asked for because of the answers that were in (`stages.widen`): the others were given without regard.
    Times are facts: routed (open for work), labelled (overlap reached), agreed (compared), settled (all gold), bad
    (an adjudicator found that it cannot be judged: settled without gold, and left out of releases).
    `number` counts a project's items from 1 (0: not counted). `changed_*`: its data were corrected, by whom.
    One that is deleted stays as a row (`everything`): `objects` do not have it.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    # No indexes of their own: those below begin with these columns, and each one more is written at every take.
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="items", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items", db_index=False)
    line = models.BigIntegerField()
    offset = models.BigIntegerField()
    data = VerbatimJSONField()
    meta = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64)
    copy = models.BigIntegerField(default=0)
    group_key = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=20, blank=True)
    blocked = models.CharField(max_length=40, blank=True)
    overlap = models.PositiveSmallIntegerField(default=1)
    open_slots = models.SmallIntegerField(default=0)
    filled = models.SmallIntegerField(default=0)
    widened = models.PositiveSmallIntegerField(default=0)
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, related_name="items", db_index=False)
    position = models.BigIntegerField(default=0)
    control = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    routed_at = models.DateTimeField(null=True, blank=True)
    labelled_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    bad_at = models.DateTimeField(null=True, blank=True)
    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ItemQuerySet] = _PresentManager()  # type: ignore[assignment]
    everything: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "content_hash", "copy"], name="content_once_per_project"
            ),
            models.CheckConstraint(
                condition=Q(open_slots__gte=0, filled__gte=0, overlap__gte=F("open_slots") + F("filled")),
                name="slots_within_overlap",
            ),
            models.UniqueConstraint(fields=["batch", "offset"], name="a_row_once_a_batch"),
        )
        indexes = (
            models.Index(fields=["lane", "position"], condition=Q(open_slots__gt=0), name="item_queue"),
            models.Index(fields=["project", "id"], condition=Q(deleted_at=None), name="item_by_project"),
            models.Index(fields=["batch", "id"], condition=Q(routed_at=None), name="item_to_route"),
            models.Index(
                fields=["project"], condition=Q(deleted_at__isnull=False, control=False), name="item_deleted"
            ),
            models.Index(fields=["project"], condition=Q(changed_at__isnull=False), name="item_changed"),
            # All that `with_state` reads: counting by state reads this alone, and none of the texts.
            models.Index(
                fields=[
                    "project",
                    "control",
                    "settled_at",
                    "agreed_at",
                    "labelled_at",
                    "blocked",
                    "routed_at",
                    "id",
                ],
                condition=Q(deleted_at=None),
                name="item_by_state",
            ),
        )

    def __str__(self) -> str:
        return self.uid
