"""A config that asks nothing: an item is looked at, submitted without an answer, settled; every page opens."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from annotation.models import Annotation, GoldLabel, Item
from annotation.web.urls import project as project_urls
from tests import cast
from tests.annotation.stages.release_scene import rows
from tests.cast import OURS, World

CONFIG = '<View><Header value="Pairs"/><Table name="table" value="$item"/></View>'
PAGES = sorted(
    {
        str(one.name)
        for one in project_urls
        if isinstance(one, URLPattern) and one.name and "<" not in str(one.pattern)
    }
)


@pytest.fixture
def seen(db: None) -> World:
    """Three items, of which two people have seen two."""
    found = cast.world(OURS, config=CONFIG)
    pairs = [{"item": {"parcel": str(at), "days": at}} for at in range(3)]
    cast.bring(found.project, found.lead, cast.jsonl(pairs))
    for part in ("annotator", "annotator2"):
        cast.answer_all(found.project, found.people[part], lambda _: [], most=2)
    cast.drain()
    return found


def test_what_two_have_seen_settles_without_gold(seen: World) -> None:
    assert Annotation.objects.count() == 4
    assert Item.objects.exclude(settled_at=None).count() == 2
    assert not GoldLabel.objects.exists()


def test_it_is_released_as_seen(seen: World) -> None:
    found = rows(cast.make_release(seen.project, seen.lead))
    assert [row["data"]["item"]["parcel"] for row in found] == ["0", "1"]
    assert all(row["labels"] == row["gold"] == {} for row in found)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_project_opens(seen: World, name: str) -> None:
    client = Client()
    client.force_login(seen.lead)
    assert client.get(reverse(f"web:{name}", args=[seen.project.uid])).status_code < 500
