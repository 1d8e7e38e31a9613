"""The lead's page: what is live stays live, and says nothing while nothing changes."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotation.models import Item
from annotation.web.projects import funnel
from core.organisations import grant
from core.roles import Role
from tests.annotation.web.conftest import As
from tests.cast import Scene, choice, submit, take


def test_it_shows_alpha_with_its_interval_and_its_items(ours: Scene, as_: As) -> None:
    page = as_("lead").get(reverse("web:project", args=[ours.project.uid]))
    measured = {question.key: question for question in page.context["measured"].questions}
    alpha = measured["verdict"].overall[0]
    assert alpha.name == "Krippendorff's alpha"
    assert alpha.row.items == 4
    assert alpha.chart is not None
    assert "Only 4 items: below 100 this figure is not ground for a decision." in page.content.decode()


def test_a_figure_that_is_not_there_has_its_reason(ours: Scene, as_: As) -> None:
    page = as_("lead").get(reverse("web:project-agreement", args=[ours.project.uid]))
    stars = next(question for question in page.context["measured"].questions if question.key == "stars")
    assert stars.overall[0].row.value is None
    assert "Everybody always gave the same label" in page.content.decode()


def test_a_fragment_is_not_sent_again_until_it_changes(ours: Scene, as_: As) -> None:
    client = as_("lead")
    address = reverse("web:project-funnel", args=[ours.project.uid])
    first = client.get(address)
    assert first.status_code == 200
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    dan = ours.people["annotator2"]
    submit(ours.assignment, ours.people["annotator"], choice())
    other = take(ours.project, dan)
    assert other
    submit(other, dan, choice())
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    cache.clear()  # as after a few seconds
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_many_who_watch_cost_one_reading_of_the_items(ours: Scene, as_: As) -> None:
    address = reverse("web:project-funnel", args=[ours.project.uid])
    as_("lead").get(address)
    with CaptureQueriesContext(connection) as asked:
        assert as_("auditor").get(address).status_code == 200
    assert not [query for query in asked if "annotation_item" in query["sql"]]


def test_the_agreement_fragment_answers_304_too(ours: Scene, as_: As) -> None:
    client = as_("lead")
    address = reverse("web:project-agreement", args=[ours.project.uid])
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert (
        client.get(address, headers={"Accept-Language": "zh-hans", "If-None-Match": tag}).status_code == 200
    )


def test_items_are_filtered_and_paged_by_key(ours: Scene, as_: As) -> None:
    client = as_("lead")
    address = reverse("web:items", args=[ours.project.uid])
    settled = client.get(address, {"state": "settled"}).context["rows"]
    assert len(settled) == 3
    disputed = client.get(address, {"state": "disputed"}).context["rows"]
    assert [row[0] for row in disputed] == [ours.dispute.item]
    after = client.get(address, {"after": str(Item.objects.order_by("pk")[3].pk)}).context["rows"]
    assert len(after) == 2
    for nonsense in ("x", "-1", "9" * 40, "１"):
        assert client.get(address, {"after": nonsense, "state": "nonsense"}).status_code == 200


def test_an_item_tells_its_story(ours: Scene, as_: As) -> None:
    item = Item.objects.filter(gold__how="adjudicated").first()
    assert item
    page = as_("lead").get(reverse("web:item", args=[ours.project.uid, item.uid])).content.decode()
    for said in ("Carol", "Dan", "Clause 1.1 says so.", "Decided by Erin", "unsure"):
        assert said in page


def test_a_lead_who_also_labels_stays_blind_until_it_is_settled(ours: Scene, as_: As) -> None:
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    client = as_("lead")
    page = client.get(reverse("web:item", args=[ours.project.uid, ours.dispute.item.uid]))
    assert page.context["story"].answers is None
    assert "Carol" not in page.content.decode()
    settled = Item.objects.exclude(settled_at=None)[0]
    shown = client.get(reverse("web:item", args=[ours.project.uid, settled.uid]))
    assert len(shown.context["story"].answers) == 2


def test_the_items_of_a_large_project_are_counted_at_most_every_few_seconds(
    ours: Scene, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = as_("lead"), reverse("web:project", args=[ours.project.uid])
    counted = client.get(address).context["funnel"].total
    Item.objects.filter(project=ours.project).order_by("-pk").first().delete()  # type: ignore[union-attr]
    assert client.get(address).context["funnel"].total == counted - 1, "a small one is counted each time"
    cache.clear()
    monkeypatch.setattr(funnel, "_MANY", 1)
    times = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).context["funnel"].total == counted - 1
        times.append(sum("'settled'" in one["sql"] and "COUNT" in one["sql"] for one in asked))
    assert times == [1, 0]
