"""Pictures come in, are judged and are released with their files: what passes the fault points of files."""

import base64
import io
import threading
from typing import Any

import requests
from PIL import Image

from tests.soak.kills import insist
from tests.stories.effort import Effort, answer_of
from tests.stories.founding import Founding
from tests.support.client import Client
from tests.support.stack import Stack

CONFIG = """<View>
  <Image name="picture" value="$picture"/>
  <Choices name="verdict" toName="picture" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/>
  </Choices>
</View>"""
BETWEEN_LOOKS = 0.3  # seconds between two looks


class Pictures:
    """A project of its own beside the traffic, with one person who does everything in turn, again and again."""

    def __init__(self, stack: Stack, title: str, enough: threading.Event) -> None:
        self.effort = Effort(
            stack,
            Founding(
                title=title,
                sector="legal",
                people={"ann": "annotator"},
                config=CONFIG,
                settings={"overlap": 1, "lease_minutes": 1},
            ),
        )
        self._enough = enough

    def work(self) -> None:
        """One picture after the other, each released, until it is enough."""
        owner, ann = self.effort.quick_person("owner"), self.effort.quick_person("ann")
        number = 0
        while not self._enough.is_set():
            number += 1
            self._bring(owner, number)
            self._judge(ann)
            self._release(owner)

    def _bring(self, owner: Client, number: int) -> None:
        rows = f'{{"picture": "{address(number)}"}}\n'
        files = {"file": (f"pictures-{number}.jsonl", rows.encode())}
        batch = self._call(owner, "POST", self.effort.path("batches"), 201, files=files)
        self._wait(owner, f"/api/v1/batches/{batch.json()['id']}", "routed_at")

    def _judge(self, ann: Client) -> None:
        taken = self._call(ann, "POST", self.effort.path("next"), 200, 204, json={})
        if taken.status_code == 204:
            return
        work = taken.json()
        body = answer_of(work, lambda _: [_verdict()])
        self._call(ann, "POST", f"/api/v1/assignments/{work['assignment']}/submit", 200, 201, json=body)

    def _release(self, owner: Client) -> None:
        asked = self._call(owner, "POST", self.effort.path("releases"), 202, 400, json={"files": True})
        if asked.status_code == 202:
            self._wait(owner, f"/api/v1/releases/{asked.json()['id']}", "published_at")

    def _call(self, client: Client, method: str, path: str, *allowed: int, **sent: Any) -> requests.Response:
        answer = insist(lambda: client.request(method, path, **sent))
        assert answer.status_code in allowed, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
        return answer

    def _wait(self, client: Client, path: str, fact: str) -> None:
        while not self._call(client, "GET", path, 200).json()[fact] and not self._enough.wait(BETWEEN_LOOKS):
            pass


def address(number: int) -> str:
    """A picture as a data address, another one for each number: what was kept before is not kept again."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (number >> 16 & 255, number >> 8 & 255, number & 255)).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def _verdict() -> dict[str, Any]:
    value = {"choices": ["yes"]}
    return {"id": "v", "from_name": "verdict", "to_name": "picture", "type": "choices", "value": value}
