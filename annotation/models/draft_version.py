"""Versions of a draft that its author can go back to."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from annotation.models.assignment import Draft
from annotation.models.project import Project
from core.ids import new_uid

if TYPE_CHECKING:
    from annotation.formats.schema import Question, Schema
    from core.models import User

MOST = 20
APART = timedelta(minutes=2)
LARGEST = 200_000
MOST_REGIONS = 2_000
"""How many versions a draft has, how far apart those are that are kept by themselves, and a version's largest size."""

_WRITTEN_TAGS = frozenset({"chat", "rubric"})


def is_written(schema: "Schema") -> bool:
    """Whether an answer is written at length: then versions of its draft are kept without being asked for."""
    return any(_is_long(one) for one in schema.questions)


def _is_long(question: "Question") -> bool:
    """A text of several rows too; not a note about a mark, of which one answer may have thousands."""
    several = question.tag == "textarea" and question.rows > 1 and not question.per_region
    return question.markdown or several or question.tag in _WRITTEN_TAGS


class DraftVersionQuerySet(models.QuerySet["DraftVersion"]):
    def visible_to(self, user: "User") -> "DraftVersionQuerySet":
        """One's own, in projects one still takes part in."""
        mine = Project.objects.visible_to(user).values("pk")
        return self.filter(draft__assignment__expert__user=user, draft__assignment__project__in=mine)

    def keep(self, draft: Draft, name: str, now: datetime) -> "tuple[DraftVersion, bool]":
        """Keep the draft as it is stored; False when it is the version that was kept last.

        Called in a transaction of a stage. Of too many the oldest that nobody asked for goes, else the oldest.
        """
        last = self.filter(draft=draft).order_by("-pk").first()
        if last and last.result == draft.result and (not name or last.name):
            return last, False
        made = self.create(draft=draft, name=name, revision=draft.revision, result=draft.result, kept_at=now)
        rows = self.filter(draft=draft).exclude(pk=made.pk)
        kept = list(rows.order_by("pk").values_list("pk", "name"))
        spare = sorted(kept, key=lambda row: (row[1] != "", row[0]))[: max(0, len(kept) + 1 - MOST)]
        if spare:
            rows.filter(pk__in=[pk for pk, _name in spare]).delete()
        return made, True

    def keep_by_itself(self, draft: Draft, schema: "Schema", now: datetime) -> None:
        """Keep what is written at length, now and then. Called in a transaction of a stage."""
        if not is_written(schema) or not draft.result or not fits(draft):
            return
        if not self.filter(draft=draft, kept_at__gt=now - APART).exists():
            self.keep(draft, "", now)


def fits(draft: Draft) -> bool:
    """Whether versions of it are kept: of what people write, not of ten thousand spans."""
    if len(draft.result) > MOST_REGIONS:
        return False
    return len(json.dumps(draft.result, ensure_ascii=False)) <= LARGEST


class DraftVersion(models.Model):
    """A draft as it stood at revision `revision`; without a `name` it was kept by itself. It goes with its draft."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=80, blank=True)
    revision = models.PositiveIntegerField()
    result = models.JSONField(default=list)
    kept_at = models.DateTimeField()

    objects: ClassVar[DraftVersionQuerySet] = DraftVersionQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.draft_id} r{self.revision}"
