"""What answers and imports write is what `Model.save` would have written."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import AuditAddress, AuditEvent, Job
from core.models.job import JobState
from core.questions import MOMENT, NUMBER
from core.writes import Change, insert, insert_many, insert_or_touch

pytestmark = pytest.mark.django_db
_end = Change(
    lambda job, now: (Job.objects.filter(pk=job, state=JobState.WAITING), {"finished_at": now, "key": None}),
    job=NUMBER,
    now=MOMENT,
)


def job(key: str | None, **more: Any) -> Job:
    """One that waits."""
    now = timezone.now()
    return Job(kind="test", key=key, args={"a": [1, {"b": "甲\U00020000"}]}, due_at=now, ring_at=now, **more)


def whole(row: Any) -> dict[str, Any]:
    """Every column."""
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_a_row_is_what_save_writes() -> None:
    made = job("one", total=2**40)
    insert(made)
    assert whole(Job.objects.get(pk=made.pk)) == whole(made)
    made.done = 3
    made.save()
    assert Job.objects.get().done == 3


def test_a_row_whose_key_is_another_rows() -> None:
    event = AuditEvent(at=timezone.now(), action="a", object_kind="k", object_uid="u", changes={})
    insert(event)
    insert(AuditAddress(event=event, address="127.0.0.1"))
    assert AuditAddress.objects.get().event == event


def test_a_row_of_that_key_is_left_as_it_is() -> None:
    first, second = job("same"), job("same", total=5)
    assert insert_or_touch(first, "key")
    assert not insert_or_touch(second, "key")
    assert Job.objects.get().total is None
    assert second.pk == first.pk


@pytest.mark.parametrize("count", [0, 1, 2500])
def test_many_rows_in_their_order(count: int) -> None:
    before = job(None)
    before.save()
    rows = [job(f"many {at}", total=at) for at in range(count)]
    insert_many(rows)
    found = list(Job.objects.exclude(pk=before.pk).order_by("pk"))
    assert [whole(one) for one in found] == [whole(one) for one in rows]
    after = job(None)
    after.save()
    assert after.pk > max([before.pk, *(one.pk for one in rows)])


def test_a_constraint_holds_and_a_key_is_not_given_twice() -> None:
    insert_many([gone := job("a")])
    number = gone.pk
    Job.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([job("b"), job("b")])
    assert not Job.objects.exists()
    insert_many([last := job("c")])
    assert last.pk > number


def test_a_change_tells_how_many() -> None:
    insert(one := job("x"))
    now = timezone.now()
    assert _end.do(job=one.pk, now=now) == 1
    one.refresh_from_db()
    assert (one.finished_at, one.key) == (now, None)
    assert _end.do(job=-1, now=now) == 0
