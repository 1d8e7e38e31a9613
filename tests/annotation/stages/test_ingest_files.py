"""PDFs and pictures come in: from zips, data addresses and several at once; refused by row; killed and run again."""

import base64
import gzip
import io
import json
import tempfile
import time
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from annotation.formats.text import content_hash
from annotation.models import Asset, Batch, ItemAsset, Project
from annotation.stages import ingest
from annotation.stages.ingest import assets, storing
from annotation.work import HANDLERS
from core import jobs
from core.drawing.process import draw
from core.drawing.program import Command
from core.models import Job
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World
from tests.pdf import endless, locked, scan, written
from tests.zips import damaged, packed

PDF_CONFIG = """<View><PDF name="pdf" value="$pdf"/>
<Choices name="verdict" toName="pdf"><Choice value="yes"/><Choice value="no"/></Choices></View>"""
IMAGE_CONFIG = PDF_CONFIG.replace("<PDF", "<Image").replace("pdf", "image")
HTML_CONFIG = PDF_CONFIG.replace("<PDF", "<HyperText").replace("pdf", "html")


@pytest.fixture
def pdfs(ours: World) -> Project:
    return cast.found_project(ours.organisation, ours.lead, config=PDF_CONFIG, licence="CC0-1.0")


@pytest.fixture
def images(ours: World) -> Project:
    return cast.found_project(ours.organisation, ours.lead, config=IMAGE_CONFIG, licence="CC0-1.0")


def picture(colour: str = "red", form: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def problems(batch: Batch) -> list[tuple[int, str]]:
    return list(batch.problems.order_by("offset").values_list("line", "code"))


def data(batch: Batch) -> list[dict[str, Any]]:
    return list(batch.items.order_by("pk").values_list("data", flat=True))


def stored_under(project: Project) -> set[str]:
    """The folders that hold files."""
    found = set()
    base = f"assets/{project.uid}"
    for batch in default_storage.listdir(base)[0]:
        found |= {f"{base}/{batch}/{name}" for name in default_storage.listdir(f"{base}/{batch}")[0]}
    return found


def test_a_zip_of_a_table_and_its_pdfs(ours: World, pdfs: Project) -> None:
    table = b"pdf,n\nfiles/a.pdf,1\nfiles/scan.pdf,2\nfiles/no.pdf,3\nfiles/a.pdf,4\n"
    content = packed({"rows.csv": table, "files/a.pdf": written("One", "Two"), "files/scan.pdf": scan()})
    batch = cast.bring(pdfs, ours.lead, content, "set.zip")
    assert (batch.format, batch.items_stored, batch.rows_bad, batch.scans) == ("zip", 3, 1, 1)
    assert problems(batch) == [(4, "file_missing")]
    first, second, third = data(batch)
    assert first["pdf"]["name"] == "a.pdf"
    assert [page["text"] for page in first["pdf"]["pages"]] == ["One", "Two"]
    assert [page["text"] for page in second["pdf"]["pages"]] == [""]
    assert third["pdf"] == first["pdf"]
    assert batch.items.exclude(routed_at=None).count() == 3
    for item in batch.items.all():
        assert item.content_hash == content_hash(item.data)
        assert item.assets.get().asset.sha256 == item.data["pdf"]["asset"]
    assert batch.job
    job = Job.objects.get(pk=batch.job.pk)
    assert (job.done, job.total) == (len(table) * storing.FINE, len(table) * storing.FINE)


def test_what_is_stored_of_a_pdf(ours: World, pdfs: Project) -> None:
    content = written("One line", "Two\nlines")
    batch = cast.bring(pdfs, ours.lead, content, "contract.pdf")
    assert (batch.name, batch.items_stored) == ("contract.pdf", 1)
    asset = Asset.objects.get(project=pdfs)
    assert (asset.pages, asset.size, asset.media_type) == (2, len(content), "application/pdf")
    assert default_storage.open(asset.path).read() == content
    page = json.loads(gzip.decompress(default_storage.open(asset.text_path(2)).read()))
    assert page["text"] == "Two\nlines" == data(batch)[0]["pdf"]["pages"][1]["text"]
    assert [run[0] for run in page["runs"]] == [0, 4]
    for size, width in (("large", 1600), ("small", 800)):
        assert Image.open(default_storage.open(asset.picture_path(1, size))).width == width


def test_several_pdfs_at_once_are_an_item_each(ours: World, pdfs: Project) -> None:
    more = [ContentFile(written("B"), "b.pdf"), ContentFile(written("C"), "a.pdf")]
    batch = ingest.begin_batch(
        project=pdfs, by=ours.lead, file=ContentFile(written("A")), name="a.pdf", more=more
    )
    cast.drain()
    assert batch.name == "a.pdf + 2"
    assert [row["pdf"]["name"] for row in data(batch)] == ["a.pdf", "b.pdf", "a (2).pdf"]
    assert [row["pdf"]["pages"][0]["text"] for row in data(batch)] == ["A", "B", "C"]


def test_pictures_are_written_anew_and_named_by_their_hash(ours: World, images: Project) -> None:
    content = packed({"a.png": picture(), "b.jpg": picture("blue", "JPEG"), "c.gif": picture("green", "GIF")})
    batch = cast.bring(images, ours.lead, content, "set.zip")
    assert [row["image"]["name"] for row in data(batch)] == ["a.png", "b.jpg", "c.gif"]
    assert {(row["image"]["width"], row["image"]["height"]) for row in data(batch)} == {(40, 30)}
    for asset in Asset.objects.filter(project=images):
        content = default_storage.open(asset.path).read()
        assert len(content) == asset.size
        assert Image.open(io.BytesIO(content)).size == (40, 30)


def test_a_file_that_two_tags_show_is_kept_once(ours: World) -> None:
    config = IMAGE_CONFIG.replace("<Choices", '<Image name="again" value="$image"/><Choices')
    project = cast.found_project(ours.organisation, ours.lead, config=config, licence="CC0-1.0")
    content = packed({"rows.csv": b"image\na.png\n", "a.png": picture()})
    batch = cast.bring(project, ours.lead, content, "set.zip")
    assert problems(batch) == []
    assert batch.items.get().assets.count() == 1


def test_data_addresses_are_taken_and_outside_ones_are_not(ours: World, images: Project) -> None:
    inside = "data:image/png;base64," + base64.b64encode(picture()).decode()
    rows: list[Any] = [
        inside,
        "https://example.org/a.png",
        "//example.org/a.png",
        "s3://b/a.png",
        "file:/etc/passwd",
    ]
    rows += ["data:image/png,no", "data:image/png;base64,###", "a.png", "", {"asset": "0a"}]
    batch = cast.bring(images, ours.lead, cast.jsonl([{"image": row} for row in rows]))
    assert [row["image"]["width"] for row in data(batch)] == [40]
    assert problems(batch) == [
        *((line, "file_remote") for line in (2, 3, 4, 5)),
        *((line, "data_address_broken") for line in (6, 7)),
        (8, "file_without_zip"),
        (9, "image_wrong"),
        (10, "image_wrong"),
    ]


def test_what_cannot_be_read_is_refused_by_row(ours: World, pdfs: Project, settings: LazySettings) -> None:
    settings.ASSAY_PDF_PAGES = 2
    settings.ASSAY_PDF_BYTES = 100_000
    files = {
        "locked.pdf": locked(),
        "broken.pdf": b"%PDF-1.7 no more",
        "endless.pdf": endless(),
        "long.pdf": written("1", "2", "3"),
        "large.pdf": bytes(200_000),
        "empty.pdf": b"",
        "good.pdf": written("good"),
    }
    batch = cast.bring(pdfs, ours.lead, packed(files), "set.zip")
    assert [code for _line, code in problems(batch)] == [
        "pdf_locked",
        "pdf_broken",
        "pdf_page_too_much",
        "pdf_too_long",
        "file_too_large",
        "file_empty_inside",
    ]
    assert batch.problems.get(code="pdf_page_too_much").params["page"] == 1
    assert len(data(batch)) == 1
    assert len(stored_under(pdfs)) == 1  # of those that were refused nothing stays


def test_pictures_that_hurt_are_refused_by_row(ours: World, images: Project, settings: LazySettings) -> None:
    settings.ASSAY_IMAGE_PIXELS = 10_000
    files = {"a.png": picture(size=(200, 200)), "b.jpg": b"\xff\xd8\xffno", "c.png": picture()}
    batch = cast.bring(images, ours.lead, packed(files), "set.zip")
    assert [code for _line, code in problems(batch)] == ["image_too_large", "image_broken"]


def test_the_same_file_is_stored_once(ours: World, pdfs: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.bring(pdfs, ours.lead, written("same"), "a.pdf")
    before = stored_under(pdfs)
    monkeypatch.setattr(assets, "draw", None)  # it is not drawn again
    batch = cast.bring(pdfs, ours.lead, written("same"), "b.pdf")
    assert batch.items_stored == 1  # it has another name
    again = cast.bring(pdfs, ours.lead, written("same"), "a.pdf")
    assert (again.items_stored, again.items_repeated) == (0, 1)
    assert Asset.objects.filter(project=pdfs).count() == 1
    assert ItemAsset.objects.filter(asset__project=pdfs).count() == 2
    assert stored_under(pdfs) == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", b"no zip", "zip_broken"),
        ("a.zip", packed({}), "zip_empty"),
        ("a.zip", packed({"readme.txt": b"x"}), "files_wrong_kind"),
        ("a.zip", packed({"a.png": picture()}), "files_wrong_kind"),
        ("a.zip", packed({"../a.pdf": b"x"}), "zip_path"),
        ("a.png", picture(), "files_wrong_kind"),
        ("a.txt", b"x", "format_unknown"),
    ],
)
def test_what_can_be_seen_at_once_is_refused_at_once(
    ours: World, pdfs: Project, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ingest.begin_batch(project=pdfs, by=ours.lead, file=ContentFile(content), name=name)
    assert refused.value.code == code
    assert refused.value.sentence
    assert refused.value.advice
    assert not Batch.objects.filter(project=pdfs).exists()


def test_a_document_whose_pages_take_more_than_the_time_of_one_round_comes_in(
    ours: World,
    pdfs: Project,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    texts = [f"Page {number}" for number in range(1, 25)]
    monkeypatch.setattr(assets, "PAGES_AT_ONCE", len(texts))
    content = written(*texts)
    with tempfile.TemporaryFile() as file:
        file.write(content)
        begun = time.monotonic()
        draw(Command.PAGES, file, 0, len(texts), seconds=120)
    settings.ASSAY_DRAW_SECONDS = (time.monotonic() - begun) / 2
    with caplog.at_level("INFO", "core.drawing.process"):
        batch = cast.bring(pdfs, ours.lead, content, "long.pdf")
    assert "took more than" in caplog.text
    assert [page["text"] for page in data(batch)[0]["pdf"]["pages"]] == texts


def test_files_without_a_table_want_a_schema_that_shows_one_file(ours: World) -> None:
    for name, content in (("a.pdf", written("x")), ("a.zip", packed({"a.pdf": written("x")}))):
        with pytest.raises(InvalidInput) as refused:
            ingest.begin_batch(project=ours.project, by=ours.lead, file=ContentFile(content), name=name)
        assert refused.value.code == "files_no_field"


def test_tables_are_not_brought_in_several_at_once(ours: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        ingest.begin_batch(
            project=ours.project,
            by=ours.lead,
            file=ContentFile(b"{}"),
            name="a.jsonl",
            more=[ContentFile(b"{}", "b.jsonl")],
        )
    assert refused.value.code == "files_mixed"


def test_a_zip_whose_table_is_damaged_fails_with_a_sentence(ours: World, pdfs: Project) -> None:
    batch = ingest.begin_batch(
        project=pdfs, by=ours.lead, file=ContentFile(damaged("rows.csv", b"pdf\na.pdf")), name="a.zip"
    )
    cast.drain(failing=True)
    assert batch.job
    job = Job.objects.get(pk=batch.job.pk)
    assert job.state == "failed"
    assert "rows.csv" in job.error


@pytest.mark.parametrize("where", ["keeping", "storing"])
def test_a_kill_at_any_file_loses_and_doubles_nothing(
    ours: World, pdfs: Project, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(storing, "FILES_CHUNK", 2)
    calls = [0]

    def dies(real: Any) -> Any:
        def call(*given: Any) -> Any:
            found = real(*given)
            calls[0] += 1
            if calls[0] in {2, 3, 6}:
                raise RuntimeError("killed")
            return found

        return call

    if where == "keeping":
        monkeypatch.setattr(assets.Keeper, "_pdf", dies(assets.Keeper._pdf))
    else:
        monkeypatch.setattr(storing, "store_chunk", dies(storing.store_chunk))
    files = {f"{at}.pdf": written(f"text {at}") for at in range(5)}
    batch = ingest.begin_batch(project=pdfs, by=ours.lead, file=ContentFile(packed(files)), name="a.zip")
    assert batch.job
    for _ in range(4):
        Job.objects.update(due_at=batch.created_at)
        jobs.run(batch.job.pk, HANDLERS)
    batch.refresh_from_db()
    assert batch.stored_at
    assert [row["pdf"]["pages"][0]["text"] for row in data(batch)] == [f"text {at}" for at in range(5)]
    named = set(Asset.objects.filter(project=pdfs).values_list("folder", flat=True))
    assert stored_under(pdfs) == named
    assert len(named) == 5


def test_a_stop_is_heard_between_the_pages_of_a_document(
    ours: World, pdfs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "PAGES_AT_ONCE", 1)
    batch = ingest.begin_batch(project=pdfs, by=ours.lead, file=ContentFile(written(*"abcdef")), name="a.pdf")
    job = batch.job
    assert job
    real = assets.Keeper._store_page

    def stops(*given: Any) -> Any:
        jobs.stop(job)
        return real(*given)

    monkeypatch.setattr(assets.Keeper, "_store_page", stops)
    jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert job.state == "stopped"
    assert (job.done, job.total) == (0, storing.FINE)  # what was told with the stop was not kept
    assert not Asset.objects.filter(project=pdfs).exists()
    assert stored_under(pdfs) == set()


def test_what_a_later_attempt_wrote_is_not_tidied_away(ours: World, pdfs: Project) -> None:
    batch = cast.bring(pdfs, ours.lead, written("x"), "a.pdf")
    base = f"assets/{pdfs.uid}/{batch.uid}"
    for folder in ("1-left", "9-later"):
        default_storage.save(f"{base}/{folder}/1.json.gz", ContentFile(b"x"))
    assets.tidy(batch, 8)
    assert f"{base}/1-left" not in stored_under(pdfs)
    assert f"{base}/9-later" in stored_under(pdfs)


def test_html_is_stored_clean_and_the_report_counts_it(ours: World) -> None:
    project = cast.found_project(ours.organisation, ours.lead, config=HTML_CONFIG)
    rows = ["<p>fine</p>", "<p onclick=x>a</p><script>b</script>", "<script>only</script>", 3, "<div>" * 300]
    batch = cast.bring(project, ours.lead, cast.jsonl([{"html": row} for row in rows]))
    assert data(batch) == [{"html": "<p>fine</p>"}, {"html": "<p>a</p>"}]
    assert (batch.html_cleaned, problems(batch)) == (
        1,
        [(3, "field_empty"), (4, "field_not_text"), (5, "html_too_deep")],
    )
    assert batch.items.get(line=2).content_hash == content_hash({"html": "<p>a</p>"})


def test_a_table_may_hold_structures_as_json(ours: World) -> None:
    config = PDF_CONFIG.replace("<PDF", "<Paragraphs").replace("pdf", "talk")
    project = cast.found_project(ours.organisation, ours.lead, config=config)
    turns = json.dumps([{"author": "A", "text": "Hi"}]).replace('"', '""')
    batch = cast.bring(project, ours.lead, f'talk\n"{turns}"\nHi\n[broken\n'.encode(), "rows.csv")
    assert data(batch) == [{"talk": [{"author": "A", "text": "Hi"}]}]
    assert problems(batch) == [(3, "dialogue_wrong"), (4, "json_broken")]


def test_progress_is_told_within_a_document(
    ours: World, pdfs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "PAGES_AT_ONCE", 1)
    told: list[int] = []
    real = assets.Keeper._store_page

    def notes(*given: Any) -> Any:
        told.append(Job.objects.get(kind="ingest", project_id=pdfs.pk).done)
        return real(*given)

    monkeypatch.setattr(assets.Keeper, "_store_page", notes)
    cast.bring(pdfs, ours.lead, written(*"abcd"), "a.pdf")
    assert told == [0, 250, 500, 750]
