"""Who gets the files of an item, and under which headers."""

import contextlib
import gzip
import hashlib
import io
import itertools
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from annotation.models import Asset, Assignment, Batch, Project
from annotation.models.asset_reading import readable_asset
from annotation.models.assignment import Outcome
from annotation.stages import lease, undertaking
from core.models import User
from core.refusals import NotFound
from experts import evidence
from tests import cast
from tests.annotation.stages.test_queue import fetched
from tests.cast import Scene
from tests.pdf import written
from tests.zips import packed

CONFIG = """<View><PDF name="pdf" value="$pdf"/><Image name="image" value="$image"/>
<Choices name="verdict" toName="pdf"><Choice value="yes"/><Choice value="no"/></Choices></View>"""


class Shown:
    """A project with an item that shows a PDF and a picture, and what asks for them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.project: Project = cast.found_project(
            scene.organisation, scene.lead, config=CONFIG, licence="CC0-1.0"
        )
        picture = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(picture, "PNG")
        files = {"a.pdf": written("Page one", "Page two"), "a.png": picture.getvalue()}
        table = b'{"pdf": "a.pdf", "image": "a.png"}\n'
        self.batch: Batch = cast.bring(
            self.project, scene.lead, packed({"rows.jsonl": table, **files}), "set.zip"
        )
        item = self.batch.items.get()
        self.pdf, self.image = item.data["pdf"]["asset"], item.data["image"]["asset"]

    def get(self, user: User | None, path: str, **headers: str) -> Any:
        client = Client()
        if user:
            client.force_login(user)
        return client.get(f"/api/v1/assets/{path}", headers=headers)

    def statuses(self, user: User | None) -> list[int]:
        paths = (self.image, f"{self.pdf}/pages/1", f"{self.pdf}/pages/2/text", self.pdf)
        return [self.get(user, path).status_code for path in paths]


@pytest.fixture(scope="module")
def kept_shown(played: Scene) -> Shown:
    return Shown(played)


@pytest.fixture
def shown(kept_shown: Shown, db: None) -> Shown:
    return kept_shown


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def test_who_sees_the_work_gets_everything(shown: Shown) -> None:
    for role in ("owner", "lead", "auditor"):
        assert shown.statuses(shown.scene.people[role]) == [200, 200, 200, 200]


def test_an_annotator_gets_the_files_of_their_own_item_and_no_whole_pdf(shown: Shown) -> None:
    carol, dan = shown.scene.people["annotator"], shown.scene.people["annotator2"]
    assert shown.statuses(carol) == [404, 404, 404, 404]
    assignment = cast.take(shown.project, carol)
    assert assignment
    assert shown.statuses(carol) == [200, 200, 200, 403]
    assert shown.statuses(dan) == [404, 404, 404, 404]


def test_files_are_read_as_long_as_the_work_that_shows_them(shown: Shown, as_: Any) -> None:
    carol = shown.scene.people["annotator"]
    assignment = cast.take(shown.project, carol)
    assert assignment
    for outcome in (Outcome.EXPIRED, Outcome.RETURNED, Outcome.SUBMITTED):
        Assignment.objects.filter(pk=assignment.pk).update(outcome=outcome)
        assert as_(carol).get(f"assignments/{assignment.uid}").status_code == 200
        assert shown.statuses(carol) == [200, 200, 200, 403]
    Assignment.objects.filter(pk=assignment.pk).update(outcome=Outcome.WITHDRAWN)
    assert as_(carol).get(f"assignments/{assignment.uid}").status_code == 409
    assert shown.statuses(carol) == [404, 404, 404, 404]


def test_who_may_not_have_a_returned_item_by_now_gets_none_of_its_files(shown: Shown) -> None:
    carol = shown.scene.people["annotator"]
    assignment = cast.take(shown.project, carol)
    assert assignment
    lease.give_back(assignment=assignment, by=carol)
    Batch.objects.filter(pk=shown.batch.pk).update(created_by=carol)  # who brought it in judges it no more
    assert shown.statuses(carol) == [404, 404, 404, 404]


def test_the_undertaking_comes_before_the_files(shown: Shown) -> None:
    carol = shown.scene.people["annotator"]
    assert cast.take(shown.project, carol)
    written_ = undertaking.write_undertaking(
        project=shown.project, by=shown.scene.lead, text="I tell nobody."
    )
    assert written_
    refused = shown.get(carol, shown.image)
    assert (refused.status_code, refused.json()["code"]) == (403, "undertaking")
    assert shown.statuses(shown.scene.lead) == [200, 200, 200, 200]
    expert = evidence.expert_of(carol)
    undertaking.accept_undertaking(project=shown.project, expert=expert, by=carol, version=1)
    assert shown.statuses(carol) == [200, 200, 200, 403]


def test_asking_for_a_file_does_not_grow_with_the_items_that_one_may_see(shown: Shown) -> None:
    carol, lead = shown.scene.people["annotator"], shown.scene.lead
    asking = (carol, lead, shown.scene.people["adjudicator"], shown.scene.people["contributor"])
    assert cast.take(shown.project, carol)
    before = [effort(partial(ask, user, shown.image)) for user in asking]
    texts = cast.found_project(shown.scene.organisation, lead, licence="CC0-1.0")
    cast.bring_texts(texts, lead, 1000)
    cast.drain()
    assert cast.take(texts, carol)
    assert [effort(partial(ask, user, shown.image)) for user in asking] == pytest.approx(before, abs=20)


def ask(user: User, sha256: str) -> None:
    with contextlib.suppress(NotFound):
        readable_asset(user, sha256)


def effort(call: Callable[[], None]) -> int:
    """What the database does for a call: items read by PostgreSQL, hundreds of steps made by SQLite."""
    if connection.vendor == "postgresql":
        before = fetched()
        call()
        return fetched() - before
    steps = itertools.count()
    connection.connection.set_progress_handler(lambda: next(steps) and 0, 100)
    try:
        call()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return next(steps)


def test_an_adjudicator_gets_the_files_of_a_dispute(shown: Shown) -> None:
    erin = shown.scene.people["adjudicator"]
    assert shown.statuses(erin) == [404, 404, 404, 404]
    for user, verdict in (("annotator", "yes"), ("annotator2", "no")):
        person = shown.scene.people[user]
        assignment = cast.take(shown.project, person)
        assert assignment
        region = cast.region("verdict", "choices", {"choices": [verdict]}, "pdf")
        cast.submit(assignment, person, [region])
    cast.drain()
    assert shown.statuses(erin) == [200, 200, 200, 403]


def test_nobody_else_gets_anything(shown: Shown) -> None:
    stranger = cast.person("stranger-of-files")
    assert shown.statuses(stranger) == [404, 404, 404, 404]
    assert shown.statuses(shown.scene.people["contributor"]) == [404, 404, 404, 404]
    assert shown.statuses(None) == [401, 401, 401, 401]


def test_the_same_file_in_another_project_says_nothing_of_this_one(shown: Shown, foreign: Scene) -> None:
    theirs = cast.found_project(foreign.organisation, foreign.lead, config=CONFIG, licence="CC0-1.0")
    before = shown.statuses(foreign.lead)
    assert before == [404, 404, 404, 404]
    Asset.objects.create(
        project=theirs, sha256=shown.image, origin=shown.image, media_type="image/png", size=1, folder="none"
    )
    assert shown.statuses(foreign.lead) == before  # no item of theirs shows it


def test_a_picture_is_what_was_stored(shown: Shown) -> None:
    response = shown.get(shown.scene.lead, shown.image)
    content = body(response)
    assert hashlib.sha256(content).hexdigest() == shown.image
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == f'inline; filename="{shown.image}.png"'


def test_a_whole_pdf_is_saved_not_shown(shown: Shown) -> None:
    response = shown.get(shown.scene.lead, shown.pdf)
    assert hashlib.sha256(body(response)).hexdigest() == shown.pdf
    assert response["Content-Disposition"].startswith("attachment")


def test_pages_come_in_two_sizes(shown: Shown) -> None:
    for query, width in (("", 1600), ("?size=large", 1600), ("?size=small", 800)):
        response = shown.get(shown.scene.lead, f"{shown.pdf}/pages/1{query}", accept="image/webp")
        assert response["Content-Type"] == "image/webp"
        assert Image.open(io.BytesIO(body(response))).width == width


def test_a_page_s_text_is_that_of_the_item_and_comes_packed(shown: Shown) -> None:
    path = f"{shown.pdf}/pages/2/text"
    plain = shown.get(shown.scene.lead, path)
    packed_ = shown.get(shown.scene.lead, path, accept_encoding="gzip, br")
    assert packed_["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed_.content) == plain.content
    page = json.loads(plain.content)
    assert page["text"] == shown.batch.items.get().data["pdf"]["pages"][1]["text"] == "Page two"
    assert page["runs"][0][0] == 0
    assert len(page["runs"][0][3]) == len("Page two") + 1
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("suffix", ["", "/pages/1", "/pages/1/text"])
def test_browsers_keep_it_and_run_nothing_of_it(shown: Shown, suffix: str) -> None:
    path = (shown.pdf if suffix else shown.image) + suffix
    response = shown.get(shown.scene.lead, path)
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert "Cookie" in response["Vary"]
    body(response)
    again = shown.get(shown.scene.lead, path, if_none_match=response["ETag"])
    assert (again.status_code, body(again)) == (304, b"")
    assert shown.get(None, path, if_none_match=response["ETag"]).status_code == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("{pdf}/pages/0", 404),
        ("{pdf}/pages/3", 404),
        ("{pdf}/pages/99999999999999999999", 404),
        ("{pdf}/pages/3/text", 404),
        ("{image}/pages/1", 404),
        ("{pdf}/pages/1?size=huge", 400),
        ("nothing", 404),
    ],
)
def test_what_is_not_there_is_refused(shown: Shown, path: str, status: int) -> None:
    response = shown.get(shown.scene.lead, path.format(pdf=shown.pdf, image=shown.image))
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/problem+json")


def test_several_files_are_one_batch(shown: Shown, as_: Any) -> None:
    config = CONFIG.replace('<Image name="image" value="$image"/>', "")
    project = cast.found_project(shown.scene.organisation, shown.scene.lead, config=config)
    files = [SimpleUploadedFile(f"{name}.pdf", written(name)) for name in "abc"]
    answer = as_(shown.scene.lead).upload(f"projects/{project.uid}/batches", file=files[0], files=files[1:])
    assert answer.status_code == 201
    cast.drain()
    told = as_(shown.scene.lead).get(f"batches/{answer.json()['id']}").json()
    assert (told["name"], told["format"], told["items_stored"], told["scans"]) == ("a.pdf + 2", "zip", 3, 0)
