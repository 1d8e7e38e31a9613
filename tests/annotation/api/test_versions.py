"""Versions of a draft over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.formats.schema import Kind, Question, Schema
from annotation.models import Annotation, Draft, DraftVersion
from annotation.models.draft_version import APART, MOST, is_written
from annotation.stages import label
from core.models import User
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene

WRITTEN = Schema(fields=(), questions=(Question("note", Kind.TEXT, "text", markdown=True),), layout=())
"""Only whether its answers are written at length is read."""


@pytest.fixture
def carol(ours: Scene) -> User:
    return ours.people["annotator"]


@pytest.fixture
def hers(carol: User, as_: Any) -> Caller:
    caller: Caller = as_(carol)
    return caller


@pytest.fixture
def nothing_kept(ours: Scene) -> None:
    """Her answer has a text of several rows: its first draft was kept by itself."""
    assert DraftVersion.objects.filter(draft__assignment=ours.assignment).delete()[0] == 1


def _save(hers: Caller, scene: Scene, result: Any, revision: int = 1) -> None:
    path = f"assignments/{scene.assignment.uid}/draft"
    assert hers.put(path, {"revision": revision, "result": result}).status_code == 200


@pytest.mark.usefixtures("nothing_kept")
def test_a_version_is_kept_listed_and_read(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/versions"
    assert hers.get(path).json() == {"versions": []}
    made = hers.post(path, {"name": " First try "})
    assert made.status_code == 201
    again = hers.post(path)
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])
    _save(hers, ours, cast.choice("no breach"))
    second = hers.post(path).json()
    rows = hers.get(path).json()["versions"]
    assert [(row["id"], row["name"]) for row in rows] == [
        (second["id"], ""),
        (made.json()["id"], "First try"),
    ]
    read = hers.get(f"{path}/{made.json()['id']}").json()
    assert (read["result"], read["revision"]) == (cast.choice(), 1)


def test_it_is_refused_with_a_reason(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/versions"
    assert refusal(hers.post(path, {"name": "x" * 81})) == (400, "invalid")
    assert hers.get(f"{path}/nothere").status_code == 404
    Draft.objects.filter(assignment=ours.assignment).update(result=[{"text": "x" * 200_000}])
    assert refusal(hers.post(path)) == (400, "invalid")
    Draft.objects.filter(assignment=ours.assignment).delete()
    assert refusal(hers.post(path)) == (400, "invalid")


def test_only_the_last_twenty_stay_and_what_was_named_goes_last(ours: Scene, hers: Caller) -> None:
    draft = Draft.objects.get(assignment=ours.assignment)
    now = timezone.now()
    DraftVersion.objects.keep(draft, "mine", now)
    for number in range(MOST + 3):
        draft.result = [number]
        DraftVersion.objects.keep(draft, "", now)
    kept = DraftVersion.objects.filter(draft=draft).order_by("pk")
    assert (kept[0].name, kept[1].result, kept.count()) == ("mine", [4], MOST)


@pytest.mark.usefixtures("nothing_kept")
def test_what_is_written_at_length_is_kept_by_itself_now_and_then(ours: Scene) -> None:
    draft = Draft.objects.get(assignment=ours.assignment)
    now = timezone.now()
    keep = DraftVersion.objects.keep_by_itself
    keep(draft, Schema((), (), ()), now)
    assert DraftVersion.objects.filter(draft=draft).count() == 0
    assert is_written(WRITTEN)
    for minutes, result in ((0, [1]), (1, [2]), (2.5, [3]), (9, [3])):
        draft.result = result
        keep(draft, WRITTEN, now + timedelta(minutes=minutes))
    kept = DraftVersion.objects.filter(draft=draft).order_by("pk")
    assert [one.result for one in kept] == [[1], [3]]
    assert timedelta(minutes=2) == APART


@pytest.mark.parametrize(
    ("question", "long"),
    [
        (Question("note", Kind.TEXT, "text"), True),
        (Question("note", Kind.TEXT, "text", rows=8), True),
        (Question("note", Kind.TEXT, "text", rows=1), False),
        (Question("note", Kind.TEXT, "text", rows=1, markdown=True), True),
        (Question("note", Kind.TEXT, "text", per_region=True), False),
        (Question("verdict", Kind.CHOICE, "text"), False),
    ],
)
def test_a_text_of_several_rows_is_written_at_length(question: Question, long: bool) -> None:
    assert is_written(Schema(fields=(), questions=(question,), layout=())) is long


def test_versions_go_with_the_draft(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}"
    hers.post(f"{path}/versions")
    hashes = label.hashes_of(Schema((), (), ()), {}) | hers.get(path).json()["item"]["hashes"]
    sent = hers.post(f"{path}/submit", {"result": cast.choice(), "hashes": hashes, "next": False})
    assert sent.status_code == 201
    assert Annotation.objects.filter(assignment=ours.assignment).exists()
    assert hers.get(f"{path}/versions").json() == {"versions": []}
    assert refusal(hers.post(f"{path}/versions")) == (409, "already_done")


def test_nobody_else_sees_them(ours: Scene, hers: Caller, as_: Any) -> None:
    path = f"assignments/{ours.assignment.uid}/versions"
    version = hers.post(path).json()["id"]
    for other in (as_(ours.lead), as_(ours.people["annotator2"])):
        assert other.get(path).status_code == 404
        assert other.get(f"{path}/{version}").status_code == 404
