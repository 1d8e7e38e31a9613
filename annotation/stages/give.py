"""Give many items to a person by name: a job, a chunk at a time, each counted in the transaction that gives it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import Desk, Item, Project
from annotation.models.eligibility import unmet_in
from annotation.models.giving import NO_SLOT, Wanted, by_room, described, named, sort_out, why_none
from annotation.models.reserving import barred, checked_until, reserve
from core import faults, jobs
from core.models import Job, User
from core.refusals import InvalidInput
from experts.models import Expert

GIVE = "give_items"
CHUNK = 100
MOST_NAMED = 5000
MOST_DESCRIBED = 100_000
EXPLAINED = 1000
"""So many items are looked at to say why fewer than asked for could be given."""


@transaction.atomic
def give_named(
    *, project: Project, expert: Expert, by: User, items: Sequence[str], until: datetime | None = None
) -> Job:
    """The job that gives the expert these items (uids). Raises InvalidInput."""
    uids = sorted(set(items))
    if not 1 <= len(uids) <= MOST_NAMED:
        raise InvalidInput(
            _("Name from 1 to %(most)s items."),
            action=_("Check the list of items."),
            where="items",
            params={"most": MOST_NAMED},
        )
    return _ask(project, expert, by, until, {"items": uids}, len(uids))


@transaction.atomic
def give_described(
    *, project: Project, expert: Expert, by: User, wanted: Wanted, until: datetime | None = None
) -> Job:
    """The job that gives the expert the next items of the queue that fit the description. Raises InvalidInput."""
    if not 1 <= wanted.count <= MOST_DESCRIBED:
        raise InvalidInput(
            _("This must be a whole number from %(low)s to %(high)s."),
            where="count",
            params={"low": 1, "high": MOST_DESCRIBED},
        )
    return _ask(project, expert, by, until, {"wanted": asdict(wanted)}, wanted.count)


def last_gift(project: Project) -> Job | None:
    """The newest job that gives items by name."""
    return Job.objects.filter(project_id=project.pk, kind=GIVE).order_by("-pk").first()


def _ask(
    project: Project, expert: Expert, by: User, until: datetime | None, what: Mapping[str, Any], total: int
) -> Job:
    for rule in unmet_in([project], expert)[project.pk]:  # what bars them from every item is said at once
        raise barred(expert, rule.code)
    facts = {"project": project.pk, "expert": expert.pk, "by": by.pk, "given": 0, "skipped": {}}
    return jobs.enqueue(
        GIVE,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        args={**what, **facts, "until": checked_until(project, until).isoformat()},
        by=by,
        total=total,
    )


def give_items(running: jobs.Running) -> dict[str, Any]:
    """The job. Killed anywhere it goes on where it was: what is given and how far it has come is written together."""
    args = running.job.args
    people = (
        Expert.objects.select_related("user").get(pk=args["expert"]),
        User.objects.get(pk=args["by"]),
    )
    while _chunk(running, *people):
        faults.point("give.after_chunk")
    return {"given": running.job.args["given"], "skipped": running.job.args["skipped"]}


@transaction.atomic
def _chunk(running: jobs.Running, expert: Expert, by: User) -> bool:
    """Give the next items; False when there are no more. The project is read anew: its rules may have changed."""
    running.step()
    args, done = running.job.args, running.job.done
    project = Project.objects.select_related("organisation", "sector").get(pk=args["project"])
    desk = Desk.objects.locked(project.pk, expert.pk)
    passed = dict(args.get("passed", {}))
    items, skipped, wanted = _next(project, expert, args, done, passed)
    given, until = 0, datetime.fromisoformat(args["until"])
    for group in by_room(project, items):
        sorted_out = sort_out(project, expert, group)
        got = reserve(desk, by, sorted_out, until)
        given += got
        skipped += [*sorted_out.barred, *[NO_SLOT] * (len(sorted_out.items) - got)]
    if wanted:
        done += given
        goes_on = bool(items) and done < wanted.count
        skipped = [] if goes_on or done >= wanted.count else why_none(project, expert, wanted, EXPLAINED)
    else:
        done = min(done + CHUNK, len(args["items"]))
        goes_on = done < len(args["items"])
    counts = Counter(args["skipped"]) + Counter(skipped)
    running.step(done=done, args={"given": args["given"] + given, "skipped": dict(counts), "passed": passed})
    return goes_on


def _next(
    project: Project, expert: Expert, args: Mapping[str, Any], done: int, passed: dict[str, int]
) -> tuple[list[Item], list[str], Wanted | None]:
    """The chunk's items, a code for each that cannot be given at all, and the description where there is one."""
    if "items" in args:
        return *named(project, args["items"][done : done + CHUNK]), None
    wanted = Wanted(**args["wanted"])
    return described(project, expert, wanted, min(CHUNK, wanted.count - done), passed), [], wanted
