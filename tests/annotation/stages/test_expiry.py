"""The story of a credential that ends: two warnings, then no qualification, and the lease goes back."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotation.models import Assignment, Item
from annotation.pipeline import expire_soon
from core.models import AuditEvent
from core.refusals import NotQualified
from experts.models import Credential, Expert, ExpiryWarning
from tests import cast
from tests.cast import World

TODAY = timezone.localdate()


@pytest.fixture
def ours(db: None) -> World:
    made = cast.world(cast.OURS)
    cast.bring_texts(made.project, made.lead, 2)
    mail.outbox.clear()
    return made


def on(day: date) -> None:
    """What the hourly task does on that day, twice: the second time nothing is left to do."""
    for _ in range(2):
        with patch("django.utils.timezone.localdate", return_value=day):
            expire_soon()
            cast.drain()


def ends_in(world: World, days: int) -> None:
    mine = Credential.objects.filter(expert__user=world.people["annotator"])
    mine.update(valid_until=TODAY + timedelta(days=days))


def letters() -> list[str]:
    return [f"{letter.to[0]}: {letter.subject}" for letter in mail.outbox]


def test_a_credential_ends_with_two_warnings_and_takes_the_lease_along(ours: World) -> None:
    carol = ours.people["annotator"]
    end = TODAY + timedelta(days=40)
    ends_in(ours, 40)
    held = cast.take(ours.project, carol)
    assert held
    on(TODAY)
    assert letters() == []
    on(end - timedelta(days=30))
    on(end - timedelta(days=29))
    assert letters() == [f"carol@example.org: Your credential ends on {end.isoformat()}"]
    on(end - timedelta(days=7))
    on(end)
    assert len(letters()) == 2
    held.refresh_from_db()
    assert held.outcome == ""
    on(end + timedelta(days=1))
    held.refresh_from_db()
    assert held.outcome == "returned"
    assert Item.objects.get(pk=held.item_id).open_slots == 2
    assert len(letters()) == 2
    told = AuditEvent.objects.values_list("action", flat=True)
    assert list(told).count("assignment.unqualified") == 1
    assert list(told).count("credential.ending") == 2


def test_who_is_no_longer_qualified_is_given_nothing(ours: World) -> None:
    ends_in(ours, -1)
    with pytest.raises(NotQualified):
        cast.take(ours.project, ours.people["annotator"])


def test_others_keep_their_items(ours: World) -> None:
    assert cast.take(ours.project, ours.people["annotator2"])
    ends_in(ours, -1)
    on(TODAY)
    assert Assignment.objects.open().count() == 1


def test_a_project_open_to_its_members_keeps_its_leases(ours: World) -> None:
    held = cast.take(ours.project, ours.people["annotator"])
    assert held
    type(ours.project).objects.update(qualified_only=False)
    ends_in(ours, -1)
    on(TODAY)
    held.refresh_from_db()
    assert held.outcome == ""


def test_who_wants_no_letters_gets_none_and_sees_it_at_home(ours: World) -> None:
    carol = ours.people["annotator"]
    Expert.objects.filter(user=carol).update(wants_letters=False)
    ends_in(ours, 5)
    on(TODAY)
    assert letters() == []
    assert ExpiryWarning.objects.get().days == 7
    client = Client()
    client.force_login(carol)
    assert "in 5 days" in client.get(reverse("web:home")).content.decode()


def test_a_letter_is_in_the_language_of_its_reader(ours: World) -> None:
    type(ours.owner).objects.filter(pk=ours.people["annotator"].pk).update(language="zh-hans")
    ends_in(ours, 20)
    on(TODAY)
    assert "资质证书" in mail.outbox[0].body
