"""From the queue into the editor, and into the adjudication."""

from django.test import Client
from django.urls import reverse

from annotation.stages import lease
from core.organisations import grant
from core.roles import Role
from tests.annotation.web.conftest import As
from tests.cast import Scene, answer_all, choice, person


def test_it_leases_and_opens_the_next_item(ours: Scene, as_: As) -> None:
    client = as_("annotator2")
    taken = client.post(reverse("web:label-next", args=[ours.project.uid]))
    assert taken.status_code == 302
    page = client.get(taken["Location"])
    assert page.status_code == 200
    assert page.context["work"]["project"]["name"] == ours.project.name
    assert b"<assay-workspace" in page.content
    assert b'<script id="work" type="application/json">' in page.content


def test_a_draft_is_there_again(ours: Scene, as_: As) -> None:
    page = as_("annotator").get(reverse("web:label", args=[ours.assignment.uid]))
    assert page.context["work"]["draft"]["result"] == choice()


def test_nobody_opens_the_item_that_somebody_else_holds(ours: Scene, as_: As) -> None:
    for part in ("annotator2", "lead", "adjudicator"):
        assert as_(part).get(reverse("web:label", args=[ours.assignment.uid])).status_code == 404


def test_when_nothing_is_left_it_says_so(ours: Scene, as_: As) -> None:
    answer_all(ours.project, ours.people["annotator2"], lambda _: choice())
    client = as_("annotator2")
    sent = client.post(reverse("web:label-next", args=[ours.project.uid]), follow=True)
    assert sent.status_code == 200
    assert "Nothing is left for you here" in sent.content.decode()


def test_who_is_not_qualified_is_refused_and_told_why(ours: Scene) -> None:
    newcomer = person("newcomer")
    grant(user=newcomer, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    client = Client()
    client.force_login(newcomer)
    address = reverse("web:label-next", args=[ours.project.uid])
    assert client.post(address).status_code == 403
    assert "You need a verified credential in Legal" in client.get(address).content.decode()


def test_a_skipped_item_leads_to_the_next(ours: Scene, as_: As) -> None:
    lease.skip(assignment=ours.assignment, by=ours.people["annotator"], reason="unclear")
    answer = as_("annotator").get(reverse("web:label", args=[ours.assignment.uid]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("web:label-next", args=[ours.project.uid])


def test_an_adjudicator_gets_the_answers_without_names(ours: Scene, as_: As) -> None:
    page = as_("adjudicator").get(reverse("web:dispute", args=[ours.dispute.uid]))
    assert b"<assay-adjudication" in page.content
    assert [answer["name"] for answer in page.context["payload"]["answers"]] == ["A", "B"]
    for name in (b"Carol", b"Dan", b"carol@", b"dan@"):
        assert name not in page.content


def test_a_lead_reads_a_dispute_but_does_not_decide_it(ours: Scene, as_: As) -> None:
    page = as_("lead").get(reverse("web:dispute", args=[ours.dispute.uid])).content.decode()
    assert "Waits for an adjudicator" in page
    assert "<assay-adjudication" not in page
    assert "Carol" not in page
    assert "Dan" not in page


def test_an_annotator_of_the_item_does_not_see_the_dispute(ours: Scene, as_: As) -> None:
    assert as_("annotator").get(reverse("web:dispute", args=[ours.dispute.uid])).status_code == 404
    grant(user=ours.people["annotator"], organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    assert as_("annotator").get(reverse("web:dispute", args=[ours.dispute.uid])).status_code == 403
