"""Bring a project's new overlap to the items that wait: a job, a chunk at a time, that goes on where it was."""

from collections import Counter, defaultdict
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.models import Assignment, Item, Project
from annotation.models.advancing import advance_soon
from annotation.models.assignment import Outcome
from annotation.models.eligibility import HAD, Candidate, allowed
from annotation.models.noting import note
from annotation.models.panel import panel_of
from annotation.models.project import Policy
from annotation.models.rule import About
from core import faults, jobs

CHUNK = 2000


def spread_overlap(running: jobs.Running) -> dict[str, Any]:
    """The job: untouched items ask for the project's overlap; items that somebody has begun keep theirs.

    The project is read anew with each chunk: what a lead changes meanwhile holds from there on, and a job of its own
    comes for the rest.
    """
    args = running.job.args
    mine = Item.objects.filter(project=args["project"])
    total = mine.count() if running.job.total is None else running.job.total
    done = running.job.done
    while chunk := list(
        mine.filter(pk__gt=running.job.args.get("after", 0))
        .order_by("pk")
        .values_list("pk", flat=True)[:CHUNK]
    ):
        done += len(chunk)
        with transaction.atomic():
            running.step(done=done, total=max(total, done), args={"after": chunk[-1]})
            project = Project.objects.get(pk=args["project"])
            _spread(chunk, project.overlap)
            if project.policy == Policy.PANEL:
                _close_for_panel(chunk, project)
        faults.point("spread.after_chunk")
    return {"items": done}


def spread_at_once(project: Project) -> None:
    """The first chunk, in the caller's transaction: a script that asks for a task next finds the new number there.

    The job goes through these items again, and through all others.
    """
    first = Item.objects.filter(project=project).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    _spread(list(first), project.overlap)


def _spread(chunk: list[int], overlap: int) -> None:
    """Nobody has had a slot of these, so that their place in the queue stays right."""
    untouched = Item.objects.filter(pk__in=chunk, filled=0, open_slots=F("overlap"), widened=0, control=False)
    untouched.exclude(routed_at=None).exclude(overlap=overlap).update(overlap=overlap, open_slots=overlap)


def _close_for_panel(chunk: list[int], project: Project) -> None:
    """Take back the slots of begun items that nobody is left for: members have gone, or may never judge the item."""
    begun = Item.objects.filter(pk__in=chunk, open_slots__gt=0, overlap__gt=F("open_slots"), labelled_at=None)
    slots = dict(begun.values_list("pk", "open_slots"))
    left = _members_left(list(slots), project) if slots else Counter()
    spare: dict[int, list[int]] = defaultdict(list)  # by how many slots are too many
    for pk, count in slots.items():
        if count > left[pk]:
            spare[count - left[pk]].append(pk)
    for count, pks in spare.items():
        narrowed = Item.objects.filter(pk__in=pks, open_slots__gte=count)
        narrowed.update(overlap=F("overlap") - count, open_slots=F("open_slots") - count)
    note(project.pk, [pk for pks in spare.values() for pk in pks])
    advance_complete([pk for pks in spare.values() for pk in pks], project)


def _members_left(pks: list[int], project: Project) -> Counter[int]:
    """By item, how many of the panel could still answer: no interest in it, not at it, and not done with it.

    One statement a member. What may pass (a pause, a qualification that has ended) bars nobody here.
    """
    given = Assignment.objects.filter(item__in=pks, round=F("item__round"), aside=0)
    barring = given.exclude(outcome__in=[Outcome.EXPIRED, Outcome.RETURNED])
    had = set(barring.values_list("item_id", "expert_id"))
    left: Counter[int] = Counter()
    for expert in panel_of(project):
        mine = allowed(
            Item.objects.filter(pk__in=pks),
            Candidate.of(project, expert),
            about=[About.ITEM],
            without=frozenset({HAD}),
        )
        left.update(pk for pk in mine.values_list("pk", flat=True) if (pk, expert.pk) not in had)
    return left


def advance_complete(pks: list[int], project: Project) -> None:
    """Those of these items that have all the answers they now want go on, as if the last one had just come in."""
    complete = Item.objects.filter(labelled_at=None, filled__gte=F("overlap"))
    for pk in complete.filter(pk__in=pks).values_list("pk", flat=True):
        if complete.filter(pk=pk).update(labelled_at=timezone.now()):
            advance_soon(pk, project)
