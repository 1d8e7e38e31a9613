"""Undertaking, residence and barriers on the pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Acceptance, Assignment, Dispute, Project, RoomEntry
from annotation.stages import trust, undertaking
from annotation.web.missing import next_step
from experts.evidence import expert_of
from experts.models import Expert
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import Scene, World


def write(ours: World, text: str = "# Promise\n\nI tell **nobody**.") -> None:
    undertaking.write_undertaking(project=ours.project, by=ours.lead, text=text)


def read(ours: World) -> str:
    return reverse("web:undertaking", args=[ours.project.uid])


def signed(world: World, part: str) -> Client:
    client = Client()
    client.force_login(world.people[part])
    return client


def body(response: Any) -> str:
    return str(response.content.decode())


def test_the_text_is_read_and_accepted_on_the_way_to_the_item(ours: Scene, as_: As) -> None:
    write(ours)
    client, page = as_("annotator"), reverse("web:label", args=[ours.assignment.uid])
    sent = client.get(page)
    assert sent["Location"] == f"{read(ours)}?next=%2Flabel%2F{ours.assignment.uid}%2F"
    shown = client.get(sent["Location"])
    assert "<strong>nobody</strong>" in body(shown)
    assert "Clause" not in body(shown)
    accepted = client.post(sent["Location"], {"version": 1})
    assert accepted["Location"] == page
    assert client.get(page).status_code == 200
    assert Acceptance.objects.get().expert.user == ours.people["annotator"]
    assert "You accepted this version" in body(client.get(read(ours)))


def test_starting_to_label_leads_there_too(ours: Scene, as_: As) -> None:
    write(ours)
    client, start = as_("annotator"), reverse("web:label-next", args=[ours.project.uid])
    assert client.post(start)["Location"].startswith(read(ours))
    assert read(ours) in body(client.get(start))
    assert read(ours) in body(client.get(reverse("web:home")))


def test_an_older_version_is_not_accepted(ours: Scene, as_: As) -> None:
    write(ours)
    write(ours, "Another text")
    response = as_("annotator").post(read(ours), {"version": 1})
    assert response.status_code == 409
    assert "Version 2 is in force by now" in body(response)
    assert 'name="version" value="2"' in body(response)


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"]
)
def test_the_way_back_stays_with_us(ours: Scene, as_: As, away: str) -> None:
    write(ours)
    response = as_("annotator").post(f"{read(ours)}?next={away}", {"version": 1})
    assert response["Location"] == reverse("web:label-next", args=[ours.project.uid])


def test_an_adjudicator_reads_no_dispute_before(ours: Scene, as_: As) -> None:
    write(ours)
    client = as_("adjudicator")
    for page in (
        reverse("web:dispute", args=[ours.dispute.uid]),
        reverse("web:project-disputes", args=[ours.project.uid]),
        reverse("web:project-disputes", args=[ours.project.uid]) + "?state=closed",
    ):
        assert client.get(page)["Location"].startswith(read(ours))
    listed = body(client.get(reverse("web:disputes")))
    assert "Clause" not in listed
    client.post(read(ours), {"version": 1})
    assert "Clause" in body(client.get(reverse("web:dispute", args=[ours.dispute.uid])))


def test_a_list_shows_no_text_that_lies_in_a_room(fresh: World) -> None:
    rows = [{"text": "Ours alone", "_room": "A"}, {"text": "Theirs alone", "_room": "B"}]
    cast.bring(fresh.project, fresh.lead, cast.jsonl(rows))
    cast.answer_all(fresh.project, fresh.people["annotator"], lambda _: cast.choice("breach"))
    cast.answer_all(fresh.project, fresh.people["annotator2"], lambda _: cast.choice("unsure"))
    cast.drain()
    trust.set_walls(project=fresh.project, by=fresh.lead, walls=[["A", "B"]])
    client = signed(fresh, "adjudicator")
    listed = body(client.get(reverse("web:disputes")))
    assert "alone" not in listed
    assert not RoomEntry.objects.filter(expert__user=fresh.people["adjudicator"]).exists()
    [one, other] = Dispute.objects.order_by("pk")
    assert "alone" in body(client.get(reverse("web:dispute", args=[one.uid])))
    assert client.get(reverse("web:dispute", args=[other.uid])).status_code == 403
    left = body(client.get(reverse("web:disputes")))
    assert one.uid in left
    assert other.uid not in left
    assert "alone" in body(signed(fresh, "lead").get(reverse("web:disputes")))


def test_a_lead_writes_a_version_and_sees_what_changes(fresh: World) -> None:
    client, edit = signed(fresh, "lead"), reverse("web:undertaking-edit", args=[fresh.project.uid])
    assert "# Confidentiality" in body(client.get(edit))
    client.post(edit, {"text": "One\r\nTwo"})
    assert fresh.project.undertakings.get().text == "One\nTwo"
    preview = client.post(
        reverse("web:undertaking-preview", args=[fresh.project.uid]), {"text": "One\nThree"}
    )
    assert '<li class="removed">− Two</li>' in body(preview)
    assert '<li class="added">+ Three</li>' in body(preview)
    assert client.post(edit, {"text": "One\nTwo"}).status_code == 400
    client.post(edit, {"text": "One\nThree"})
    changed = reverse("web:undertaking-diff", args=[fresh.project.uid])
    assert "+ Three" in body(client.get(f"{changed}?version=2&old=1"))


def test_the_page_says_who_accepted_what_and_when(ours: Scene, as_: As) -> None:
    write(ours)
    as_("annotator").post(read(ours), {"version": 1})
    page = as_("auditor").get(reverse("web:trust", args=[ours.project.uid]))
    assert [(one.expert.user.name, one.undertaking.version) for one in page.context["page"].rows] == [
        ("Carol", 1)
    ]
    assert page.context["accepted"] == 1
    assert "<form" not in body(page).split("<main", 1)[1].split("</main>", 1)[0]


def test_countries_are_chosen_from_the_list(fresh: World) -> None:
    client, save = signed(fresh, "lead"), reverse("web:trust-residence", args=[fresh.project.uid])
    client.post(save, {"residences": ["DE", "FR"]})
    assert Project.objects.get().residences == ["DE", "FR"]
    assert "France, Germany" in body(client.get(reverse("web:trust", args=[fresh.project.uid])))
    assert client.post(save, {"residences": ["XX"]}).status_code == 422
    client.post(save, {})
    assert Project.objects.get().residences == []


def test_who_has_not_said_where_they_live_is_told_to(fresh: World) -> None:
    trust.set_residences(project=fresh.project, by=fresh.lead, countries=["FR"])
    expert = expert_of(fresh.people["annotator"])
    assert next_step(fresh.project, expert).href == reverse("web:profile")
    Expert.objects.filter(pk=expert.pk).update(residence="DE")
    expert.refresh_from_db()
    assert "Germany is none of them" in str(next_step(fresh.project, expert))
    Expert.objects.filter(pk=expert.pk).update(residence="FR")
    assert not next_step(fresh.project, expert)


def test_barriers_are_added_and_removed(fresh: World) -> None:
    cast.bring(fresh.project, fresh.lead, cast.jsonl([{"text": "Ours", "_room": "Buyer"}]))
    client, page = signed(fresh, "lead"), reverse("web:trust", args=[fresh.project.uid])
    assert "Buyer" in body(client.get(page))
    add = reverse("web:wall-add", args=[fresh.project.uid])
    assert client.post(add, {"rooms": ["Buyer"]}).status_code == 400
    client.post(add, {"rooms": ["Buyer"], "more": "Seller\r\n"})
    assert Project.objects.get().walls == [["Buyer", "Seller"]]
    client.post(reverse("web:wall-remove", args=[fresh.project.uid]), {"rooms": ["Buyer", "Seller"]})
    assert Project.objects.get().walls == []


def test_leads_see_who_had_been_on_both_sides(ours: Scene, as_: As) -> None:
    expert = expert_of(ours.people["annotator2"])
    for room in ("A", "B"):
        RoomEntry.objects.create(
            project=ours.project, expert=expert, room=room, entered_at=ours.batch.created_at
        )
    trust.set_walls(project=ours.project, by=ours.lead, walls=[["A", "B"]])
    page = body(as_("lead").get(reverse("web:trust", args=[ours.project.uid])))
    assert "before the barrier stood" in page
    assert reverse("web:expert", args=[ours.project.uid, expert.uid]) in page


def test_nothing_of_a_held_item_is_kept_open_by_a_new_version(ours: Scene, as_: As) -> None:
    write(ours)
    cast.drain()
    assert Assignment.objects.get(pk=ours.assignment.pk).outcome == "returned"
    client: Client = as_("annotator")
    client.post(read(ours), {"version": 1})
    assert "/label/" in client.post(reverse("web:label-next", args=[ours.project.uid]))["Location"]
