"""A pull or a push that is killed goes on, and nothing comes twice: a whole Assay, and the real client."""

from typing import Any

import pytest

from tests.annotation.exchange.carried import new_project, shape
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = pytest.mark.stack
CONFIG = (
    '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices>'
    '<Labels name="l" toName="t"><Label value="P"/></Labels></View>'
)
MANY = 230


class Side:
    """An organisation on the stack, whose owner calls the API."""

    def __init__(self, stack: Stack, title: str, **people: str) -> None:
        founding = Founding(title=title, sector="legal", people=people, config=CONFIG)
        self.stack, self.title = stack, title
        self._client = Effort(stack, founding).quick_person("owner")
        self.owner, self.ann = founding.address("owner"), founding.address("ann")
        self.key = self._client.get("/api/current-user/token").json()["token"]
        self.uid = stack.rows("select uid from core_organisation where name = ?", title)[0][0]

    def send(self, path: str, body: Any) -> Any:
        answer = self._client.post(path, json=body, headers={"Authorization": f"Token {self.key}"})
        assert answer.status_code < 300, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return self._client.get(path, headers={"Authorization": f"Token {self.key}"}).json()

    def project(self, title: str) -> int:
        return int(
            self.send(
                "/api/projects/", {"title": title, "label_config": CONFIG, "sampling": "Uniform sampling"}
            )["id"]
        )

    def tasks(self, project: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/api/tasks?project={project}&fields=all&page_size=1000")[
            "tasks"
        ]
        return found

    def carry(self, act: str, *rest: str, key: str | None = None, check: bool = True) -> str:
        on = [self.stack.url, key or self.key]
        return self.stack.manage("labelstudio", act, *on, *rest, "--allow", "127.0.0.1", check=check)

    def pull(self, project: int, into: "Side", *more: str, check: bool = True) -> str:
        where = ("--organisation", into.uid, "--by", into.owner)
        return self.carry("pull", str(project), *where, *more, check=check)


def number(side: Side, uid: Any) -> int:
    return int(side.stack.rows("select id from annotation_project where uid = ?", uid)[0][0])


@pytest.mark.parametrize("point", ["exchange.before_commit", "exchange.after_page"])
def test_a_killed_pull_goes_on(stack: Stack, point: str) -> None:
    name = point.partition(".")[2].replace("_", " ")
    there, here = Side(stack, f"Killed {name}"), Side(stack, f"Goes on {name}")
    project = there.project("Many")
    there.send(f"/api/projects/{project}/import", [{"data": {"t": f"text {at}"}} for at in range(MANY)])
    stack.arm(point, 2)
    killed = there.pull(project, here, check=False)
    assert point not in stack.armed()
    assert "→" not in killed
    told = there.pull(project, here)
    mine = number(here, new_project(told))
    assert shape(here.tasks(mine)) == shape(there.tasks(project))


@pytest.mark.parametrize("point", ["exchange.project_sent", "exchange.before_send", "exchange.sent"])
def test_a_killed_push_sends_nothing_twice(stack: Stack, point: str) -> None:
    name = point.partition(".")[2].replace("_", " ")
    here, there = Side(stack, f"Sends {name}"), Side(stack, f"Takes {name}")
    project = here.project(f"Sent {name}")
    here.send(f"/api/projects/{project}/import", [{"data": {"t": f"text {at}"}} for at in range(MANY)])
    uid = stack.rows("select uid from annotation_project where id = ?", project)[0][0]
    stack.arm(point)
    there.carry("push", uid, "--by", here.owner, check=False)
    assert point not in stack.armed()
    there.carry("push", uid, "--by", here.owner)
    (theirs,) = [
        one["id"] for one in there.get("/api/projects/")["results"] if one["title"] == f"Sent {name}"
    ]
    assert shape(there.tasks(theirs)) == shape(here.tasks(project))
