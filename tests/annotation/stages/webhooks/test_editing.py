"""Webhooks made, changed and deleted."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import Webhook, WebhookDelivery
from annotation.stages.webhooks import editing
from core.models import AuditEvent
from core.outbound.refusing import AddressRefused
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World

Make = Callable[..., Webhook]
URL = "https://hooks.example/in"


def test_a_partial_change_keeps_the_rest(ours: World, hook: Make) -> None:
    made = hook(URL, actions=["TASKS_CREATED"], send_for_all_actions=False, headers={"X-A": "b"})
    changed = editing.change_webhook(webhook=made, by=ours.lead, is_active=False)
    assert (changed.actions, changed.headers, changed.is_active) == (["TASKS_CREATED"], {"X-A": "b"}, False)
    assert changed.updated_at > made.updated_at
    assert len(made.secret) == 64


def test_the_trail_tells_of_it_without_addresses_and_headers(ours: World, hook: Make) -> None:
    made = hook(URL)
    editing.change_webhook(webhook=made, by=ours.lead, url=URL + "?key=s3cret", headers={"X-Key": "s3cret"})
    editing.delete_webhook(webhook=made, by=ours.lead)
    told = AuditEvent.objects.filter(object_kind="webhook").order_by("pk")
    assert list(told.values_list("action", flat=True)) == [
        "webhook.made",
        "webhook.changed",
        "webhook.deleted",
    ]
    assert "s3cret" not in str(list(told.values("changes")))
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", 7),
        ("actions", "TASKS_CREATED"),
        ("actions", ["NOPE"]),
        ("actions", [["TASKS_CREATED"]]),
        ("actions", ["PROJECT_CREATED"]),
        ("is_active", "yes"),
        ("send_payload", None),
        ("headers", ["a"]),
        ("headers", {"Host": "a"}),
        ("headers", {"transfer-encoding": "chunked"}),
        ("headers", {"X-Assay-Signature": "a"}),
        ("headers", {"a b": "c"}),
        ("headers", {"X": "a\r\nY: b"}),
        ("headers", {"X": "é"}),
        ("headers", {"X": 1}),
        ("headers", {f"X-{at}": "a" for at in range(21)}),
        ("colour", "red"),
    ],
)
def test_what_is_wrong_is_named(ours: World, hook: Make, field: str, value: Any) -> None:
    made = hook(URL)
    with pytest.raises(InvalidInput) as refused:
        editing.change_webhook(webhook=made, by=ours.lead, **{field: value})
    assert refused.value.where == field
    assert refused.value.sentence


def test_an_address_inside_is_refused(settings: Any, hook: Make) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = []
    for url in ("http://127.0.0.1:9/hook", "not a url", "http://[::ffff:10.0.0.1]/"):
        with pytest.raises(AddressRefused):
            hook(url)


def test_there_are_not_more_than_so_many(monkeypatch: pytest.MonkeyPatch, hook: Make) -> None:
    monkeypatch.setattr(editing, "MOST", 2)
    hook(URL), hook(URL)
    with pytest.raises(InvalidInput, match="2 webhooks"):
        hook(URL)
    hook(URL, project=None)


def test_only_who_leads_there_finds_it(ours: World, hook: Make) -> None:
    of_project, of_house = hook(URL), hook(URL, project=None)
    mallory = cast.world(cast.THEIRS).owner
    carol = ours.people["annotator"]
    found = {user: list(Webhook.objects.led_by(user).order_by("pk")) for user in (ours.lead, carol, mallory)}
    assert found == {ours.lead: [of_project, of_house], carol: [], mallory: []}
    assert Webhook.objects.visible_to(carol).count() == 2
    assert not Webhook.objects.visible_to(mallory).exists()


def test_what_is_owed_goes_with_it(ours: World, hook: Make) -> None:
    made = hook(URL)
    editing.send_test(webhook=made, by=ours.lead)
    editing.delete_webhook(webhook=made, by=ours.lead)
    cast.drain()
    assert not WebhookDelivery.objects.exists()
