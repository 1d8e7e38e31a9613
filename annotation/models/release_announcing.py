"""Owe webhooks the news of a release, in the transaction that publishes it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from annotation.models.announcing import announce
from annotation.models.release import Release

ACTION = "RELEASE_PUBLISHED"


def announce_release(release: Release) -> int:
    """Tell that it is published: what it is, how to know it again, where it is to be had; how many are told.

    `release` is as it is published. Raises RuntimeError outside a transaction.
    """
    project = release.project

    def body() -> dict[str, Any]:
        return {
            "release": {
                "id": release.uid,
                "number": release.number,
                "items": release.items,
                "root": release.root,
                "manifest_sha256": release.manifest_sha256,
                "manifest": _address("api:release-file", release.uid, "manifest.json"),
                "archive": _address("api:release-archive", release.uid),
            },
            "project": {"id": project.pk, "uid": project.uid, "title": project.name},
        }

    return announce(ACTION, project, body)


def _address(name: str, *args: str) -> str:
    base: str = settings.ASSAY_BASE_URL
    return base.rstrip("/") + reverse(name, args=args)
