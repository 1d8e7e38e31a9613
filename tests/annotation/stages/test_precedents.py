"""Which decisions are shown beside a dispute, and that it costs the same whatever the project's size."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.models import Adjudication, Dispute, Item
from annotation.models.newest import newest
from annotation.models.precedents import similar
from annotation.stages.adjudicate import precedents
from core.models import User
from tests import cast
from tests.annotation.stages.dispute_scene import disputed
from tests.cast import World


def found(dispute: Dispute) -> list[tuple[Adjudication, bool]]:
    return [
        (one.adjudication, one.same_labels) for one in similar(dispute, newest(dispute.project)[0].schema)
    ]


def test_the_same_contested_labels_come_first_then_texts_alike(ours: World, erin: User) -> None:
    one, two, three = disputed(ours, 3)
    other = [cast.decide(each, erin, cast.choice()) for each in (one, two)]
    Dispute.objects.filter(pk=two.pk).update(tally={"contested": ["breach", "no breach"]})
    other[1].precedent.delete()
    other[1].keys.all().delete()
    precedents.index(Adjudication.objects.select_related("dispute__item__lane").get(pk=other[1].pk))
    assert found(three) == [(other[0], True), (other[1], False)]


def test_what_was_overruled_is_found_no_more(ours: World, erin: User) -> None:
    one, two = disputed(ours, 2)
    decision = cast.decide(one, erin, cast.choice())
    assert [each for each, _same in found(two)] == [decision]
    precedents.overrule(decision)
    assert found(two) == []


def test_nothing_is_shown_across_rooms(ours: World, erin: User) -> None:
    rows = [
        {"text": f"Clause {at}: rent is owed.", "_room": room}
        for at, room in enumerate(("red", "red", "blue"))
    ]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.everything())
    cast.answer_all(ours.project, ours.people["annotator2"], lambda _: cast.everything("unsure"))
    cast.drain()
    assert {one.lane.room for one in Item.objects.select_related("lane")} == {"red", "blue"}
    disputes = Dispute.objects.select_related("project__organisation", "item__lane")
    first, second = disputes.filter(item__lane__room="red")
    third = disputes.get(item__lane__room="blue")
    decision = cast.decide(first, erin, cast.choice())
    assert [each for each, _same in found(second)] == [decision]
    assert found(third) == []


def test_it_takes_as_many_statements_with_many_decisions_as_with_one(ours: World, erin: User) -> None:
    *most, last = disputed(ours, 12)

    def statements() -> int:
        schema = newest(ours.project)[0].schema
        with CaptureQueriesContext(
            connection,
        ) as caught:
            similar(last, schema)
        return len(caught)

    cast.decide(most[0], erin, cast.choice())
    few = statements()
    for dispute in most[1:]:
        cast.decide(dispute, erin, cast.choice())
    assert statements() == few == 3
