"""Many experts at once: never more than the overlap, never an item twice to one of them, no item lost."""

import random
from collections import Counter
from datetime import timedelta
from functools import partial

from django.db import close_old_connections
from django.db.models import F
from django.utils import timezone

from annotation.models import Annotation, Assignment, Item, Project
from annotation.stages import lease
from core.models import User
from core.organisations import grant
from core.roles import Role
from experts import evidence
from tests import cast
from tests.cast import World
from tests.core.database import committed, together

__all__ = ["committed"]
EXPERTS, ITEMS, OVERLAP = 32, 24, 3


def crowd(ours: World, count: int) -> list[User]:
    """So many annotators of a project that is open to its members."""
    people = [cast.person(f"annotator-{at}") for at in range(count)]
    for user in people:
        grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
        evidence.expert_of(user)
    return people


def setting(items: int, overlap: int, experts: int) -> tuple[Project, list[User]]:
    ours = cast.world(cast.OURS, qualified_only=False, overlap=overlap)
    cast.bring_texts(ours.project, ours.lead, items)
    return ours.project, crowd(ours, experts)


def work(project: Project, user: User, seed: int) -> int:
    """Take items until none is left: answer most, skip, return or lose some. How many were answered."""
    draw, answered = random.Random(seed), 0
    while assignment := cast.take(project, user):
        match draw.choices(("submit", "skip", "return", "lose"), (80, 5, 10, 5))[0]:
            case "skip":
                lease.skip(assignment=assignment, by=user, reason="unclear")
            case "return":
                lease.give_back(assignment=assignment, by=user)
            case "lose":
                past = timezone.now() - timedelta(seconds=1)
                Assignment.objects.filter(pk=assignment.pk).update(lease_until=past)
                lease.return_expired()
            case _:
                answered += cast.submit(assignment, user, cast.choice()).created
    close_old_connections()
    return answered


def test_32_experts_never_exceed_the_overlap_and_lose_no_item(committed: None) -> None:
    project, people = setting(ITEMS, OVERLAP, EXPERTS)
    answered = together([partial(work, project, user, at) for at, user in enumerate(people)])
    assert not [one for one in answered if isinstance(one, Exception)]
    counted = Counter(Annotation.objects.filter(surplus=False).values_list("item", flat=True))
    assert set(counted.values()) == {OVERLAP}
    assert len(counted) == ITEMS
    assert not Item.objects.exclude(filled=F("overlap")).exists()
    assert not Item.objects.exclude(open_slots=0).exists()
    pairs = Counter(Assignment.objects.values_list("item", "expert"))
    assert set(pairs.values()) == {1}
    assert sum(one for one in answered if isinstance(one, int)) == Annotation.objects.count()
    assert not Assignment.objects.open().exists()
    cast.drain()
    assert Item.objects.exclude(settled_at=None).count() == ITEMS


def test_everybody_gets_a_slot_of_the_one_item_that_has_enough(committed: None) -> None:
    project, people = setting(1, 10, 10)
    taken = together([partial(cast.take, project, user) for user in people])
    assert all(isinstance(one, Assignment) for one in taken), taken
    assert Item.objects.get().open_slots == 0


def test_the_last_slot_goes_to_one_of_many(committed: None) -> None:
    project, people = setting(1, 1, 16)
    taken = together([partial(cast.take, project, user) for user in people])
    assert not [one for one in taken if isinstance(one, Exception)]
    assert len([one for one in taken if one]) == 1


def test_two_tabs_of_one_person_are_given_the_same_item(committed: None) -> None:
    project, people = setting(6, 2, 1)
    taken = together([partial(cast.take, project, people[0])] * 8)
    assert len({one.pk for one in taken if isinstance(one, Assignment)}) == 1
    assert not [one for one in taken if isinstance(one, Exception)]
    assert Assignment.objects.count() == 1
