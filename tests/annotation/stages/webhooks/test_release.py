"""A release that is published is told, once, with all that is needed to fetch and to know it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings as ours_settings
from django.db import transaction

from annotation.models import Webhook, WebhookDelivery
from annotation.models.release_announcing import announce_release
from tests import cast
from tests.annotation.release_folder import publish, stood
from tests.cast import World
from tests.core.outbound.servers import Server

Make = Callable[..., Webhook]


def test_it_says_what_was_published_and_where_it_is(
    ours: World, hook: Make, receiver: Server, settings: Any, tmp_path: Path
) -> None:
    settings.ASSAY_FILES = tmp_path
    hook(receiver.url("/in"), send_for_all_actions=False, actions=["RELEASE_PUBLISHED"])
    release = publish(stood(ours))
    with transaction.atomic():
        assert announce_release(release) == 1
    cast.drain()
    (got,) = receiver.received
    api = f"{ours_settings.ASSAY_BASE_URL}/api/v1/releases/{release.uid}"
    assert json.loads(got.body) == {
        "action": "RELEASE_PUBLISHED",
        "release": {
            "id": release.uid,
            "number": 900,
            "items": 170,
            "root": "ab" * 32,
            "manifest_sha256": release.files.get(path="manifest.json").sha256,
            "manifest": f"{api}/files/manifest.json",
            "archive": f"{api}/archive",
        },
        "project": {"id": ours.project.pk, "uid": ours.project.uid, "title": ours.project.name},
    }


def test_a_release_that_is_not_published_after_all_is_told_to_nobody(
    ours: World, hook: Make, settings: Any, tmp_path: Path
) -> None:
    settings.ASSAY_FILES = tmp_path
    hook("https://hooks.example/")
    release = publish(stood(ours))
    with transaction.atomic():
        assert announce_release(release) == 1
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()
