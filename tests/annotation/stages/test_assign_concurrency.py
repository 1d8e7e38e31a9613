"""Leads give by name while experts take, hand on and give back: never more than the overlap, nothing lost."""

import random
from collections import Counter
from functools import partial

from django.db import close_old_connections
from django.db.models import F

from annotation.models import Annotation, Assignment, Item, Project
from annotation.stages import assign, give, lease
from annotation.work import HANDLERS
from core import jobs
from core.models import User
from core.refusals import Refusal
from experts import evidence
from tests import cast
from tests.annotation.stages.test_concurrency import setting
from tests.core.database import committed, together

__all__ = ["committed"]
PEOPLE, ITEMS, OVERLAP = 8, 30, 3


def give_all(project: Project, lead: User, user: User, uids: list[str]) -> int:
    """Give every item to one person, as a worker would; how many they were given."""
    expert = evidence.expert_of(user)
    made = give.give_named(project=project, expert=expert, by=lead, items=uids)
    while made.state in {"waiting", "running"}:
        jobs.run(made.pk, HANDLERS)
        made.refresh_from_db()
    close_old_connections()
    assert made.state == "done", made.error
    return int(made.result["given"])


def work(project: Project, user: User, seed: int) -> int:
    """Take and answer, give back, or lose to somebody else whom a lead hands it on to."""
    draw, done = random.Random(seed), 0
    for _ in range(12):
        assignment = cast.take(project, user)
        if assignment is None:
            break
        try:
            if draw.random() < 0.7:
                done += cast.submit(assignment, user, cast.choice()).created
            else:
                lease.give_back(assignment=assignment, by=user)
        except Refusal:
            pass  # handed on a moment ago
    close_old_connections()
    return done


def hand_on(project: Project, lead: User, people: list[User], seed: int) -> int:
    """Hand on or take back whatever is held, at random."""
    draw, done = random.Random(seed), 0
    for _ in range(15):
        held = Assignment.objects.open().filter(project=project).select_related("item__lane", "project")
        found = held.order_by("?").first()
        if found is None:
            continue
        try:
            if draw.random() < 0.6:
                other = evidence.expert_of(draw.choice(people))
                assign.reassign(assignment=found, expert=other, by=lead)
            else:
                assign.withdraw(assignment=found, by=lead)
            done += 1
        except Refusal:
            pass
    close_old_connections()
    return done


def test_sixteen_threads_give_take_and_hand_on(committed: None) -> None:
    project, people = setting(ITEMS, OVERLAP, PEOPLE)
    lead = User.objects.get(name="Bob")
    uids = list(Item.objects.order_by("?").values_list("uid", flat=True))
    calls = [
        *(partial(give_all, project, lead, user, uids[: 20 + at]) for at, user in enumerate(people[:6])),
        *(partial(work, project, user, at) for at, user in enumerate(people)),
        *(partial(hand_on, project, lead, people, at) for at in range(2)),
    ]
    assert len(calls) == 16
    said = together(calls)
    assert not [one for one in said if isinstance(one, Exception)], said
    _nothing_is_lost()


def _nothing_is_lost() -> None:
    """Slots, open assignments and answers add up to each item's overlap; nobody has an item twice."""
    held = Counter(Assignment.objects.open().values_list("item", flat=True))
    filled = Counter(Annotation.objects.filter(surplus=False).values_list("item", flat=True))
    for item in Item.objects.all():
        assert item.open_slots + held[item.pk] + filled[item.pk] == item.overlap, item.pk
        assert item.filled == filled[item.pk]
    assert not Item.objects.filter(open_slots__gt=F("overlap") - F("filled")).exists()
    assert set(Counter(Assignment.objects.values_list("item", "expert")).values()) == {1}
