"""A labelling effort on a running Assay, spoken to over HTTP as its people's browsers and scripts do."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import requests

from tests.stories.founding import PASSWORD, Founding
from tests.support.client import Client
from tests.support.stack import Stack

Work = dict[str, Any]
Result = list[dict[str, Any]]


class Effort:
    """One organisation with one project, founded on `stack`."""

    def __init__(self, stack: Stack, founding: Founding) -> None:
        told = stack.manage("shell", "--verbosity", "0", "--no-imports", "--command", founding.code())
        facts = json.loads(told.splitlines()[-1])
        self.stack = stack
        self.founding = founding
        self.project: str = facts["project"]
        self.organisation: str = facts["organisation"]
        self._sessions: dict[str, str] = facts["sessions"]
        self._clients: dict[str, Client] = {}

    def person(self, name: str) -> Client:
        """A person's HTTP session, logged in by the page on first use."""
        if name not in self._clients:
            self._clients[name] = self.stack.client(self.founding.address(name), PASSWORD)
        return self._clients[name]

    def quick_person(self, name: str) -> Client:
        """A new HTTP session of a person, without the log-in page, which lets in 30 a minute from one address."""
        client = Client(self.stack.url)
        client.cookies.set("sessionid", self._sessions[name])
        client.cookies.set("csrftoken", secrets.token_hex(16))
        return client

    def path(self, *parts: str) -> str:
        """The API's path of something in this project."""
        return "/".join(["/api/v1/projects", self.project, *parts])

    def upload(
        self, name: str, rows: Iterable[dict[str, Any]], *, seconds: float = 90, **fields: str
    ) -> dict[str, Any]:
        """Upload a JSONL file as the owner; return the batch once its items are open or blocked."""
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        owner = self.person("owner")
        answer = said(owner.post(self.path("batches"), files={"file": (name, content)}, data=fields), 201)
        return self.wait_for(
            owner, f"/api/v1/batches/{answer['id']}", lambda batch: batch["routed_at"], seconds
        )

    def wait_for(
        self, client: Client, path: str, ready: Callable[[Any], Any], seconds: float = 90
    ) -> dict[str, Any]:
        """Read something again and again until it is ready."""
        seen: dict[str, Any] = {}

        def look() -> bool:
            nonlocal seen
            seen = said(client.get(path), 200)
            return bool(ready(seen))

        self.stack.until(look, seconds)
        return seen

    def label(self, client: Client, answer: Callable[[Work], Result]) -> Iterator[Work]:
        """Take items and submit an answer to each until nothing is left; give each work as it was submitted."""
        work = self.next(client)
        while work:
            submitted = said(
                client.post(f"/api/v1/assignments/{work['assignment']}/submit", json=answer_of(work, answer)),
                201,
            )
            yield work
            work = submitted["next"] or self.next(client)

    def next(self, client: Client) -> Work | None:
        """The next item for this person, None when nothing is left."""
        answer = client.post(self.path("next"), json={})
        return None if answer.status_code == 204 else said(answer, 200)

    def settle(self, seconds: float = 120) -> None:
        """Wait until no work is owed."""
        owed = (
            "SELECT (SELECT COUNT(*) FROM core_job WHERE state IN ('waiting', 'running'))"
            " + (SELECT COUNT(*) FROM annotation_unfolded)"
        )
        self.stack.until(lambda: self.stack.rows(owed) == [(0,)], seconds)

    def agreement(self, question: str, measure: str, label: str = "") -> dict[str, Any]:
        """One figure of the newest measurement."""
        rows: Any = said(self.person("owner").get(self.path("agreement?limit=500")), 200)["results"]
        (found,) = (
            row
            for row in rows
            if (row["question"], row["measure"], row["label"]) == (question, measure, label)
        )
        return dict(found)

    def disputes(self, client: Client) -> Iterator[dict[str, Any]]:
        """The open disputes that this person may decide, whole, until none is left."""
        while listed := said(client.get(self.path("disputes")), 200)["results"]:
            for row in listed:
                yield said(client.get(f"/api/v1/disputes/{row['id']}"), 200)

    def release(self) -> "Released":
        """Ask for a release as the owner, wait for it, download it."""
        owner = self.person("owner")
        asked = said(owner.post(self.path("releases"), json={}), 202)
        found = self.wait_for(
            owner,
            f"/api/v1/releases/{asked['id']}",
            lambda release: release["published_at"] or release["held_at"],
        )
        assert found["published_at"], [one for one in found["gate"] if one["passed"] is False]
        return Released(owner, found)


@dataclass(frozen=True)
class Released:
    """A published release, as its files say."""

    client: Client
    facts: dict[str, Any]

    def file(self, name: str) -> bytes:
        """One file, downloaded."""
        answer = self.client.get(f"/api/v1/releases/{self.facts['id']}/files/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the record, split after split."""
        parts = [self.file(path).decode() for path in self.manifest["rows"]["files"]]
        return [json.loads(line) for part in parts for line in part.splitlines()]

    @cached_property
    def tasks(self) -> list[dict[str, Any]]:
        """The tasks of the Label Studio files."""
        paths = [one["path"] for one in self.manifest["files"] if one["path"].startswith("label_studio/")]
        return [task for path in paths for task in json.loads(self.file(path))]

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest."""
        return dict(self.facts["manifest"])


def answer_of(work: Work, answer: Callable[[Work], Result]) -> dict[str, Any]:
    """The body of a submit."""
    return {"result": answer(work), "hashes": work["item"]["hashes"], "seconds": 12.5}


def said(answer: requests.Response, status: int) -> Any:
    """The JSON of an answer; fails when its status is another."""
    assert answer.status_code == status, f"{answer.status_code} {answer.url}\n{answer.text[:2000]}"
    return answer.json()


def choice(question: str, *labels: str) -> Result:
    """The region of a choice."""
    value = {"choices": list(labels)}
    return [
        {"id": f"r-{question}", "from_name": question, "to_name": "text", "type": "choices", "value": value}
    ]


def spans(question: str, text: str, marked: Iterable[tuple[int, int, str]]) -> Result:
    """The regions of spans over a text; offsets are code points."""
    return [
        {
            "id": f"r-{question}-{at}",
            "from_name": question,
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
        }
        for at, (start, end, label) in enumerate(marked)
    ]
