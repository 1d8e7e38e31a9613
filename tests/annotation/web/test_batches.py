"""Bring in a file: what is asked, how it goes, what is wrong with it."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotation.models import Batch, Item
from tests.annotation.web.conftest import As
from tests.cast import World, bring, drain, found_project, jsonl, sector
from tests.pdf import scan, written
from tests.zips import packed


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def _send(client: Any, project: str, content: bytes, name: str = "new.jsonl", **more: str) -> Any:
    form = {"file": SimpleUploadedFile(name, content), "duplicates": "skip", **more}
    return client.post(reverse("web:batch-new", args=[project]), form)


def test_a_file_becomes_items(ours: World, as_: As) -> None:
    client = as_("contributor")
    answer = _send(
        client, ours.project.uid, jsonl([{"text": "Brand new."}]), source="the archive", licence="CC0-1.0"
    )
    batch = Batch.objects.get(name="new.jsonl")
    assert answer["Location"] == reverse("web:batch", args=[ours.project.uid, batch.uid])
    busy = client.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 1s"' in busy
    drain()
    done = client.get(answer["Location"]).content.decode()
    assert "hx-trigger" not in done
    item = Item.objects.get(batch=batch)
    assert (item.data, item.source) == ({"text": "Brand new."}, "the archive")


def test_the_progress_is_polled_and_ends_with_a_fresh_page(ours: World, as_: As) -> None:
    client = as_("lead")
    _send(client, ours.project.uid, jsonl([{"text": "One more."}]))
    batch = Batch.objects.get(name="new.jsonl")
    address = reverse("web:batch-progress", args=[ours.project.uid, batch.uid])
    first = client.get(address)
    assert first.status_code == 200
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    drain()
    assert client.get(address)["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"x", "notes.docx", "“docx”"),
        (b"", "empty.jsonl", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    ours: World, as_: As, content: bytes, name: str, said: str
) -> None:
    answer = _send(as_("lead"), ours.project.uid, content, name)
    assert answer.status_code in (400, 422)
    assert said in answer.content.decode()


def test_an_upload_without_a_file_or_with_a_strange_choice_is_refused(ours: World, as_: As) -> None:
    client, address = as_("lead"), reverse("web:batch-new", args=[ours.project.uid])
    assert client.post(address, {"duplicates": "skip"}).status_code == 422
    assert _send(client, ours.project.uid, b"{}", duplicates="triple").status_code == 422
    assert _send(client, ours.project.uid, b"{}", language="klingon").status_code == 422


def test_bad_rows_are_listed_by_line_and_can_be_taken_along(ours: World, as_: As) -> None:
    batch = bring(ours.project, ours.lead, b'{"text": "good"}\nnot json\n{"other": 1}\n{"text": 5}\n')
    client = as_("lead")
    page = client.get(reverse("web:batch", args=[ours.project.uid, batch.uid]))
    assert [line for line, _why, _what in page.context["problems"]] == [2, 3, 4]
    sent = client.get(reverse("web:batch-problems", args=[ours.project.uid, batch.uid]))
    text = sent.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["line", "2", "3", "4"]
    assert all(row[2] and row[3] for row in rows[1:])


def test_the_bad_rows_are_told_in_the_reader_s_language(ours: World, as_: As) -> None:
    batch = bring(ours.project, ours.lead, b'{"text": "good"}\n{"other": 1}\n')
    address = reverse("web:batch-problems", args=[ours.project.uid, batch.uid])
    sent = as_("lead").get(address, headers={"Accept-Language": "zh-hans"})
    text = sent.getvalue().decode("utf-8-sig")
    assert all(
        re.search("[一-鿿]", row[2]) and re.search("[一-鿿]", row[3]) for row in csv.reader(io.StringIO(text))
    )


def test_the_right_to_use_can_be_stated_afterwards(ours: World, as_: As) -> None:
    from core.organisations import change_organisation

    change_organisation(
        organisation=ours.organisation, by=ours.owner, name="Alice's", default_licence="", default_rights=""
    )
    ours.project.organisation.refresh_from_db()
    batch = bring(ours.project, ours.lead, jsonl([{"text": "Whose is this?"}]))
    client, here = as_("lead"), [ours.project.uid, batch.uid]
    assert "Items wait for a licence" in client.get(reverse("web:batch", args=here)).content.decode()
    assert client.post(reverse("web:batch-rights", args=here), {}).status_code == 400
    assert client.post(reverse("web:batch-rights", args=here), {"licence": "CC0-1.0"}).status_code == 302
    drain()
    assert Item.objects.get(batch=batch).routed_at is not None
    assert "Items wait for" not in client.get(reverse("web:batch", args=here)).content.decode()


def test_healthcare_asks_for_a_named_statement(ours: World, as_: As) -> None:
    project = found_project(ours.organisation, ours.lead, sector=sector("healthcare"), name="Notes")
    client = as_("lead")
    form = client.get(reverse("web:batch-new", args=[project.uid])).content.decode()
    assert "Statement of de-identification" in form
    batch = bring(project, ours.lead, jsonl([{"text": "A note."}]))
    here = [project.uid, batch.uid]
    assert Item.objects.get(batch=batch).blocked == "not_deidentified"
    assert client.post(reverse("web:batch-deidentified", args=here), {"statement": " "}).status_code == 422
    client.post(reverse("web:batch-deidentified", args=here), {"statement": "Names removed by the archive."})
    drain()
    assert Item.objects.get(batch=batch).routed_at is not None
    page = client.get(reverse("web:batch", args=here)).content.decode()
    assert "Names removed by the archive." in page
    assert "Bob" in page
    plain = client.get(reverse("web:batch-new", args=[ours.project.uid])).content.decode()
    assert "Statement of de-identification" not in plain


def test_an_import_can_be_stopped(ours: World, as_: As) -> None:
    client = as_("lead")
    _send(client, ours.project.uid, jsonl([{"text": "Never."}]))
    batch = Batch.objects.get(name="new.jsonl")
    client.post(reverse("web:batch-stop", args=[ours.project.uid, batch.uid]))
    drain()
    assert not Item.objects.filter(batch=batch).exists()
    assert "Stopped" in client.get(reverse("web:batch", args=[ours.project.uid, batch.uid])).content.decode()


PDF_CONFIG = """<View><PDF name="pdf" value="$pdf"/>
<Choices name="verdict" toName="pdf"><Choice value="yes"/><Choice value="no"/></Choices></View>"""


def test_several_pdfs_are_sent_at_once_and_the_page_tells_of_scans(ours: World, as_: As) -> None:
    project = found_project(ours.organisation, ours.lead, config=PDF_CONFIG, licence="CC0-1.0")
    client = as_("lead")
    address = reverse("web:batch-new", args=[project.uid])
    page = client.get(address).content.decode()
    [field] = re.findall(r'<input type="file"[^>]*>', page)
    assert 'accept=".zip,.pdf"' in field
    assert " multiple" in field
    assert "PDF files, each an item." in page
    files = [SimpleUploadedFile("a.pdf", written("x")), SimpleUploadedFile("b.pdf", scan())]
    answer = client.post(address, {"file": files, "duplicates": "skip"})
    drain()
    page = client.get(answer["Location"]).content.decode()
    batch = Batch.objects.get(project=project)
    assert (batch.items_stored, batch.scans) == (2, 1)
    assert "One PDF is a scan without a text layer." in page


def test_what_is_wrong_with_a_zip_stands_at_the_field(ours: World, as_: As) -> None:
    project = found_project(ours.organisation, ours.lead, config=PDF_CONFIG, licence="CC0-1.0")
    answer = _send(as_("lead"), project.uid, packed({"../a.pdf": b"x"}), "a.zip")
    assert answer.status_code == 400
    assert "leads out of it" in answer.content.decode()


def test_the_page_tells_what_became_of_html(ours: World, as_: As) -> None:
    config = PDF_CONFIG.replace("<PDF", "<HyperText")
    project = found_project(ours.organisation, ours.lead, config=config, licence="CC0-1.0")
    batch = bring(project, ours.lead, jsonl([{"pdf": "<p onclick=x>a</p>"}]))
    page = as_("lead").get(reverse("web:batch", args=[project.uid, batch.uid])).content.decode()
    assert "HTML values cleaned" in page
    assert "structure and text only" in page


def test_a_table_with_files_says_how_it_names_them(ours: World, as_: As) -> None:
    config = PDF_CONFIG.replace("<View>", '<View><Text name="q" value="$q"/>')
    project = found_project(ours.organisation, ours.lead, config=config)
    page = as_("lead").get(reverse("web:batch-new", args=[project.uid])).content.decode()
    assert "In pdf stands the path of a file in the zip." in page
    assert not re.search(r"<input[^>]*type=\"file\"[^>]* multiple", page)


def test_the_page_tells_what_was_seen_of_the_texts(ours: World, as_: As) -> None:
    long = "The tenant shall pay the rent on the first day of every month to the landlord's bank account."
    rows = [{"text": long}, {"text": f"{long} Indeed."}, {"text": "The tenantâ€™s rent is due."}]
    batch = bring(ours.project, ours.lead, jsonl(rows), written_by="machines")
    client = as_("lead")
    page = client.get(reverse("web:batch", args=[ours.project.uid, batch.uid])).content.decode()
    for words in (
        "What was seen of the texts",
        "read in the wrong encoding: 1",
        "3 texts compared",
        "Machines",
        "stated that machines wrote them",
        "characters that were lost or read wrongly",
    ):
        assert words in page, words
    first = Item.objects.filter(batch=batch).order_by("pk")[0]
    told = client.get(reverse("web:item", args=[ours.project.uid, first.uid])).content.decode()
    assert "Texts were written by" in told
    assert f'<dd class="mono">{first.pk}</dd>' in told
    flags = reverse("web:batch-flags", args=[ours.project.uid, batch.uid])
    assert flags + "?step=near" in page
    near = client.get(flags, {"step": "near"}).content.decode()
    assert "the same as another item" in near
    assert "wrong encoding" not in near
    assert "wrong encoding" in client.get(flags).content.decode()
    item = client.get(
        reverse("web:item", args=[ours.project.uid, batch.items.get(line=2).uid])
    ).content.decode()
    assert "the same as another item" in item
    assert "Seems to be in" in item
    answer = client.post(reverse("web:batch-check-again", args=[ours.project.uid, batch.uid]))
    assert answer.status_code == 302
    drain()
    again = client.get(reverse("web:batch", args=[ours.project.uid, batch.uid])).content.decode()
    assert "3 texts checked" in again
