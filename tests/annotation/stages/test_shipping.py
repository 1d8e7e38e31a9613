"""A release brought to a bucket: whole, in order, going on after a kill; and what is said when that fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Release
from annotation.models.release_store import folder_of
from annotation.stages.release import shipping
from annotation.stages.release.shipping import check_destination, destination, ship
from config.bucket import bucket
from core import faults, jobs
from core.bucket import Store
from core.models import Job
from core.models.job import JobState
from tests import cast
from tests.annotation.release_folder import FILES, stood
from tests.core.database import kept
from tests.core.job_support import owed
from tests.support.s3 import S3, keys, s3, serving

__all__ = ["kept", "keys", "s3"]

LAST = "manifest.dsse.json"


class Killed(Exception):
    """The process died here."""


@pytest.fixture(scope="module")
def world(kept: None) -> cast.World:
    return cast.world(cast.OURS)


@pytest.fixture
def made(world: cast.World, db: None, settings: Any, tmp_path: Path, s3: S3) -> Release:
    """In its folder, and the settings name the server's bucket."""
    settings.ASSAY_FILES = tmp_path / "files"
    settings.ASSAY_RELEASES = bucket(s3.at("releases/gold"))
    return stood(world)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are sent, in order."""
    paths: list[str] = []
    send = Store.send

    def noting(self: Store, source: Path, path: str, sha256: str) -> None:
        send(self, source, path, sha256)
        paths.append(path.partition("/")[2])

    monkeypatch.setattr(Store, "send", noting)
    return paths


def step() -> None:
    """Nobody else holds the job."""


def stands(s3: S3, release: Release) -> dict[str, bytes]:
    """What of the release is in the bucket."""
    start = f"gold/{release.uid}/"
    return {key.removeprefix(start): path.read_bytes() for key, path in s3.objects().items()}


def test_every_file_is_sent_once_and_the_signature_last(made: Release, s3: S3, sent: list[str]) -> None:
    steps: list[int] = []
    place = ship(made, folder_of(made), lambda: steps.append(1))
    assert place == destination() == s3.at("releases/gold")
    assert stands(s3, made) == FILES
    assert sorted(sent) == sorted(FILES)
    assert sent[-2:] == ["manifest.json", LAST]
    assert len(steps) == 1 + len(FILES)


def test_without_a_bucket_the_folder_is_the_place(made: Release, s3: S3, settings: Any) -> None:
    settings.ASSAY_RELEASES = None
    assert ship(made, folder_of(made), step) == destination() == ""
    assert s3.objects() == {}
    check_destination()


@pytest.mark.parametrize("count", range(1, len(FILES) + 1))
@pytest.mark.parametrize("at", ["release.sent", "release.shipped"])
def test_after_a_kill_no_finished_file_is_sent_again(
    made: Release, s3: S3, sent: list[str], monkeypatch: pytest.MonkeyPatch, at: str, count: int
) -> None:
    monkeypatch.setattr(faults, "point", dying(at, count))
    with pytest.raises(Killed):
        ship(made, folder_of(made), step)
    assert (LAST in stands(s3, made)) == (count == len(FILES))
    ship(made, folder_of(made), step)
    assert stands(s3, made) == FILES
    assert len(sent) == len(set(sent)) == len(FILES)


def dying(at: str, count: int) -> Callable[[str], None]:
    """A fault point that dies at its count-th passage, once."""
    passed = [0]

    def point(name: str) -> None:
        passed[0] += name == at
        if name == at and passed[0] == count:
            raise Killed

    return point


def test_many_files_are_walked_some_at_a_time(
    made: Release, s3: S3, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipping, "AT_ONCE", 2)
    ship(made, folder_of(made), step)
    assert stands(s3, made) == FILES
    assert len(sent) == len(FILES)


def test_what_is_there_is_read_and_not_believed(made: Release, s3: S3, sent: list[str]) -> None:
    """Its length and its metadata are right, its bytes are not."""
    steps = [0]

    def dies_at_the_manifest() -> None:
        steps[0] += 1
        if steps[0] == len(FILES):
            raise Killed

    with pytest.raises(Killed):
        ship(made, folder_of(made), dies_at_the_manifest)
    spoilt = s3.objects()[f"gold/{made.uid}/README.md"]
    spoilt.write_bytes(b"x" * len(FILES["README.md"]))
    ship(made, folder_of(made), step)
    assert stands(s3, made) == FILES
    assert sent.count("README.md") == 2


def test_another_worker_s_job_sends_nothing_more(made: Release, s3: S3) -> None:
    def lost() -> None:
        raise jobs.LeaseLost

    with pytest.raises(jobs.LeaseLost):
        ship(made, folder_of(made), lost)
    assert s3.objects() == {}


def test_a_store_that_gives_back_other_bytes_is_refused(
    made: Release, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(name: str) -> None:
        if name == "release.sent":
            for path in s3.objects().values():
                path.write_bytes(b"y" * path.stat().st_size)

    monkeypatch.setattr(faults, "point", spoil)
    with pytest.raises(jobs.Rejected, match="bucket_damaged"):
        ship(made, folder_of(made), step)
    assert LAST not in stands(s3, made)


def shipping_of(release: Release) -> dict[str, jobs.Handler]:
    """A job that does nothing else."""

    def handler(running: jobs.Running) -> None:
        ship(release, folder_of(release), step)

    return {"ship": handler}


def run(release: Release) -> Job:
    """A job that ships, run as often as it wants to be; how it ended."""
    job = owed("ship")
    for _ in range(jobs.MAX_FAILURES):
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        jobs.run(job.pk, shipping_of(release))
        job.refresh_from_db()
        if job.finished:
            break
    return job


def test_a_server_that_goes_down_half_way_is_waited_for(
    made: Release, s3: S3, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down_at_the_third(name: str) -> None:
        if name == "release.shipped" and len(sent) == 3:
            s3.stop()

    monkeypatch.setattr(faults, "point", down_at_the_third)
    job = owed("ship")
    jobs.run(job.pk, shipping_of(made))
    job.refresh_from_db()
    assert (job.state, job.failures) == (JobState.WAITING, 1)
    s3.start()
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    jobs.run(job.pk, shipping_of(made))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert stands(s3, made) == FILES


def test_a_server_that_stays_down_is_told_in_a_sentence(made: Release, s3: S3) -> None:
    s3.stop()
    job = run(made)
    assert (job.state, job.failures) == (JobState.FAILED, jobs.MAX_FAILURES - 1)
    assert job.complaint == "The store for releases does not answer now."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AWS_SECRET_ACCESS_KEY", "wrong", "does not let Assay read or write there"),
        ("AWS_ACCESS_KEY_ID", "nobody", "does not let Assay read or write there"),
    ],
)
def test_wrong_keys_end_the_job_at_once_and_say_what_to_do(
    made: Release, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(jobs.Rejected):
        check_destination()
    job = run(made)
    assert (job.state, job.failures) == (JobState.FAILED, 0)
    assert said in job.complaint
    assert "ASSAY_RELEASES" in job.complaint


def test_a_bucket_that_is_not_there_ends_the_job_at_once(made: Release, s3: S3, settings: Any) -> None:
    settings.ASSAY_RELEASES = bucket(s3.at("nowhere"))
    with pytest.raises(jobs.Rejected):
        check_destination()
    job = run(made)
    assert (job.state, job.failures) == (JobState.FAILED, 0)
    assert "is not there" in job.complaint


def test_a_store_that_is_full_is_told_and_lists_nothing(
    world: cast.World, db: None, keys: None, settings: Any, tmp_path: Path
) -> None:
    settings.ASSAY_FILES = tmp_path / "files"
    with serving(tmp_path / "s3", largest=500) as small:
        settings.ASSAY_RELEASES = bucket(small.address)
        made = stood(world)
        job = run(made)
        assert job.state == JobState.FAILED
        assert "store for releases" in job.complaint
        assert not [key for key in small.objects() if key.endswith(LAST)]
