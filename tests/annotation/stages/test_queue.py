"""The queue: what comes first for whom, that nothing is passed by for good, and what a take costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.models import Assignment, Desk, Item, Lane, LaneCursor
from annotation.models.candidate import Candidate
from annotation.models.opening import tell_the_planner
from annotation.models.queue import embedded
from annotation.stages import interests, lease
from core.models import User
from core.refusals import NotQualified
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.cast import World

POSTGRES = connection.vendor == "postgresql"


def texts(ours: World, user: User, most: int = 100) -> list[str]:
    """What the person is given, one after another."""
    given = cast.answer_all(ours.project, user, lambda _assignment: cast.choice(), most)
    return [annotation.item.data["text"] for annotation in given]


def bring(ours: World, *rows: dict[str, Any]) -> None:
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))


def statements(ours: World, user: User) -> list[str]:
    """The statements of one take, transactions aside."""
    expert = evidence.expert_of(user)
    with CaptureQueriesContext(connection) as queries:
        assert lease.take_next(project=ours.project, expert=expert, by=user) is not None
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [one["sql"] for one in queries.captured_queries if not one["sql"].startswith(words)]


def done(user: User) -> None:
    """What the person holds is out of their hands."""
    Assignment.objects.open().filter(expert__user=user).update(outcome="submitted")


def test_a_specialist_is_given_what_asks_for_the_speciality_first(
    ours: World, carol: User, dan: User
) -> None:
    cast.describe(carol, specialities=["Tax law"])
    bring(ours, {"text": "plain"}, {"text": "tax", "_speciality": "tax LAW"})
    assert texts(ours, carol) == ["tax", "plain"]
    assert texts(ours, dan) == ["plain"]


def test_a_higher_priority_goes_before_any_score(ours: World, carol: User) -> None:
    cast.describe(carol, specialities=["tax"])
    bring(ours, {"text": "tax", "_speciality": "tax"}, {"text": "urgent", "_priority": 1})
    assert texts(ours, carol) == ["urgent", "tax"]


def test_what_is_due_goes_before_what_is_not(ours: World, carol: User) -> None:
    today = timezone.localdate()
    bring(
        ours,
        {"text": "none"},
        {"text": "later", "_due": (today + timedelta(days=30)).isoformat()},
        {"text": "today", "_due": today.isoformat()},
    )
    assert texts(ours, carol) == ["today", "later", "none"]


def test_a_better_language_goes_first(ours: World, carol: User) -> None:
    cast.describe(carol, languages=["de"], level="A2")
    cast.describe(carol, languages=["de", "en"])
    carol.expert.languages = [{"code": "de", "level": "A2"}, {"code": "en", "level": "native"}]
    carol.expert.save(update_fields=["languages"])
    bring(ours, {"text": "de", "_language": "de"}, {"text": "en", "_language": "en"})
    assert texts(ours, carol) == ["en", "de"]


def test_the_assignment_keeps_the_score_and_its_parts(ours: World, carol: User) -> None:
    cast.describe(carol, specialities=["tax"])
    bring(ours, {"text": "tax", "_speciality": "tax"})
    given = cast.take(ours.project, carol)
    assert given is not None
    given.refresh_from_db()
    assert given.parts["speciality"] == 0.6  # said, not verified
    assert set(given.parts) == {"load", "rate", "reliability", "deadline", "waiting", "speciality"}
    assert given.score is not None
    assert 0 < given.score < 1


def test_what_somebody_gives_back_is_seen_by_who_had_passed_it(ours: World, carol: User, dan: User) -> None:
    cast.set_overlap(ours.project, ours.lead, 1)
    bring(ours, {"text": "one"}, {"text": "two"})
    held = cast.take(ours.project, carol)
    assert held is not None
    assert held.item.data["text"] == "one"
    assert texts(ours, dan, most=1) == ["two"]
    assert LaneCursor.objects.filter(expert__user=dan).exists()
    lease.give_back(assignment=held, by=carol)
    assert "one" in texts(ours, dan)


def test_a_plan_made_before_a_rule_changed_gives_nothing_away(ours: World, carol: User) -> None:
    bring(ours, {"text": "one"}, {"text": "two"})
    assert cast.take(ours.project, carol) is not None
    done(carol)
    desk = Desk.objects.get(expert__user=carol)
    assert desk.plan
    assert desk.taken == 1
    Qualification.objects.update(revoked_at=timezone.now())
    with pytest.raises(NotQualified):
        cast.take(ours.project, carol)


def test_who_is_barred_from_nearly_everything_is_given_all_the_rest(ours: World, carol: User) -> None:
    rows = [{"text": f"t{at}", "_parties": "Acme" if at % 10 else "Zeta"} for at in range(120)]
    bring(ours, *rows)
    interests.declare(expert=evidence.expert_of(carol), by=carol, kind="organisation", name="Acme Ltd")
    assert texts(ours, carol, most=200) == [f"t{at}" for at in range(0, 120, 10)]


def test_a_lane_whose_items_are_all_barred_is_passed_by_once(ours: World, carol: User) -> None:
    bring(ours, *({"text": f"t{at}", "_parties": "Acme"} for at in range(100)))
    bring(ours, {"text": "other", "_kind": "other"})
    interests.declare(expert=evidence.expert_of(carol), by=carol, kind="organisation", name="Acme")
    assert texts(ours, carol) == ["other"]
    barred = Lane.objects.get(kind="")
    assert LaneCursor.objects.get(expert__user=carol, lane=barred).position == 100
    bring(ours, {"text": "new"})
    assert texts(ours, carol) == ["new"]


def test_a_take_costs_three_statements_at_most(ours: World, carol: User) -> None:
    bring(ours, *({"text": f"t{at}", "_kind": f"k{at % 7}"} for at in range(60)))
    cast.take(ours.project, carol)
    done(carol)
    warm = statements(ours, carol)
    done(carol)
    Desk.objects.update(planned_at=None)
    cold = statements(ours, carol)
    if POSTGRES:
        assert (len(warm), len(cold)) == (2, 3)
    else:  # no round trips: every write is a statement of its own
        assert (len(warm), len(cold)) == (10, 11)


def test_a_take_looks_at_64_rows_of_the_queue_at_most(ours: World, carol: User) -> None:
    bring(ours, *({"text": f"t{at}", "_parties": "Acme" if at % 8 else "Zeta"} for at in range(400)))
    interests.declare(expert=evidence.expert_of(carol), by=carol, kind="organisation", name="Acme")
    cast.take(ours.project, carol)
    if not POSTGRES:  # SQLite counts no rows, but says which index it walks
        assert "USING INDEX item_queue" in walked(ours)
        return
    tell_the_planner()  # it may have looked when the table was empty
    with connection.cursor() as cursor:  # 400 rows would be read as a whole, unlike a large table
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DISCARD PLANS")
    for _ in range(20):
        done(carol)
        before = fetched()
        cast.take(ours.project, carol)
        assert fetched() - before <= 64


def walked(ours: World) -> str:
    """How SQLite finds the next item of a lane."""
    statement = embedded._items(Candidate.blank(ours.project))
    with connection.cursor() as cursor:
        values = {"expert": 1, "user": 1, "day": "2026-01-01", "lane": 1, "after": 0}
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.fill(values))
        return "\n".join(row[3] for row in cursor.fetchall())


def fetched() -> int:
    """Rows of the queue that this transaction has read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = %s",
            ["annotation_item"],
        )
        return int(cursor.fetchone()[0])


def test_opened_items_stand_in_the_order_of_their_arrival(ours: World) -> None:
    bring(ours, *({"text": f"t{at}", "_kind": f"k{at % 2}"} for at in range(6)))
    for lane in Lane.objects.all():
        places = list(Item.objects.filter(lane=lane).order_by("pk").values_list("position", flat=True))
        assert places == [1, 2, 3]
        assert lane.next_position == 4
