"""Forget figures that nobody will ask for: while a project is being labelled its runs are a second apart."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from annotation.models import Agreement, MeasureRun, Release

KEPT = timedelta(days=1)
AT_ONCE = 500


def prune() -> int:
    """Delete the runs that are older than a day, but for the last one of each kind and day; how many.

    Kept are also the runs whose figures are the current ones of a scope, and those that a release names.
    """
    runs = MeasureRun.objects.filter(at__lt=timezone.now() - KEPT)
    by_day = MeasureRun.objects.order_by().annotate(day=TruncDate("at")).values("project", "kind", "day")
    current = Agreement.objects.filter(project=OuterRef("project"), run=OuterRef("number"), current=True)
    named = Release.objects.filter(project=OuterRef("project"), agreement_run=OuterRef("number"))
    lasts = by_day.annotate(top=Max("pk")).values("top")
    gone = runs.exclude(pk__in=lasts).filter(~Exists(current), ~Exists(named)).order_by("pk")
    count = 0
    while chunk := list(gone.values_list("pk", "project_id", "number")[:AT_ONCE]):
        numbers: dict[int, list[int]] = {}
        for _, project_id, number in chunk:
            numbers.setdefault(project_id, []).append(number)
        with transaction.atomic():
            for project_id, some in numbers.items():
                Agreement.objects.filter(project=project_id, run__in=some, current=False).delete()
            MeasureRun.objects.filter(pk__in=[pk for pk, _, _ in chunk]).delete()
        count += len(chunk)
    return count
