"""The lead's pages of webhooks."""

from typing import Any

import pytest
from django.urls import reverse

from annotation.models import Webhook, WebhookDelivery
from core.models import Job
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World
from tests.core.outbound.servers import says, serving

URL = "https://hooks.example/in"


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def at(ours: World, name: str = "webhooks", *more: str) -> str:
    return reverse(f"web:{name}", args=[ours.project.uid, *more])


def test_a_webhook_is_made_and_its_secret_shown_once(ours: World, as_: As) -> None:
    bob = as_("lead")
    given = {"url": URL, "actions": ["TASKS_CREATED"], "headers": "X-A: b: c\n\nX-D:e", "send_payload": "on"}
    made = bob.post(at(ours), given)
    hook = Webhook.objects.get()
    assert made["Location"] == at(ours, "webhook", hook.uid)
    assert (hook.url, hook.actions, hook.send_for_all_actions) == (URL, ["TASKS_CREATED"], False)
    assert hook.headers == {"X-A": "b: c", "X-D": "e"}
    first, second = (bob.get(made["Location"]).content.decode() for _ in range(2))
    assert hook.secret in first
    assert hook.secret not in second
    assert "X-A: b: c" in second
    assert URL in bob.get(at(ours)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("url", "http://10.0.0.1/", "a private address"),
        ("headers", "Host: x", "cannot be set here"),
        ("headers", "no colon", "a name, a colon and a text"),
        ("actions", ["PROJECT_CREATED"], "PROJECT_CREATED"),
        ("actions", [], "Choose what it is told."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    ours: World, as_: As, field: str, value: Any, said: str
) -> None:
    answer = as_("lead").post(at(ours), {"url": URL, "actions": ["TASKS_CREATED"], field: value})
    assert answer.status_code in {400, 422}
    assert said in answer.content.decode()
    assert not Webhook.objects.exists()


def test_a_test_is_sent_and_shown(ours: World, as_: As, settings: Any) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = ["127.0.0.1"]
    bob = as_("lead")
    with serving(says(418, b"I am a <teapot>")) as server:
        bob.post(at(ours), {"url": server.url(), "send_for_all_actions": "on"})
        hook = Webhook.objects.get()
        bob.post(at(ours, "webhook-switch", hook.uid), {"on": "no"})
        bob.post(at(ours, "webhook-test", hook.uid))
        assert "data-poll" in bob.get(at(ours, "webhook", hook.uid)).content.decode()
        cast.drain()
    shown = bob.get(at(ours, "webhook", hook.uid)).content.decode()
    assert "data-poll" not in shown
    assert "418" in shown
    assert "I am a &lt;teapot&gt;" in shown
    assert "switched off" in shown
    assert WebhookDelivery.objects.get().state == "failed"
    bob.post(at(ours, "webhook-switch", hook.uid), {"on": "yes"})
    hook.refresh_from_db()
    assert hook.is_active
    bob.post(at(ours, "webhook-delete", hook.uid))
    assert not Webhook.objects.exists()
    assert not Job.objects.filter(kind="webhook", state="waiting").exists()


def test_a_webhook_of_another_project_is_not_there(ours: World, as_: As) -> None:
    bob = as_("lead")
    bob.post(at(ours), {"url": URL, "send_for_all_actions": "on"})
    hook = Webhook.objects.get()
    other = cast.found_project(ours.organisation, ours.lead, name="Another")
    assert bob.get(reverse("web:webhook", args=[other.uid, hook.uid])).status_code == 404
    assert as_("mallory").get(at(ours, "webhook", hook.uid)).status_code == 404
    assert as_("annotator").get(at(ours, "webhook", hook.uid)).status_code == 403


def test_what_never_happens_is_offered_only_where_it_was_asked_for(ours: World, as_: As) -> None:
    bob = as_("lead")
    assert "LABEL_LINK_CREATED" not in bob.get(at(ours)).content.decode()
    asked = ["LABEL_LINK_CREATED", "TASKS_CREATED"]
    hook = Webhook.objects.create(
        organisation=ours.organisation,
        project=ours.project,
        url=URL,
        actions=asked,
        send_for_all_actions=False,
    )
    assert bob.post(at(ours, "webhook", hook.uid), {"url": URL, "actions": asked}).status_code == 302
    hook.refresh_from_db()
    assert sorted(hook.actions) == asked
