"""A call with an idempotency key whose process is killed between what it did and its answer is carried out once."""

import time
from typing import Any

import httpx
import pytest

from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = pytest.mark.stack
CONFIG = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices></View>'
BODY = {"kind": "matter", "name": "Re the killed call"}


def test_a_killed_call_is_made_again_and_once(stack: Stack) -> None:
    founding = Founding(title="Once", sector="legal", people={}, config=CONFIG)
    client = Effort(stack, founding).quick_person("owner")
    key = client.get("/api/current-user/token").json()["token"]
    sent: Any = {"json": BODY, "headers": {"Authorization": f"Token {key}", "Idempotency-Key": "killed"}}

    def call() -> httpx.Response | None:
        try:
            return httpx.post(f"{stack.url}/api/v1/conflicts", timeout=60, **sent)
        except httpx.HTTPError:
            return None

    stack.arm("once.before_kept")
    assert call() is None
    assert "once.before_kept" not in stack.armed()
    assert stack.rows("select id from experts_conflict where name = ?", BODY["name"]) == []
    end = time.monotonic() + 150
    while (answer := call()) is None or answer.status_code == 409:  # until the claim has lapsed
        assert time.monotonic() < end
        time.sleep(1)
    assert answer.status_code == 201
    again = call()
    assert again is not None
    assert (again.content, again.headers["Idempotent-Replayed"]) == (answer.content, "true")
    assert len(stack.rows("select id from experts_conflict where name = ?", BODY["name"])) == 1
