"""Everything that people do on one project, at once and without end: upload, label, decide, release.

Everybody sends again what broke under them, as the browser does, and remembers what the server said it had saved.
"""

import random
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import requests

from tests.soak.kills import insist
from tests.soak.pictures import Pictures
from tests.stories.effort import Effort, Work, answer_of, choice
from tests.stories.founding import Founding
from tests.support.client import Client
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/>
  </Choices>
</View>"""
OVERLAP = 2
BETWEEN_FILES = 5.0  # seconds
LONGEST_THOUGHT = 0.5  # seconds: faster than anybody, and no faster than a busy machine's worker follows
BAD_ROW = '{"text": \n'


class Traffic:
    """`with Traffic(stack, seed)`: people at work. Leave the block to let them finish what they are at.

    `saved` maps the public id of each acknowledged annotation to (assignment, label), `uploaded` holds every text
    in an acknowledged upload, `decided` every dispute whose decision was acknowledged. With `pictures` files come in
    and are released too. Raises at the end what went wrong for anybody.
    """

    def __init__(
        self,
        stack: Stack,
        seed: int,
        *,
        rows: int = 1100,
        experts: int = 3,
        title: str = "Traffic",
        pictures: bool = False,
    ) -> None:
        self.names = [f"expert{at}" for at in range(experts)]
        people = {**dict.fromkeys(self.names, "annotator"), "judge": "adjudicator"}
        self.effort = Effort(
            stack,
            Founding(
                title=title,
                sector="legal",
                people=people,
                config=CONFIG,
                settings={"overlap": OVERLAP, "lease_minutes": 1},
                policy={"disputes_settled": False},  # it is released all the time, and there are always some
            ),
        )
        self.saved: dict[str, tuple[str, str]] = {}
        self.uploaded: set[str] = set()
        self.decided: set[str] = set()
        self.releases: set[str] = set()
        self._seed = seed
        self._rows = rows
        self._wrong: list[BaseException] = []
        self._enough = threading.Event()
        jobs: list[Callable[[], None]] = [self._bring_files, self._make_releases, self._judge]
        jobs += [self._expert(name) for name in self.names]
        if pictures:
            jobs.append(Pictures(stack, f"{title} pictures", self._enough).work)
        self._threads = [threading.Thread(target=self._guarded, args=(job,), daemon=True) for job in jobs]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join(timeout=120)
        if not kind and self._wrong:
            raise self._wrong[0]

    @property
    def is_well(self) -> bool:
        """Whether nothing has gone wrong for anybody yet."""
        return not self._wrong

    def _guarded(self, job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - told at the end, in the test's own thread
            self._wrong.append(error)
            self._enough.set()

    def _call(
        self, client: Client, method: str, path: str, *allowed: int, **options: Any
    ) -> requests.Response:
        """A request that is sent again while the connection breaks under it; only these answers are right."""
        answer = insist(lambda: client.request(method, path, **options))
        assert answer.status_code in allowed, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
        return answer

    def _expert(self, name: str) -> Callable[[], None]:
        def label() -> None:
            client, draw = self.effort.quick_person(name), random.Random(f"{self._seed}:{name}")
            work: Work | None = None
            while not self._enough.is_set():
                if work is None:
                    taken = self._call(client, "POST", self.effort.path("next"), 200, 204, json={})
                    work = taken.json() if taken.status_code == 200 else None
                    if work is None:
                        self._enough.wait(0.2)
                else:
                    self._enough.wait(draw.uniform(0, LONGEST_THOUGHT))
                    work = self._answer(client, work, draw)

        return label

    def _answer(self, client: Client, work: Work, draw: random.Random) -> Work | None:
        """Submit (sometimes twice, sometimes after a draft), or skip; the next item."""
        path = f"/api/v1/assignments/{work['assignment']}"
        label = "yes" if draw.random() < 0.7 else "no"
        body = answer_of(work, lambda _: choice("verdict", label))
        if draw.random() < 0.05:
            self._call(client, "POST", f"{path}/skip", 200, 409, json={"reason": "unclear"})
            return None
        if draw.random() < 0.2:
            revision = (work["draft"] or {"revision": 0})["revision"]
            self._call(
                client, "PUT", f"{path}/draft", 200, json={"revision": revision, "result": body["result"]}
            )
        answer = self._call(client, "POST", f"{path}/submit", 200, 201, json=body).json()
        if draw.random() < 0.1:
            again = self._call(client, "POST", f"{path}/submit", 200, json=body).json()
            assert again["annotation"] == answer["annotation"]
            answer = again
        self.saved[answer["annotation"]] = (work["assignment"], label)
        following: Work | None = answer["next"]
        return following

    def _judge(self) -> None:
        client = self.effort.quick_person("judge")
        while not self._enough.is_set():
            for row in self._call(client, "GET", self.effort.path("disputes"), 200).json()["results"][:20]:
                body = {
                    "result": choice("verdict", "yes"),
                    "rationale": "The clause says so.",
                    "clause": "1.1",
                }
                # 409: the answer to a decision that was stored got lost, and it was sent again.
                self._call(client, "POST", f"/api/v1/disputes/{row['id']}/decide", 201, 409, json=body)
                self.decided.add(row["id"])
            self._enough.wait(0.3)

    def _bring_files(self) -> None:
        client, number = self.effort.quick_person("owner"), 0
        while not self._enough.is_set():
            number += 1
            self._upload(client, number)
            self._enough.wait(BETWEEN_FILES)

    def _make_releases(self) -> None:
        client = self.effort.quick_person("owner")
        while not self._enough.is_set():
            self._release(client)
            self._enough.wait(0.5)

    def _upload(self, client: Client, number: int) -> None:
        """A file with repeated rows and a broken one."""
        texts = [f"Upload {number}, clause {at} 条款 😀" for at in range(self._rows)]
        lines = [f'{{"text": "{text}"}}\n' for text in [*texts, *texts[:7]]]
        lines.insert(len(lines) // 2, BAD_ROW)
        files = {"file": (f"upload-{number}.jsonl", "".join(lines).encode())}
        batch = self._call(client, "POST", self.effort.path("batches"), 201, files=files).json()
        self.uploaded.update(texts)
        self._wait(client, f"/api/v1/batches/{batch['id']}", "routed_at")

    def _release(self, client: Client) -> None:
        asked = self._call(client, "POST", self.effort.path("releases"), 202, 400, json={})
        if asked.status_code == 400:
            assert asked.json()["code"] == "nothing_settled"
        else:
            self.releases.add(asked.json()["id"])
            self._wait(client, f"/api/v1/releases/{asked.json()['id']}", "published_at")

    def _wait(self, client: Client, path: str, fact: str) -> None:
        while not self._call(client, "GET", path, 200).json()[fact] and not self._enough.wait(0.3):
            pass
