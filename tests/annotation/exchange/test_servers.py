"""Pull and push against a running server that speaks Label Studio's API, with the real client, all in one process."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from annotation.formats.label_studio import sdk
from annotation.management.alone import alone
from annotation.management.commands import labelstudio
from annotation.models import Project
from annotation.work import HANDLERS
from core import jobs
from core.keys import show_legacy_key
from core.models import Job
from core.organisations import create_organisation, grant
from core.roles import Role
from tests.annotation.exchange.carried import new_project, shape
from tests.cast import person

CONFIG = (
    '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices>'
    '<Labels name="l" toName="t"><Label value="P"/></Labels></View>'
)
MADE, CHANGED = "2021-02-03T04:05:06.789000Z", "2022-02-03T04:05:06.789000Z"


class Side:
    """An organisation on the server, whose owner calls the API."""

    def __init__(self, url: str, title: str, *, ann: bool = False) -> None:
        self.url, self.title = url, title
        self._calls = httpx.Client(transport=within(), base_url=url)
        owner = person(f"{title}-owner")
        organisation = create_organisation(name=title, by=owner, default_licence="CC0-1.0")
        self.owner, self.ann = owner.email, f"{title}-ann@example.org"
        self.key, self.uid = show_legacy_key(user=owner), organisation.uid
        if ann:
            grant(user=person(f"{title}-ann"), organisation=organisation, role=Role.ANNOTATOR, by=owner)

    def send(self, path: str, body: Any) -> Any:
        """A call; work that it left is done at once."""
        headers = {"Authorization": f"Token {self.key}"}
        answer = self._calls.post(path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        for project in Project.objects.filter(organisation__uid=self.uid):
            open_items(project)
        return answer.json()

    def get(self, path: str) -> Any:
        """What is there."""
        return self._calls.get(path, headers={"Authorization": f"Token {self.key}"}).json()

    def project(self, title: str) -> int:
        """A new one, by number."""
        given = {"title": title, "label_config": CONFIG, "sampling": "Uniform sampling"}
        return int(self.send("/api/projects/", given)["id"])

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """All of them, whole."""
        found: list[dict[str, Any]] = self.get(f"/api/tasks?project={project}&fields=all&page_size=1000")[
            "tasks"
        ]
        people = {one["id"]: one for one in self.get("/api/users/")}
        for one in (one for task in found for one in task["annotations"]):
            one["completed_by"] = people[one["completed_by"]]
        return found

    def carry(self, act: str, *rest: str) -> str:
        """What the command prints."""
        out = StringIO()
        call_command(
            "labelstudio",
            act,
            self.url,
            self.key,
            *rest,
            stdout=out,
        )
        return out.getvalue()

    def pull(self, project: int, into: "Side", *more: str) -> str:
        """Out of here, into another."""
        return self.carry("pull", str(project), "--organisation", into.uid, "--by", into.owner, *more)


def open_items(project: Project) -> None:
    """What the command does in a thread of its own, in this one: the test's transaction is its own."""
    for job in Job.objects.filter(kind="route", project_id=project.pk, state__in=jobs.UNFINISHED):
        jobs.run(job.pk, HANDLERS)


def within(_limits: Any = None) -> httpx.WSGITransport:
    """Calls that stay in this process."""
    return httpx.WSGITransport(app=get_wsgi_application())


@pytest.fixture
def url(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("core.outbound.transport.GuardedTransport", within)
    monkeypatch.setattr(labelstudio, "open_items", open_items)
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)  # as Django's own test client does
    yield "http://testserver"
    for signal in ends:
        signal.connect(close_old_connections)


def choice(word: str) -> list[dict[str, Any]]:
    return [{"id": "a", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": [word]}}]


def rich(side: Side) -> int:
    """A project with everything in it."""
    project = side.project("Everything")
    answers = [
        {"result": choice("x"), "completed_by": {"email": side.ann}, "lead_time": 4.5, "ground_truth": False,
         "created_at": MADE, "updated_at": CHANGED, "unique_id": "00000000-0000-4000-8000-000000000001"},
        {"result": choice("y"), "completed_by": {"email": side.owner}, "ground_truth": True,
         "created_at": MADE, "updated_at": MADE, "lead_time": 1.0},
    ]  # fmt: skip
    prediction = {"result": choice("y"), "score": 0.25, "model_version": "m1"}
    skip = {"result": [], "was_cancelled": True, "completed_by": {"email": side.ann}, "created_at": MADE}
    side.send(
        f"/api/projects/{project}/import",
        [
            {"data": {"t": "one 😀"}, "meta": {"m": 1}, "annotations": answers, "predictions": [prediction]},
            {"data": {"t": "two"}, "annotations": [skip]},
            {"data": {"t": "three"}},
        ],
    )
    side.send(f"/api/tasks/{side.tasks(project)[2]['id']}/drafts", {"result": choice("x"), "lead_time": 3})
    return project


def number(side: Side, uid: Any) -> int:
    return Project.objects.get(uid=uid, organisation__uid=side.uid).pk


def test_everything_comes_along_and_nothing_comes_twice(url: str) -> None:
    there, here = Side(url, "pulled-from", ann=True), Side(url, "pulled-into")
    project = rich(there)
    told = there.pull(project, here)
    uid = new_project(told)
    mine = number(here, uid)
    assert shape(here.tasks(mine)) == shape(there.tasks(project))
    assert here.get(f"/api/projects/{mine}/")["sampling"] == "Uniform sampling"
    assert there.ann in told
    before = here.tasks(mine)

    again = there.pull(project, here)
    assert "3 items that had not changed" in again
    assert not re.search(r"\d (annotations|predictions|drafts|items)\n", again)
    assert here.tasks(mine) == before

    first, second, _third = there.tasks(project)
    there.send(f"/api/tasks/{second['id']}/annotations/", {"result": choice("y"), "lead_time": 9})
    there.send("/api/predictions/", {"task": first["id"], "result": choice("x"), "model_version": "m2"})
    changed = there.pull(project, here)
    assert "2 items changed" in changed
    assert shape(here.tasks(mine)) == shape(there.tasks(project)), changed

    target = Side(url, "pushed-to")
    pushed = target.carry("push", str(uid), "--by", here.owner)
    (theirs,) = [one["id"] for one in target.get("/api/projects/")["results"] if one["title"] == "Everything"]
    without = [
        (data, meta, predictions) for data, meta, _said, predictions, _drafts in shape(here.tasks(mine))
    ]
    stored = shape(target.tasks(theirs))
    assert [(data, meta, predictions) for data, meta, _said, predictions, _drafts in stored] == without
    said = [[one[:7] for one in task[2]] for task in stored]
    assert said == [[one[:7] for one in task[2]] for task in shape(here.tasks(mine))]
    assert "annotations[" in pushed  # who has no account there, and the draft, are named
    once_more = target.carry("push", str(uid), "--by", here.owner)
    assert "3 items that had not changed" in once_more
    assert shape(target.tasks(theirs)) == stored


def test_unknown_authors_can_be_refused(url: str) -> None:
    there, here = Side(url, "stranger", ann=True), Side(url, "strict")
    project = rich(there)
    with pytest.raises(CommandError, match="is nobody of the organisation"):
        there.pull(project, here, "--authors", "refuse")


def test_the_only_organisation_is_meant(url: str) -> None:
    side = Side(url, "alone")
    number = side.project("Its own")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        side.carry("pull", str(number), "--by", "nobody@example.org")
    with pytest.raises(CommandError, match="No role of"):
        side.carry("pull", str(number), "--by", person("guest").email)
    with pytest.raises(CommandError, match="no such organisation"):
        side.carry("pull", str(number), "--organisation", "elsewhere")
    assert "1 projects" in side.carry("pull", str(number))
    assert Project.objects.filter(organisation__uid=side.uid).count() == 2


def test_one_run_at_a_time_carries_to_a_server(url: str) -> None:
    here, there = Side(url, "here", ann=True), Side(url, "there", ann=True)
    project = rich(here)
    with alone(url), pytest.raises(CommandError, match="Another run carries"):
        here.pull(project, there)
    assert not Project.objects.filter(organisation__uid=there.uid).exists()
    here.pull(project, there)
    assert Project.objects.filter(organisation__uid=there.uid).exists()


def test_of_several_organisations_one_is_named(url: str) -> None:
    there, here = Side(url, "there"), Side(url, "here")
    number = there.project("Elsewhere")
    with pytest.raises(CommandError, match="several organisations"):
        there.carry("pull", str(number))
    there.carry("pull", str(number), "--organisation", "here")
    assert Project.objects.filter(organisation__uid=here.uid).count() == 1


def test_private_addresses_are_refused(db: None) -> None:
    side = Side("http://127.0.0.1:9", "guarded")
    with pytest.raises(CommandError, match="is not called"):
        call_command(
            "labelstudio", "pull", side.url, side.key, "--organisation", side.uid, "--by", side.owner
        )


class Dropped(httpx.WSGITransport):
    """The answer to the first import is lost on the way, as behind a proxy that waits no longer."""

    def __init__(self, path: str, answer: httpx.Response | Exception) -> None:
        super().__init__(app=get_wsgi_application())
        self._path, self._answer, self.sent = path, answer, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        stored = super().handle_request(request)
        if request.method == "POST" and request.url.path.rstrip("/").endswith(self._path):
            self.sent += 1
            stored.read()
            if isinstance(self._answer, Exception):
                raise self._answer
            return self._answer
        return stored


@pytest.mark.parametrize(
    "lost", [httpx.Response(504, text="<html>gateway</html>"), httpx.ReadTimeout("late")]
)
def test_an_import_whose_answer_was_lost_is_not_sent_again(
    url: str, monkeypatch: pytest.MonkeyPatch, lost: httpx.Response | Exception
) -> None:
    here, target = Side(url, "sends-once", ann=True), Side(url, "takes-once")
    project = rich(here)
    uid = Project.objects.get(pk=project).uid
    dropping = Dropped("/import", lost)
    monkeypatch.setattr("core.outbound.transport.GuardedTransport", lambda *_: dropping)
    with pytest.raises(CommandError, match="The server"):
        target.carry("push", str(uid), "--by", here.owner)
    assert dropping.sent == 1
    monkeypatch.setattr("core.outbound.transport.GuardedTransport", within)
    target.carry("push", str(uid), "--by", here.owner)
    (theirs,) = [one["id"] for one in target.get("/api/projects/")["results"]]
    assert [task["data"] for task in target.tasks(theirs)] == [task["data"] for task in here.tasks(project)]


def test_a_prediction_whose_answer_was_lost_is_not_sent_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, target = Side(url, "predicts-once", ann=True), Side(url, "hears-once")
    project = rich(here)
    uid = Project.objects.get(pk=project).uid
    target.carry("push", str(uid), "--by", here.owner)
    third = here.tasks(project)[2]["id"]
    for model in ("m1", "m1", "m2"):
        here.send("/api/predictions/", {"task": third, "result": choice("x"), "model_version": model})
    dropping = Dropped("/predictions", httpx.ReadTimeout("late"))
    monkeypatch.setattr("core.outbound.transport.GuardedTransport", lambda *_: dropping)
    with pytest.raises(CommandError, match="late"):
        target.carry("push", str(uid), "--by", here.owner)
    assert dropping.sent == 1
    monkeypatch.setattr("core.outbound.transport.GuardedTransport", within)
    target.carry("push", str(uid), "--by", here.owner)
    (theirs,) = [one["id"] for one in target.get("/api/projects/")["results"]]
    said = [one["model_version"] for one in target.tasks(theirs)[2]["predictions"]]
    assert sorted(said) == ["m1", "m1", "m2"]


def test_what_could_not_be_stored_is_listed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NUL, lone surrogates, wrong types, in tasks that are new and in those that changed: the others come along."""
    there, here = Side(url, "odd"), Side(url, "strictly")
    project = there.project("Odd")
    there.send(f"/api/projects/{project}/import", [{"data": {"t": f"text {at}"}} for at in range(9)])
    there.pull(project, here)
    bad: list[dict[str, Any]] = [
        {"annotations": [{"id": 1, "result": [{"x": "a\0b"}]}]},
        {"annotations": [{"id": 2, "result": "x"}]},
        {"annotations": [{"id": 3, "result": [], "lead_time": "x"}]},
        {"drafts": [{"id": 4, "result": [], "lead_time": "x"}]},
        {"predictions": [{"id": 5, "result": [], "score": "x"}]},
        {"data": {"t": "\ud800"}},
        {"data": None},
        {"annotations": [5]},
    ]

    def odd(self: Any, number: int, page: int, size: int) -> tuple[list[dict[str, Any]], int]:
        tasks, total = whole(self, number, page, size)
        mixed = [{**task, **more} for task, more in zip(tasks, [*bad, {"data": {"t": "new"}}], strict=True)]
        return mixed + [{**one, "id": 10**6 + at} for at, one in enumerate(mixed)], 2 * total

    whole = sdk.Server.tasks
    monkeypatch.setattr(sdk.Server, "tasks", odd)
    told = there.pull(project, here)
    assert "16 × Refused" in told
    mine = here.tasks(Project.objects.get(organisation__uid=here.uid).pk)
    assert [one["data"]["t"] for one in mine] == [*(f"text {at}" for at in range(8)), "new", "new"]
    assert all(not one["annotations"] and not one["drafts"] and not one["predictions"] for one in mine)


@pytest.mark.parametrize(
    "address", ["http://[::", "studio.example", "http://me:secret@studio.example", "ftp://x/"]
)
def test_what_is_no_address_is_refused_in_words(url: str, address: str) -> None:
    side = Side(url, "mistyped")
    side.url = address
    with pytest.raises(CommandError, match="is not called") as refused:
        side.pull(1, side)
    assert "secret" not in str(refused.value)
    assert "--allow" not in str(refused.value)
