"""Files of a release come down the same from pages and API, from a folder and a bucket, in parts and in one tar."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Release
from annotation.models.release_store import exists, folder_of, open_file, size
from annotation.models.release_tar import root_of
from annotation.stages.release.shipping import ship
from config.bucket import bucket
from core.refusals import NotFound
from tests import cast
from tests.annotation.release_folder import FILES, publish, stood
from tests.core.database import kept
from tests.support.s3 import S3, keys, s3

__all__ = ["kept", "keys", "s3"]

GOLD = "gold/train-00000-of-00002.jsonl"


@pytest.fixture(scope="module")
def world(kept: None) -> cast.World:
    return cast.world(cast.OURS)


@pytest.fixture(params=["folder", "bucket"])
def made(request: Any, world: cast.World, db: None, settings: Any, tmp_path: Path) -> Release:
    """Published; in the bucket its folder is gone."""
    settings.ASSAY_FILES = tmp_path / "files"
    release = stood(world)
    if request.param == "folder":
        return publish(release)
    server: S3 = request.getfixturevalue("s3")
    settings.ASSAY_RELEASES = bucket(server.at("releases/gold"))
    place = ship(release, folder_of(release), lambda: None)
    folder_of(release).rename(tmp_path / "gone")
    settings.ASSAY_RELEASES = None  # where a release stands is told by itself
    return publish(release, place)


Get = Callable[..., Any]


@pytest.fixture(params=["page", "API"])
def get(request: Any, made: Release, world: cast.World) -> Get:
    """`get(path, **headers)`; without a path the whole release."""
    client = Client()
    client.force_login(world.people["auditor"])
    names = {"page": ("web:release", [made.project.uid, made.uid]), "API": ("api:release", [made.uid])}
    space, args = names[request.param]

    def call(path: str | None = None, method: str = "get", **headers: str) -> Any:
        name, more = (f"{space}-file", [path]) if path else (f"{space}-archive", [])
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, method)(reverse(name, args=[*args, *more]), headers=sent)

    return call


def test_each_file_is_what_was_published_under_its_hash(get: Get, made: Release) -> None:
    for file in made.files.all():
        sent = get(file.path)
        assert sent.status_code == 200
        assert sent.getvalue() == FILES[file.path]
        assert sent["ETag"] == f'"{file.sha256}"'
        assert sent["Content-Length"] == str(file.size)
        assert sent["Content-Type"] == "application/octet-stream"
        assert get(file.path, If_None_Match=sent["ETag"]).status_code == 304


def test_a_file_comes_in_parts(get: Get) -> None:
    part = get(GOLD, Range="bytes=7-29")
    assert (part.status_code, part.getvalue()) == (206, FILES[GOLD][7:30])
    rest = get(GOLD, Range="bytes=30-", If_Range=part["ETag"])
    assert (rest.status_code, rest.getvalue()) == (206, FILES[GOLD][30:])
    assert get(GOLD, Range="bytes=99999-").status_code == 416
    assert get(GOLD, Range="bytes=0-1", Accept="application/octet-stream").status_code == 206


def test_head_says_how_long_it_is(get: Get) -> None:
    for path in (GOLD, None):
        told, whole = get(path, "head"), get(path)
        assert (told.status_code, told.content) == (200, b"")
        assert int(told["Content-Length"]) == len(whole.getvalue())
        assert told["ETag"] == whole["ETag"]
        assert told["Accept-Ranges"] == "bytes"


def test_the_whole_is_a_tar_that_goes_on_where_it_broke_off(get: Get, made: Release) -> None:
    whole = get()
    content = whole.getvalue()
    assert whole["Content-Type"] == "application/x-tar"
    assert whole["Content-Disposition"] == 'attachment; filename="breach-r900.tar"'
    assert len(content) == int(whole["Content-Length"])
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        assert set(archive.getnames()) == {f"{root_of(made)}/{path}" for path in FILES}
    for at in (1, 512, 700, 1024, len(content) - 1):
        rest = get(Range=f"bytes={at}-", If_Range=whole["ETag"])
        assert (rest.status_code, rest.getvalue()) == (206, content[at:])


def test_what_is_no_file_of_it_is_not_there(get: Get, made: Release) -> None:
    for path in (
        "gold",
        "gold/train.jsonl",
        "../settings.py",
        "..",
        "manifest.json\0",
        "%00",
        "README.md.tmp",
    ):
        assert get(path).status_code == 404


def test_until_it_is_published_nothing_of_it_is_there(
    world: cast.World, db: None, settings: Any, tmp_path: Path
) -> None:
    settings.ASSAY_FILES = tmp_path
    release = stood(world)
    client = Client()
    client.force_login(world.lead)
    for name, args in (
        ("web:release-file", [world.project.uid, release.uid, GOLD]),
        ("web:release-archive", [world.project.uid, release.uid]),
        ("api:release-file", [release.uid, GOLD]),
        ("api:release-archive", [release.uid]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
    assert not exists(release, GOLD)
    with pytest.raises(NotFound):
        open_file(release, GOLD)


def test_a_file_is_read_from_anywhere(made: Release) -> None:
    content = FILES[GOLD]
    assert size(made, GOLD) == len(content)
    assert exists(made, GOLD)
    assert not exists(made, "other")
    for start, length in ((0, None), (5, 7), (5, None), (5, 10**9), (len(content), None), (10**9, 5)):
        pieces = open_file(made, GOLD, start, length)
        expected = content[start:] if length is None else content[start : start + length]
        assert b"".join(pieces) == expected
        pieces.close()


def test_a_file_that_was_cut_short_is_told_before_a_byte_is_sent(
    world: cast.World, db: None, settings: Any, tmp_path: Path
) -> None:
    settings.ASSAY_FILES = tmp_path
    release = publish(stood(world))
    (folder_of(release) / GOLD).write_bytes(b"{}")
    client = Client()
    client.force_login(world.lead)
    answer = client.get(reverse("api:release-file", args=[release.uid, GOLD]))
    assert (answer.status_code, answer.json()["code"]) == (503, "file_damaged")
    assert not exists(release, GOLD)


def test_a_store_that_is_down_is_told_and_says_when_to_try_again(
    world: cast.World, db: None, settings: Any, tmp_path: Path, s3: S3
) -> None:
    settings.ASSAY_FILES = tmp_path / "files"
    release = publish(stood(world), s3.address)
    s3.stop()
    client = Client()
    client.force_login(world.lead)
    for name, args in (("api:release-file", [release.uid, GOLD]), ("api:release-archive", [release.uid])):
        answer = client.get(reverse(name, args=args))
        assert (answer.status_code, answer.json()["code"]) == (503, "store_away")
    page = client.get(reverse("web:release-file", args=[world.project.uid, release.uid, GOLD]))
    assert page.status_code == 503
    assert "does not answer now" in page.content.decode()


def test_a_file_that_is_gone_from_the_bucket_is_told(
    world: cast.World, db: None, settings: Any, tmp_path: Path, s3: S3
) -> None:
    settings.ASSAY_FILES = tmp_path / "files"
    release = publish(stood(world), s3.address)
    client = Client()
    client.force_login(world.lead)
    answer = client.get(reverse("api:release-file", args=[release.uid, GOLD]))
    assert (answer.status_code, answer.json()["code"]) == (503, "bucket_object")
    assert client.get(reverse("api:release-archive", args=[release.uid])).status_code == 404
