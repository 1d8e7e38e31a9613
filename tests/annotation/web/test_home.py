"""Home: what waits for whom, and what is missing when nothing does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.organisations import grant
from core.roles import Role
from tests.annotation.web.conftest import As
from tests.cast import Scene, answer_all, bring_texts, credential_of, drain, everything, found_project, person


def test_an_annotator_sees_what_is_left_and_may_go_on(ours: Scene, as_: As) -> None:
    page = as_("annotator").get("/")
    [card] = page.context["label"]
    assert (card.left, card.today, card.has_draft) == (1, 4, True)
    assert "Continue" in page.content.decode()


def test_an_adjudicator_sees_the_disputes_that_wait(ours: Scene, as_: As) -> None:
    [card] = as_("adjudicator").get("/").context["decide"]
    assert (card.waiting.count, card.first, bool(card.waiting.missing)) == (1, ours.dispute, False)


def test_a_lead_sees_how_far_the_project_is(ours: Scene, as_: As) -> None:
    [card] = as_("lead").get("/").context["lead"]
    assert card.funnel.counts == {
        "blocked": 0,
        "stored": 0,
        "open": 2,
        "labelled": 0,
        "disputed": 1,
        "settled": 3,
    }
    assert card.disputes == 1


def test_who_belongs_nowhere_is_told_how_to_begin(db: None) -> None:
    client = Client()
    client.force_login(person("newcomer"))
    page = client.get("/").content.decode()
    assert reverse("core:organisation-new") in page
    assert reverse("web:me") in page


def test_each_missing_step_is_named(ours: Scene) -> None:
    newcomer = person("newcomer")
    grant(user=newcomer, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    client = Client()
    client.force_login(newcomer)

    def step() -> str:
        [card] = client.get("/").context["locked"]
        return str(card.missing)

    assert step() == "You need a verified credential in Legal: add it to your profile."
    credential = credential_of(newcomer, ours.project.sector)
    assert step() == "Your credential in Legal waits until Alice's has verified it."
    from experts import evidence

    evidence.verify(
        credential=credential,
        organisation=ours.organisation,
        by=ours.lead,
        accepted=False,
        how="no such number",
    )
    assert step() == "Alice's did not accept your credential in Legal: add another."
    evidence.verify(
        credential=credential, organisation=ours.organisation, by=ours.lead, accepted=True, how="found it"
    )
    assert step() == "Your credential in Legal is verified. Alice's still has to qualify you."


def test_a_paused_project_offers_nothing(ours: Scene, as_: As) -> None:
    as_("lead").post(reverse("web:pause", args=[ours.project.uid]))
    [card] = as_("annotator").get("/").context["label"]
    assert (card.paused, card.left, card.held) == (True, 0, None)


@pytest.mark.parametrize("part", ["lead", "annotator", "adjudicator", "auditor"])
def test_the_statements_do_not_grow_with_the_projects(ours: Scene, as_: As, part: str) -> None:
    client = as_(part)
    counts = {address: [statements(client, address)] for address in ("/", reverse("web:projects"))}
    for more in (2, 3):
        for number in range(more):
            project = found_project(ours.organisation, ours.lead, name=f"More {more} {number}")
            bring_texts(project, ours.lead, 1)
            answer_all(project, ours.people["annotator"], lambda _: everything())
            answer_all(project, ours.people["annotator2"], lambda _: everything("unsure"))
            bring_texts(project, ours.lead, 1, start=5)
        drain()
        for address, found in counts.items():
            found.append(statements(client, address))
    for found in counts.values():
        assert found[1] == found[2]
        assert found[2] <= found[0] + 1
        assert found[2] <= 16, counts


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
