"""The pages of conflicts: one's own list, and what a lead is told about an item."""

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Project
from core.models import AuditEvent
from experts.models import Conflict
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World


@pytest.fixture
def as_fresh(fresh: World) -> As:
    """A browser for each of the people of a project without items."""

    def signed_in(part: str) -> Client:
        client = Client()
        client.force_login(fresh.people[part])
        return client

    return signed_in


ACME = {"kind": "organisation", "name": "Acme Ltd", "identifier": ""}


def test_a_person_declares_and_withdraws(fresh: World, as_fresh: As) -> None:
    carol = as_fresh("annotator")
    assert carol.post(reverse("web:conflicts"), ACME).status_code == 302
    assert "Acme Ltd" in carol.get(reverse("web:conflicts")).content.decode()
    conflict = Conflict.objects.get()
    assert carol.post(reverse("web:conflict-withdraw", args=[conflict.uid])).status_code == 302
    conflict.refresh_from_db()
    assert conflict.ended_at
    assert "withdrawn" in carol.get(reverse("web:conflicts")).content.decode()


def test_a_conflict_with_a_mistake_is_refused_and_kept_in_the_form(fresh: World, as_fresh: As) -> None:
    answer = as_fresh("annotator").post(reverse("web:conflicts"), {**ACME, "name": "…"})
    assert answer.status_code == 400
    assert "A name needs a letter or a digit." in answer.content.decode()
    assert as_fresh("annotator").post(reverse("web:conflicts"), {**ACME, "kind": "foe"}).status_code == 422


def test_nobody_else_sees_what_somebody_declared(fresh: World, as_fresh: As) -> None:
    as_fresh("annotator").post(reverse("web:conflicts"), ACME)
    for part in ("lead", "owner", "annotator2"):
        assert "Acme Ltd" not in as_fresh(part).get(reverse("web:conflicts")).content.decode()
    url = reverse("web:conflict-withdraw", args=[Conflict.objects.get().uid])
    assert as_fresh("lead").post(url).status_code == 404
    assert AuditEvent.objects.filter(action="conflict.declared").count() == 1


def test_a_lead_sees_who_may_judge_an_item_and_why_others_may_not(fresh: World, as_fresh: As) -> None:
    batch = cast.bring(fresh.project, fresh.lead, cast.jsonl([{"text": "Acme owes.", "_parties": ["ACME"]}]))
    as_fresh("annotator").post(reverse("web:conflicts"), ACME)
    url = reverse("web:item-judges", args=[fresh.project.uid, batch.items.get().uid])
    shown = as_fresh("lead").get(url)
    judges = {str(expert): verdict.codes for expert, verdict in shown.context["judges"]}
    assert judges == {"Carol": ["conflict"], "Dan": []}
    assert "The person has declared an interest in a party of the item." in shown.content.decode()
    assert "Acme Ltd" not in shown.content.decode()


def test_a_lead_sets_the_rules_of_a_project(fresh: World, as_fresh: As) -> None:
    lead = as_fresh("lead")
    url = reverse("web:settings", args=[fresh.project.uid])
    form = lead.get(url).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    changed = {**values, "language_required": "on", "bar_colleagues": "on", "party_field": "debtor"}
    assert lead.post(url, changed).status_code == 302
    project = Project.objects.get(pk=fresh.project.pk)
    assert (project.language_required, project.bar_colleagues, project.party_field) == (True, True, "debtor")
