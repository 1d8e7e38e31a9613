"""A release names the files that its items show; on request it holds them."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pycocotools.coco import COCO

from annotation.models import Asset, Item, ItemAsset, Project, Release, ReleaseFile
from annotation.stages import copying, release
from annotation.stages.release import closing, file_path, folder_of, writing
from assay.reading import source
from assay.verdict import UNKNOWN
from assay.verify import verify
from core.models import Job
from tests import cast
from tests.annotation.stages.release_scene import content, rows
from tests.cast import World
from tests.pdf import written
from tests.zips import packed

CONFIG = """<View><PDF name="pdf" value="$pdf"/>
<Choices name="verdict" toName="pdf"><Choice value="yes"/><Choice value="no"/></Choices></View>"""

PICTURES = """<View><Image name="scan" value="$scan"/>
<RectangleLabels name="part" toName="scan"><Label value="Line"/></RectangleLabels></View>"""
WIDTH, HEIGHT = 40, 30


@pytest.fixture
def settled(ours: World) -> Project:
    project = cast.found_project(ours.organisation, ours.lead, config=CONFIG, licence="CC0-1.0")
    cast.set_overlap(project, ours.lead, 1)
    files = {f"{name}.pdf": written(name) for name in ("one", "two")}
    cast.bring(project, ours.lead, packed(files), "set.zip")
    region = cast.region("verdict", "choices", {"choices": ["yes"]}, "pdf")
    cast.answer_all(project, ours.people["annotator"], lambda _: [region])
    cast.drain()
    assert Item.objects.filter(project=project).exclude(settled_at=None).count() == 2
    return project


def made(project: Project, by: Any, *, files: bool, formats: list[str] | None = None) -> Release:
    asked = release.request_release(project=project, by=by, files=files, formats=formats)
    cast.drain()
    asked.refresh_from_db()
    assert asked.published_at
    return asked


def names(found: Release) -> list[str]:
    return [entry["path"] for entry in found.manifest["files"]]


def test_by_default_files_are_named_by_hash_and_their_text_is_in_the_data(
    ours: World, settled: Project
) -> None:
    found = made(settled, ours.lead, files=False)
    read = rows(found)
    assert sorted(row["data"]["pdf"]["pages"][0]["text"] for row in read) == ["one", "two"]
    hashes = {row["data"]["pdf"]["asset"] for row in read}
    assert hashes == {hashlib.sha256(written(name)).hexdigest() for name in ("one", "two")}
    size = len(written("one")) + len(written("two"))
    assert found.manifest["more"]["files"] == {"count": 2, "size": size, "included": False}
    assert not any(name.startswith("files/") for name in names(found))


def test_on_request_a_release_holds_them(ours: World, settled: Project) -> None:
    found = made(settled, ours.lead, files=True)
    assert found.manifest["more"]["files"]["included"]
    held = [entry for entry in found.manifest["files"] if entry["path"].startswith("files/")]
    assert len(held) == 2
    for entry in held:
        content = file_path(found, entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert entry["path"] == f"files/{entry['sha256']}.pdf"
        assert (entry["size"], entry["rows"]) == (len(content), None)
    again = made(settled, ours.lead, files=True)
    assert again.manifest_sha256 == found.manifest_sha256


def test_a_kill_between_files_changes_nothing(
    ours: World, settled: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(settled, ours.lead, files=True)
    real, calls = writing.list_file, [0]

    def dies(*given: Any) -> None:
        real(*given)
        calls[0] += given[1] == "file"
        if calls[0] in {1, 3} and given[1] == "file":
            raise RuntimeError("killed")

    monkeypatch.setattr(closing, "list_file", dies)
    asked = release.request_release(project=settled, by=ours.lead, files=True)
    cast.drain(failing=True)
    asked.refresh_from_db()
    assert asked.manifest_sha256 == whole.manifest_sha256
    assert ReleaseFile.objects.filter(release=asked, format="file").count() == 2
    assert content(asked) == content(whole)
    assert asked.job
    assert Job.objects.get(pk=asked.job.pk).state == "done"


def test_projects_of_texts_say_nothing_of_files(ours: World) -> None:
    cast.set_overlap(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.choice())
    cast.drain()
    assert "files" not in made(ours.project, ours.lead, files=True).manifest["more"]


def test_a_control_item_shows_what_its_original_shows(ours: World, settled: Project) -> None:
    item = Item.objects.filter(project=settled).order_by("pk")[0]
    control = copying.copy_settled(item=item, by=ours.lead)
    assert ItemAsset.objects.filter(item=control.item).exists()


def test_a_damaged_file_is_in_no_release(ours: World, settled: Project) -> None:
    asset = Asset.objects.order_by("pk")[0]
    place = Path(default_storage.path(asset.path))
    place.write_bytes(place.read_bytes()[:-1])
    asked = release.request_release(project=settled, by=ours.lead, files=True)
    cast.drain(failing=True)
    asked.refresh_from_db()
    assert asked.published_at is None
    assert asked.job
    assert asset.file_name in Job.objects.get(pk=asked.job.pk).error


def test_no_folder_is_empty(ours: World) -> None:
    cast.set_overlap(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.choice())
    cast.drain()
    folder = folder_of(made(ours.project, ours.lead, files=True))
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())
    assert verify(source(folder), {}).state == UNKNOWN


def test_pictures_are_found_where_coco_says(ours: World) -> None:
    """As a loader of COCO opens them, from the release's folder."""
    project = cast.found_project(ours.organisation, ours.lead, config=PICTURES, licence="CC0-1.0")
    cast.set_overlap(project, ours.lead, 1)
    cast.bring(project, ours.lead, packed({"scan.png": _picture()}), "set.zip")
    area = {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "rectanglelabels": ["Line"]}
    box = cast.region("part", "rectanglelabels", area, "scan")
    cast.answer_all(project, ours.people["annotator"], lambda _: [box])
    cast.drain()
    for files in (True, False):
        found = made(project, ours.lead, files=files, formats=["coco"])
        (said,) = [one for one in names(found) if one.startswith("coco/")]
        coco = COCO(str(file_path(found, said)))
        (image,) = coco.loadImgs(coco.getImgIds())
        place = folder_of(found) / image["file_name"]
        assert place.exists() is files
        if files:
            with Image.open(place) as opened:
                assert opened.size == (image["width"], image["height"]) == (WIDTH, HEIGHT)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "white").save(file, "PNG")
    return file.getvalue()
