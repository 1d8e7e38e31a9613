"""Trust before sight: nothing is handed on before a promise, to who lives elsewhere, or across a barrier."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from annotation.models import Acceptance, Dispute, Project, RoomEntry, Undertaking
from annotation.models.eligibility import eligible
from annotation.models.walls import in_several_rooms
from annotation.stages import adjudicate, trust, undertaking
from core.models import AuditEvent, User
from core.organisations import grant as give_role
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotQualified, Refusal
from core.roles import Capability, Role
from experts.evidence import expert_of
from experts.models import Expert
from tests import cast
from tests.cast import World
from tests.core.database import together

ROOMS = [{"text": "Ours", "_room": "A"}, {"text": "Theirs", "_room": "B"}, {"text": "Anybody's"}]


def write(ours: World, text: str = "I tell nobody.") -> Undertaking:
    made = undertaking.write_undertaking(project=ours.project, by=ours.lead, text=text)
    cast.drain()
    return made


def accept(ours: World, user: User, version: int = 1) -> Acceptance:
    return undertaking.accept_undertaking(
        project=ours.project, expert=expert_of(user), by=user, version=version
    )


def wall(ours: World, *rooms: str) -> None:
    trust.add_wall(project=ours.project, by=ours.lead, rooms=rooms)
    cast.drain()


def bring_rooms(ours: World) -> None:
    Project.objects.update(overlap=1)
    ours.project.refresh_from_db()
    cast.bring(ours.project, ours.lead, cast.jsonl(ROOMS))


def taken(ours: World, user: User) -> set[str]:
    """The texts of everything that the person is given, one after the other; which room comes first is no matter."""
    given = cast.answer_all(ours.project, user, lambda _: cast.choice())
    return {answer.item.data["text"] for answer in given}


def test_nothing_is_handed_on_before_the_promise_and_again_after_a_new_version(
    ours: World, carol: User
) -> None:
    cast.bring_texts(ours.project, ours.lead, 2)
    write(ours)
    with pytest.raises(NotAllowed) as refused:
        cast.take(ours.project, carol)
    assert refused.value.code == "undertaking"
    accept(ours, carol)
    held = cast.take(ours.project, carol)
    assert held
    write(ours, "I tell nobody at all.")
    held.refresh_from_db()
    assert held.outcome == "returned"
    with pytest.raises(NotAllowed):
        cast.take(ours.project, carol)
    with pytest.raises(AlreadyDone) as stale:
        accept(ours, carol, version=1)
    assert stale.value.code == "stale_version"
    accept(ours, carol, version=2)
    assert cast.take(ours.project, carol)
    told = AuditEvent.objects.filter(action__startswith="undertaking.").order_by("pk")
    assert [(event.action, event.changes["version"]) for event in told] == [
        ("undertaking.versioned", 1),
        ("undertaking.accepted", 1),
        ("undertaking.versioned", 2),
        ("undertaking.accepted", 2),
    ]
    assert "nobody" not in str([event.changes for event in told])


def test_an_empty_version_asks_for_nothing(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    write(ours)
    write(ours, " \n")
    assert cast.take(ours.project, carol)
    with pytest.raises(InvalidInput) as refused:
        accept(ours, carol, version=2)
    assert refused.value.code == "no_undertaking"


@pytest.mark.parametrize("text", ["I tell nobody.", "x" * 100_001])
def test_the_same_text_again_and_one_that_is_too_long_are_refused(ours: World, text: str) -> None:
    write(ours)
    with pytest.raises(InvalidInput) as refused:
        write(ours, text)
    assert refused.value.where == "text"


def test_accepting_twice_keeps_the_first_time(ours: World, carol: User) -> None:
    write(ours)
    assert accept(ours, carol) == accept(ours, carol)
    assert AuditEvent.objects.filter(action="undertaking.accepted").count() == 1


def test_two_versions_at_once_get_two_numbers(committed: Any) -> None:
    ours = cast.world(cast.OURS)

    def one(text: str) -> None:
        undertaking.write_undertaking(project=ours.project, by=ours.lead, text=text)

    together([partial(one, "a"), partial(one, "b")])
    assert sorted(Undertaking.objects.values_list("version", flat=True)) == [1, 2]


def test_who_lives_elsewhere_gives_back_what_they_hold(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    Expert.objects.filter(user=carol).update(residence="DE")
    trust.set_residences(project=ours.project, by=ours.lead, countries=["FR", "DE"])
    assert ours.project.residences == ["DE", "FR"]
    held = cast.take(ours.project, carol)
    assert held
    trust.set_residences(project=ours.project, by=ours.lead, countries=["FR"])
    cast.drain()
    held.refresh_from_db()
    assert held.outcome == "returned"
    with pytest.raises(NotQualified) as refused:
        cast.take(ours.project, carol)
    assert refused.value.code == "residence"


def test_a_country_that_is_none_is_refused(ours: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        trust.set_residences(project=ours.project, by=ours.lead, countries=["DE", "XX"])
    assert refused.value.where == "residences"
    assert ours.project.residences == []


def test_nobody_is_given_both_sides_of_a_barrier(ours: World, carol: User, dan: User) -> None:
    bring_rooms(ours)
    wall(ours, "A", "B")
    hers, his = taken(ours, carol), taken(ours, dan)
    assert sorted(hers | his) == ["Anybody's", "Ours", "Theirs"]
    assert (len(hers), len(his)) == (2, 1)
    rooms = RoomEntry.objects.order_by("expert__user__name").values_list("expert__user__name", "room")
    assert {room for _name, room in rooms} == {"A", "B"}
    assert [name for name, _room in rooms] == ["Carol", "Dan"]


def test_who_has_been_on_both_sides_before_is_barred_from_both(ours: World, carol: User, dan: User) -> None:
    bring_rooms(ours)
    assert taken(ours, carol) == {"Ours", "Theirs", "Anybody's"}
    wall(ours, "A", "B")
    assert list(in_several_rooms(ours.project, ["A", "B"])) == [expert_of(carol)]
    cast.bring(ours.project, ours.lead, cast.jsonl([{**row, "text": row["text"] + " 2"} for row in ROOMS]))
    assert taken(ours, carol) == {"Anybody's 2"}
    his = taken(ours, dan)
    assert his < {"Ours 2", "Theirs 2"}
    trust.remove_wall(project=ours.project, by=ours.lead, rooms=["B", "A"])
    ours.project.refresh_from_db()
    assert taken(ours, carol) == {"Ours 2", "Theirs 2"} - his


def test_a_new_barrier_takes_the_lease_of_who_has_been_on_the_other_side(ours: World, carol: User) -> None:
    Project.objects.update(overlap=1)
    ours.project.refresh_from_db()
    cast.bring(ours.project, ours.lead, cast.jsonl(ROOMS[:2]))
    cast.answer_all(ours.project, carol, lambda _: cast.choice(), most=1)
    second = cast.take(ours.project, carol)
    assert second
    wall(ours, "A", "B")
    second.refresh_from_db()
    assert second.outcome == "returned"


@pytest.mark.parametrize(
    "rooms", [["A"], ["A", " A "], ["", "A"], ["A", "x" * 101], [f"r{at}" for at in range(51)]]
)
def test_a_barrier_that_cannot_be_is_refused(ours: World, rooms: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        wall(ours, *rooms)
    assert refused.value.where == "rooms"


def test_a_barrier_is_taken_away_once(ours: World) -> None:
    wall(ours, "A", "B")
    wall(ours, "B", "A")
    ours.project.refresh_from_db()
    assert ours.project.walls == [["A", "B"]]
    trust.remove_wall(project=ours.project, by=ours.lead, rooms=["A", "B"])
    with pytest.raises(AlreadyDone):
        trust.remove_wall(project=ours.project, by=ours.lead, rooms=["A", "B"])


def disputed_rooms(ours: World) -> dict[str, Dispute]:
    """A dispute in each room, by room."""
    cast.bring(ours.project, ours.lead, cast.jsonl(ROOMS))
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.choice("breach"))
    cast.answer_all(ours.project, ours.people["annotator2"], lambda _: cast.choice("unsure"))
    cast.drain()
    wall(ours, "A", "B")
    found = Dispute.objects.select_related("project", "item__lane")
    return {one.item.lane.room: one for one in found}


def test_an_adjudicator_is_shown_one_side_only(ours: World, erin: User) -> None:
    disputes = disputed_rooms(ours)
    adjudicate.show(disputes["A"], erin)
    with pytest.raises(Refusal) as refused:
        adjudicate.show(disputes["B"], erin)
    assert refused.value.code == "behind_wall"
    with pytest.raises(Refusal):
        cast.decide(disputes["B"], erin, cast.choice())
    cast.decide(disputes["A"], erin, cast.choice())
    adjudicate.show(disputes[""], erin)
    decided = Dispute.objects.select_related("project", "item__lane").get(pk=disputes["B"].pk)
    Dispute.objects.filter(pk=decided.pk).update(closed_at=disputes["B"].opened_at)
    decided.refresh_from_db()
    with pytest.raises(Refusal):
        adjudicate.show(decided, erin)  # a decision would tell as much


def test_an_adjudicator_promises_too(ours: World, erin: User) -> None:
    dispute = disputed_rooms(ours)[""]
    write(ours)
    dispute = Dispute.objects.select_related("project", "item__lane").get(pk=dispute.pk)
    with pytest.raises(NotAllowed) as refused:
        adjudicate.show(dispute, erin)
    assert refused.value.code == "undertaking"
    accept(ours, erin)
    adjudicate.show(dispute, erin)


def test_who_sees_the_work_sees_both_sides(ours: World) -> None:
    for dispute in disputed_rooms(ours).values():
        adjudicate.show(dispute, ours.lead)
    assert not RoomEntry.objects.filter(expert__user=ours.lead).exists()


def test_two_tabs_at_once_show_one_side(committed: Any) -> None:
    ours = cast.world(cast.OURS)
    erin = ours.people["adjudicator"]
    dispute = disputed_rooms(ours)["A"]
    give_role(user=erin, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "Theirs 3", "_room": "B"}]))
    ours.project.refresh_from_db()
    looks: list[Callable[[], Any]] = [
        lambda: adjudicate.show(dispute, erin),
        lambda: cast.take(ours.project, erin),
    ]
    seen, given = together(looks)
    assert isinstance(seen, Refusal) != (given is None)
    assert RoomEntry.objects.filter(expert__user=erin).count() == 1


def test_the_reason_is_true_for_who_decides_as_well(ours: World, erin: User) -> None:
    dispute = disputed_rooms(ours)["A"]
    adjudicate.show(dispute, erin)
    other = Dispute.objects.get(item__lane__room="B")
    assert eligible(other.item, expert_of(erin), part=Capability.ADJUDICATE).codes == ["behind_wall"]
