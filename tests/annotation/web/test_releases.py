"""Releases: what one would hold, how it goes, what a published one holds."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from annotation.models import Asset, Batch, ItemAsset, Release
from annotation.stages import release
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import Job
from tests.annotation.web.conftest import As
from tests.cast import Scene, drain, found_project


def test_the_page_says_what_a_release_would_hold(ours: Scene, as_: As) -> None:
    page = as_("lead").get(reverse("web:release-new", args=[ours.project.uid]))
    assert (page.context["funnel"].settled, page.context["disputes_open"]) == (3, 1)
    assert not page.context["form"].is_bound


def test_a_release_is_asked_for_made_and_shown(ours: Scene, as_: As) -> None:
    client, here = as_("lead"), ours.project.uid
    asked = client.post(reverse("web:release-new", args=[here]), {"confirmed": "on"})
    made = Release.objects.get(project=ours.project, number=2)
    assert asked["Location"] == reverse("web:release", args=[here, made.uid])
    progress = reverse("web:release-progress", args=[here, made.uid])
    first = client.get(progress)
    assert client.get(progress, headers={"If-None-Match": first["ETag"]}).status_code == 304
    drain()
    assert client.get(progress)["HX-Refresh"] == "true"
    page = client.get(asked["Location"])
    made.refresh_from_db()
    assert made.manifest_sha256 in page.content.decode()
    assert page.context["counts"]["items"] == 3


def test_each_step_says_how_far_it_is(ours: Scene, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.stages.release.freezing.FREEZE_AT_ONCE", 1)
    monkeypatch.setattr("annotation.stages.release.freezing.PART_ROWS", 1)
    client, here = as_("lead"), ours.project.uid
    client.post(reverse("web:release-new", args=[here]), {"confirmed": "on"})
    made = Release.objects.get(project=ours.project, number=2)
    progress = reverse("web:release-progress", args=[here, made.uid])
    job = Job.objects.get(kind="release", state="waiting")
    seen: list[tuple[int, int, int | None, bool]] = []

    def look(_point: str = "") -> None:
        said = client.get(progress).context
        seen.append(
            (said["step"], said["progress"].done, said["progress"].total, bool(said["progress"].left))
        )

    with monkeypatch.context() as patch:
        patch.setattr(faults, "point", lambda name: look() if name.startswith("release.") else None)
        jobs.run(job.pk, HANDLERS)
    # All of it was drawn for the release before.
    assert seen[:4] == [(2, 0, 0, False), (2, 0, 3, False), (2, 1, 3, True), (2, 2, 3, True)]
    assert (3, 3, 3, False) in seen
    look()
    assert seen[-1] == (4, 0, 3, False)
    child = Job.objects.filter(parent=job)[0]
    jobs.run(child.pk, HANDLERS)
    look()
    assert seen[-1] == (4, 1, 3, True)


def test_each_file_is_the_one_whose_hash_is_shown(ours: Scene, as_: As) -> None:
    client = as_("auditor")
    for file in ours.release.files.filter(shard=None):
        sent = client.get(reverse("web:release-file", args=[ours.project.uid, ours.release.uid, file.path]))
        assert hashlib.sha256(sent.getvalue()).hexdigest() == file.sha256
    for name in ("nothing.json", "..", "manifest.json.bak"):
        address = f"/projects/{ours.project.uid}/releases/{ours.release.uid}/files/{name}"
        assert client.get(address).status_code == 404


def test_nothing_settled_gives_no_release(ours: Scene, as_: As) -> None:
    empty = found_project(ours.organisation, ours.lead, name="Empty")
    client = as_("lead")
    assert "disabled" in client.get(reverse("web:release-new", args=[empty.uid])).content.decode()
    refused = client.post(reverse("web:release-new", args=[empty.uid]), {"confirmed": "on"})
    assert refused.status_code == 400
    assert "nothing to release" in refused.content.decode()
    assert not empty.releases.exists()


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (
            "Traceback (most recent call last):\n  File …\nOSError: [Errno 28] No space left",
            "The disk that Assay writes to is full.",
        ),
        (
            "Traceback (most recent call last):\n  File …\ndjango.db.utils.OperationalError: x",
            "did not answer",
        ),
        ("Traceback (most recent call last):\n  File …\nKeyError: 'secret'", "a mistake of its own"),
        ("", "gave no reason"),
    ],
)
def test_a_failed_job_says_why_and_shows_no_traceback(ours: Scene, as_: As, stored: str, said: str) -> None:
    made = release.request_release(project=ours.project, by=ours.lead)
    failed = {"state": "failed", "error": stored}
    Job.objects.filter(pk__in=[made.job_id, ours.batch.job_id]).update(**failed)
    Batch.objects.filter(pk=ours.batch.pk).update(routed_at=None)
    for address in (
        reverse("web:release", args=[ours.project.uid, made.uid]),
        reverse("web:batch", args=[ours.project.uid, ours.batch.uid]),
    ):
        page = as_("lead").get(address).content.decode()
        assert said in page, address
        assert not any(word in page for word in ("Traceback", "Errno", "secret"))


def test_a_release_of_pdfs_asks_whether_to_hold_them(ours: Scene, as_: As) -> None:
    item = ours.project.items.exclude(settled_at=None)[0]
    digest = hashlib.sha256(b"ab").hexdigest()
    asset = Asset.objects.create(
        project=ours.project, sha256=digest, origin="0a", media_type="image/png", size=2, folder="f"
    )
    default_storage.save(asset.path, ContentFile(b"ab"))
    ItemAsset.objects.create(item=item, asset=asset)
    client, address = as_("lead"), reverse("web:release-new", args=[ours.project.uid])
    assert "Its items show one file" in client.get(address).content.decode()
    client.post(address, {"confirmed": "on", "with_files": "on"})
    drain()
    made = Release.objects.filter(project=ours.project).order_by("-pk")[0]
    page = client.get(reverse("web:release", args=[ours.project.uid, made.uid])).content.decode()
    assert "They stand in the folder files" in page
    file = reverse("web:release-file", args=[ours.project.uid, made.uid, f"files/{asset.file_name}"])
    assert client.get(file).getvalue() == b"ab"
