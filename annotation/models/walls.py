"""Who stands on which side of an information barrier. Read-only."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from annotation.models.project import Project
from annotation.models.requirement import RoomEntry
from experts.models import Expert

MOST = 50


def in_several_rooms(project: Project, rooms: Sequence[str]) -> "QuerySet[Expert]":
    """Who has been in more than one of these rooms, the first 50 by name: they are barred from all of them."""
    entries = RoomEntry.objects.filter(project=project, room__in=rooms).order_by().values("expert")
    several = entries.annotate(count=Count("pk")).filter(count__gt=1).values("expert")
    return Expert.objects.filter(pk__in=several).select_related("user").order_by("user__name", "pk")[:MOST]
