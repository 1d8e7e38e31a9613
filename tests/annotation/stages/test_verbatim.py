"""Data as they came: the order of an object's keys is kept, whatever database there is."""

import pytest

from annotation.models import Item
from tests import cast
from tests.cast import World

ROWS = [{"Item": "票", "2023": 5, "Revenue of the year": 10, "2022": 4}]


@pytest.mark.django_db
def test_keys_keep_their_order_when_made_one_by_one_or_together(ours: World) -> None:
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "One.", "rows": ROWS}]))
    item = Item.objects.get()
    assert [list(row) for row in item.data["rows"]] == [list(ROWS[0])]
    item.data["rows"] = [dict(reversed(ROWS[0].items()))]
    item.save()
    item.refresh_from_db()
    assert list(item.data["rows"][0]) == list(reversed(ROWS[0]))
    assert Item.objects.values_list("data", flat=True).get() == item.data
