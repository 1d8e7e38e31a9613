"""What people do with their accounts is in the trail, without their addresses."""

import pytest
from django.test import Client
from django.urls import reverse

from core import audit
from core.models import AuditEvent, User

NEW = "dawn-river-72-lamp"
OLD = "stone-cloud-18-hat"


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org", OLD)


@pytest.fixture
def page(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def told(user: User) -> list[str]:
    mine = AuditEvent.objects.filter(actor_id=user.pk, object_uid=user.uid)
    return list(mine.order_by("pk").values_list("action", flat=True))


def test_signing_up_is_told(db: None) -> None:
    form = {"email": "new@example.org", "password1": NEW, "password2": NEW}
    Client().post(reverse("account_signup"), form)
    new = User.objects.get(email="new@example.org")
    assert told(new) == ["person.signed_up"]
    assert AuditEvent.objects.get().changes == {"email": audit.digest("new@example.org")}


def test_a_changed_password_is_told(alice: User, page: Client) -> None:
    page.post(reverse("account_change_password"), {"oldpassword": OLD, "password1": NEW, "password2": NEW})
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert told(alice) == ["person.password_changed"]


def test_another_address_is_told_without_holding_it(alice: User, page: Client) -> None:
    page.post(reverse("account_email"), {"email": "alice@example.net", "action_add": ""})
    assert "person.email_added" in told(alice)
    assert not [event for event in AuditEvent.objects.all() if "@" in str(event.changes)]
