"""The pages on giving by name, ranking, who has an item, and my work."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from annotation.models import Assignment, Item, LabelSchema
from annotation.models.party import ItemParty
from annotation.stages import lease
from core.models import Job
from experts import evidence
from experts.conflicts import declare
from experts.models import Qualification
from experts.names import party_keys
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import Scene, World


@pytest.fixture
def lead(as_: As) -> Client:
    return as_("lead")


def dan_of(ours: World) -> str:
    return evidence.expert_of(ours.people["annotator2"]).uid


def page(ours: World, rest: str = "routing/assigning/") -> str:
    return f"/projects/{ours.project.uid}/{rest}"


def signed_in(world: World, part: str) -> Client:
    client = Client()
    client.force_login(world.people[part])
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_lead_gives_the_next_items_and_sees_what_became_of_it(ours: Scene, lead: Client) -> None:
    body = {"expert": dan_of(ours), "how": "next", "count": "5"}
    assert lead.post(page(ours), body).status_code == 302
    assert 'id="progress"' in text(lead, page(ours))
    cast.drain()
    shown = text(lead, page(ours))
    assert "Last time 2 items were given to Dan." in shown
    assert "The person has had this item before." in shown
    assert lead.get(page(ours, "routing/assigning/progress")).headers["HX-Refresh"] == "true"
    assert Assignment.objects.open().filter(assigned_by=ours.lead).count() == 2


def test_one_named_item_is_given_in_the_request(ours: Scene, lead: Client) -> None:
    item = Item.objects.filter(open_slots=2)[0]
    until = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    body = {"expert": dan_of(ours), "how": "these", "count": "1", "items": item.uid, "until": until}
    assert lead.post(page(ours), body).status_code == 302
    given = Assignment.objects.get(item=item)
    assert given.lease_until > timezone.now() + timedelta(days=1)
    assert not Job.objects.filter(kind="give_items").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"expert": ""},
        {"expert": "nobody"},
        {"count": "0"},
        {"count": "many"},
        {"how": "these", "items": ""},
        {"until": "soon"},
        {"until": "2001-01-01T00:00"},
        {"batch": "other"},
        {"how": "by lot"},
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    ours: Scene, lead: Client, wrong: dict[str, str]
) -> None:
    response = lead.post(page(ours), {"expert": dan_of(ours), "how": "next", "count": "5", **wrong})
    assert 400 <= response.status_code < 500
    assert b"errorlist" in response.content or b'role="alert"' in response.content
    assert not Job.objects.filter(kind="give_items").exists()


def test_a_page_without_people_or_items_says_what_to_do(fresh: World) -> None:
    assert "There are no items to give yet" in text(signed_in(fresh, "lead"), page(fresh))


def test_what_somebody_holds_is_handed_on_and_taken_back(ours: Scene, lead: Client) -> None:
    assert "Carol" in text(lead, page(ours))
    path = page(ours, f"routing/assigning/{ours.assignment.uid}/")
    assert "Who should have it" in text(lead, path)
    assert lead.post(path, {"expert": "nobody"}).status_code == 400
    assert lead.post(path, {"expert": dan_of(ours)}).status_code == 302
    other = Assignment.objects.open().get()
    assert other.expert.user == ours.people["annotator2"]
    assert lead.post(path, {"expert": dan_of(ours)}).status_code == 409
    back = page(ours, f"routing/assigning/{other.uid}/take-back")
    assert [lead.post(back).status_code for _ in range(2)] == [302, 302]
    assert not Assignment.objects.open().exists()


def test_an_item_says_who_has_it_and_who_should(ours: Scene, lead: Client, as_: As) -> None:
    item = Item.objects.filter(open_slots=2)[0]
    path = page(ours, f"items/{item.uid}/")
    assert "Who should have it" in text(lead, path)
    assert "Who should have it" not in text(as_("auditor"), path)
    assert lead.post(f"{path}give", {"expert_uid": dan_of(ours)}).status_code == 302
    assert "Score when it was given" in text(lead, path)
    assert lead.post(f"{path}give", {"expert_uid": "nobody"}).status_code == 302
    assert Assignment.objects.filter(item=item).count() == 1


def test_the_preview_names_nobody_who_may_not_have_the_item(ours: Scene, lead: Client) -> None:
    def named() -> set[str]:
        shown = lead.get(page(ours, "routing/ranking/")).context["preview"]
        return {fit.expert.uid for _excerpt, _item, fits in shown for fit in fits}

    assert dan_of(ours) in named()
    Qualification.objects.filter(expert__uid=dan_of(ours)).update(revoked_at=timezone.now())
    assert dan_of(ours) not in named()


def test_weights_are_saved_and_wrong_ones_refused(ours: Scene, lead: Client, as_: As) -> None:
    names = ("speciality", "jurisdiction", "language", "reliability", "load", "rate", "deadline", "waiting")
    path = page(ours, "routing/ranking/")
    assert "Who fits best" in text(lead, path)
    body = {f"weight_{name}": "1.5" for name in names} | {"rate_ceiling": "9", f"rate_{dan_of(ours)}": "2.5"}
    assert lead.post(path, body).status_code == 302
    ours.project.refresh_from_db()
    assert ours.project.weights == dict.fromkeys(names, 1.5)
    assert 'value="2.50"' in text(lead, path)
    auditors = text(as_("auditor"), path)
    assert "2.50" not in auditors
    assert "disabled" in auditors
    for wrong in ("11", "-1", "x", "nan", ""):
        assert lead.post(path, {**body, "weight_load": wrong}).status_code == 422
    assert lead.post(path, {**body, **{f"weight_{name}": "0" for name in names}}).status_code == 400


def test_my_work_shows_what_one_holds_has_begun_and_has_answered(ours: Scene, as_: As) -> None:
    carols = as_("annotator")
    shown = text(carols, "/me/work")
    assert "minutes left" in shown
    assert shown.count("stood</span>") == 2
    assert "Clause 1.1 says so." in shown
    assert not any(name in shown for name in ("Erin", "Dan"))
    lease.give_back(assignment=ours.assignment, by=ours.people["annotator"])
    assert "Take it up again" in text(carols, "/me/work")
    response = carols.post(f"/me/work/{ours.assignment.uid}/take-up")
    assert response.headers["Location"] == f"/label/{ours.assignment.uid}/"
    Assignment.objects.filter(pk=ours.assignment.pk).update(outcome="expired", ended_at=timezone.now())
    Item.objects.filter(pk=ours.assignment.item_id).update(open_slots=0)
    assert "cannot be taken up now" in text(carols, "/me/work")
    assert carols.post(f"/me/work/{ours.assignment.uid}/take-up").headers["Location"] == "/me/work"


def test_the_text_of_what_one_may_not_have_is_not_shown(ours: Scene, as_: As) -> None:
    carols, carol = as_("annotator"), ours.people["annotator"]
    excerpt = ours.assignment.item.data["text"]
    for key in party_keys("Zeta"):
        ItemParty.objects.create(project=ours.project, item=ours.assignment.item, key=key)
    assert excerpt in text(carols, "/me/work")
    lease.give_back(assignment=ours.assignment, by=carol)
    assert excerpt in text(carols, "/me/work")
    with transaction.atomic():
        declare(expert=ours.assignment.expert, by=carol, kind="organisation", name="Zeta")
        shown = text(carols, "/me/work")
        assert excerpt not in shown
        assert "You may not have this item by now." in shown
        transaction.set_rollback(True)
    assert excerpt in text(carols, "/me/work")
    Assignment.objects.filter(pk=ours.assignment.pk).update(outcome="withdrawn")
    shown = text(carols, "/me/work")
    assert excerpt not in shown
    assert "A lead took it back." in shown
    assert carols.get(f"/label/{ours.assignment.uid}/").status_code == 302


def test_my_work_is_empty_at_first_and_says_what_comes(fresh: World) -> None:
    shown = text(signed_in(fresh, "annotator"), "/me/work")
    assert "You hold nothing now" in shown
    assert "No answers yet" in shown


def test_my_work_costs_the_same_for_many_answers_as_for_few(
    ours: Scene, as_: As, django_assert_max_num_queries: object
) -> None:
    carols = as_("annotator")
    cast.bring_texts(ours.project, ours.lead, 12, start=50)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.choice())
    assert LabelSchema.objects.exists()
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        text(carols, "/me/work")
