"""What the gate asks of a frozen release: repeats across its splits, and personal data nobody has looked at."""

import json
import random
from collections.abc import Sequence

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotation.models import Item, QualityFinding, QualityStep, Release, ReleaseMember, TextFacts
from annotation.models import release_repeats as repeats
from annotation.models.quality import Outcome
from annotation.models.release_repeats import Personal, Repeats, across_splits, open_personal
from annotation.stages.quality import asking, marking
from tests import cast
from tests.cast import World

LONG = "The tenant shall pay the rent on the first day of every month to the landlord's account at the bank in Leeds."
NEAR = LONG.replace("Leeds", "York")
SPLITS = ("train", "validation", "test")


def bring(world: World, *texts: str) -> list[Item]:
    """The items of a batch with these texts, every row kept, in their order."""
    batch = cast.bring(
        world.project, world.lead, cast.jsonl([{"text": text} for text in texts]), duplicates="keep"
    )
    return list(batch.items.order_by("offset"))


def frozen(world: World, splits: Sequence[tuple[Item, str]]) -> Release:
    """A release with these members, and nothing else of a release."""
    release = Release.objects.create(
        project=world.project,
        number=Release.objects.count() + 1,
        label_schema=world.project.schemas.get(),
        guideline=world.project.guidelines.get(),
        requested_by=world.lead,
        created_at=timezone.now(),
    )
    ordered = sorted(splits, key=lambda pair: (SPLITS.index(pair[1]), pair[0].pk))
    ReleaseMember.objects.bulk_create(
        ReleaseMember(release=release, position=at, item=item, split=split, gold=[], versions=[])
        for at, (item, split) in enumerate(ordered)
    )
    return release


def varied(count: int) -> list[str]:
    """Texts that have nothing in common."""
    rng = random.Random(5)
    return [" ".join("".join(rng.choices("abcdefghijklmno", k=7)) for _ in range(20)) for _ in range(count)]


def test_equal_texts_in_two_splits_are_counted_as_one(ours: World) -> None:
    items = bring(ours, LONG, f" {LONG}", f"{LONG}  ", *varied(3))
    together = frozen(ours, [(item, "train") for item in items[:3]] + [(item, "test") for item in items[3:]])
    assert across_splits(together) == Repeats(0, 0, 0)
    apart = frozen(ours, [(item, "test" if at == 1 else "train") for at, item in enumerate(items)])
    found = across_splits(apart)
    assert (found.exact, found.near, found.unchecked) == (1, 0, 0)
    (example,) = found.examples
    assert example.items == (items[0].uid, items[2].uid, items[1].uid)
    assert (example.splits, example.percent) == (("train", "train", "test"), 100)


def test_nearly_equal_texts_in_two_splits_are_counted_by_item(ours: World) -> None:
    items = bring(ours, LONG, NEAR, *varied(4))
    apart = frozen(ours, [(item, SPLITS[at % 3]) for at, item in enumerate(items)])
    found = across_splits(apart)
    assert (found.exact, found.near, found.unchecked) == (0, 2, 0)
    (example,) = found.examples
    assert example.items == (items[0].uid, items[1].uid)
    assert example.splits == ("train", "validation")
    assert 80 <= example.percent < 100
    together = frozen(ours, [(item, "train" if at < 2 else "test") for at, item in enumerate(items)])
    assert across_splits(together).near == 0


def test_above_a_number_of_items_near_repeats_are_not_counted(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = bring(ours, LONG, NEAR, f"{LONG} ")
    release = frozen(ours, [(item, "test" if at else "train") for at, item in enumerate(items)])
    assert across_splits(release).near == 2
    monkeypatch.setattr(repeats, "MOST_NEAR", 2)
    found = across_splits(release)
    assert (found.exact, found.near) == (1, None)


def test_items_without_a_text_are_compared_by_their_content(ours: World) -> None:
    items = bring(ours, LONG, LONG, "a word")
    # As of pictures, whose texts are empty: a text that is not there has no key (`test_personal`).
    TextFacts.objects.filter(item__in=items[:2]).update(key=None, characters=0)
    found = across_splits(frozen(ours, [(item, "test" if at else "train") for at, item in enumerate(items)]))
    assert (found.exact, found.unchecked) == (1, 0)
    assert found.examples[0].items == (items[0].uid, items[1].uid)


def test_examples_are_told_up_to_a_number(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Clause {at} of lease {at * 7}." for at in range(8)]
    items = bring(ours, *texts, *(f"{text} " for text in texts))
    release = frozen(ours, [(item, "train" if at < 8 else "test") for at, item in enumerate(items)])
    monkeypatch.setattr(repeats, "MOST_EXAMPLES", 3)
    found = across_splits(release)
    assert (found.exact, len(found.examples)) == (8, 3)


def test_what_was_never_checked_is_told(ours: World) -> None:
    first, second = bring(ours, LONG, NEAR), bring(ours, "short")
    release = frozen(ours, [(first[0], "train"), (first[1], "test"), (second[0], "test")])
    assert (across_splits(release).unchecked, open_personal(release)) == (0, Personal(0, 0, 0))
    # As a batch that was checked before there were keys.
    TextFacts.objects.filter(item__in=first).update(key=None)
    batch = (first[0].batch.uid,)
    assert (across_splits(release).unchecked, across_splits(release).batches) == (2, batch)
    assert open_personal(release) == Personal(0, 0, 2, (), batch)
    asking.check_again(batch=first[0].batch, by=ours.lead)
    cast.drain()
    assert (across_splits(release).unchecked, open_personal(release).unchecked) == (0, 0)
    # A step failed in the other batch.
    QualityStep.objects.filter(batch=second[0].batch, key="personal").update(error="ValueError")
    assert (across_splits(release).unchecked, open_personal(release).unchecked) == (0, 1)
    TextFacts.objects.filter(item=first[1]).delete()
    assert open_personal(release).unchecked == 2
    assert open_personal(release).batches == (first[0].batch.uid, second[0].batch.uid)


def test_an_item_that_changed_since_is_unchecked(ours: World) -> None:
    items = bring(ours, LONG, "short")
    release = frozen(ours, [(items[0], "train"), (items[1], "test")])
    Item.objects.filter(pk=items[0].pk).update(changed_at=timezone.now())
    assert open_personal(release).unchecked == across_splits(release).unchecked == 1
    asking.check_again(batch=items[0].batch, by=ours.lead)
    cast.drain()
    assert open_personal(release).unchecked == 0


def test_personal_data_are_open_until_somebody_has_looked(ours: World) -> None:
    items = bring(ours, "Call +44 20 7946 0958 or write to a@roe.org", "b@roe.org", "nothing")
    release = frozen(ours, [(item, "train") for item in items[::2]])
    found = open_personal(release)
    assert found == Personal(2, 1, 0, ((items[0].uid, "phone"), (items[0].uid, "email")))
    flags = list(QualityFinding.objects.filter(item=items[0]).values_list("pk", flat=True))
    marking.mark(batch=items[0].batch, by=ours.lead, outcome=Outcome.CLEAR, flags=flags[:1])
    assert open_personal(release).findings == 1
    marking.mark(batch=items[0].batch, by=ours.lead, outcome=Outcome.CLEAR, flags=flags[1:])
    assert open_personal(release) == Personal(0, 0, 0)


def test_what_is_set_aside_after_the_freeze_is_still_in_the_release(ours: World) -> None:
    items = bring(ours, "a@roe.org", "nothing")
    release = frozen(ours, [(item, "train") for item in items])
    flag = QualityFinding.objects.get()
    marking.mark(batch=flag.batch, by=ours.lead, outcome=Outcome.ASIDE, flags=[flag.pk])
    assert open_personal(release).findings == 1


def test_the_number_of_statements_does_not_grow(
    ours: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    texts = [f"Clause {at} of lease {at * 7}, see c{at}@roe.org, says {LONG}" for at in range(12)]
    items = bring(ours, *texts, *(f"{text} " for text in texts))
    release = frozen(ours, [(item, "train" if at < 12 else "test") for at, item in enumerate(items)])
    with django_assert_max_num_queries(12):
        assert across_splits(release).exact == 12
    with django_assert_max_num_queries(4):
        assert open_personal(release).findings == 24


def test_no_personal_data_stand_in_the_flags(ours: World) -> None:
    bring(ours, "Jane Roe, SSN 219-09-9998, jane@roe.org")
    assert QualityFinding.objects.filter(code="us_ssn").count() == 1
    told = json.dumps(list(QualityFinding.objects.values_list("code", "params")))
    assert "219" not in told
    assert "roe" not in told
