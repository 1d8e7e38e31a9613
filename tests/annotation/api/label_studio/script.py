"""Call Label Studio's API as a script does, and check the form of every answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from core import keys
from core.models import Organisation, User
from core.organisations import create_organisation, grant
from core.roles import Role
from tests.cast import drain, person

ERROR_KEYS = {"id", "status_code", "version", "detail", "exc_info"}
NER = """<View>
  <Labels name="label" toName="text"><Label value="PER"/><Label value="ORG"/></Labels>
  <Text name="text" value="$text"/>
</View>"""
CLS = """<View>
  <Text name="text" value="$text"/>
  <Choices name="topic" toName="text" choice="single">
    <Choice value="news"/><Choice value="sport"/><Choice value="other"/>
  </Choices>
</View>"""
Response = Any


def span(text: str, start: int, end: int, label: str = "PER") -> dict[str, Any]:
    """A marked part of a text."""
    value = {"start": start, "end": end, "text": text[start:end], "labels": [label]}
    return {"id": f"r{start}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def choice(*values: str) -> dict[str, Any]:
    """A choice."""
    value = {"choices": list(values)}
    return {"id": "c1", "from_name": "topic", "to_name": "text", "type": "choices", "value": value}


def condition(column: str, operator: str, value: Any, kind: str = "String") -> dict[str, Any]:
    """One filter of the Data Manager."""
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


class Script:
    """A person's script. Answers of 4xx must have Label Studio's form, and there are none of 5xx."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        self._headers = {"Authorization": f"Token {keys.show_legacy_key(user=user)}"} if user else {}

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Response:
        """A JSON call below `/api/`; `body` of bytes is sent as it is."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        more: dict[str, Any] = {} if body is None else {"data": content, "content_type": "application/json"}
        return checked(
            Client().generic(
                method.upper(),
                f"/api/{path}",
                headers=self._headers,
                query_params=query or None,
                **more,
            )
        )

    def raw(self, method: str, path: str, content: bytes | None, kind: str, query: Any = None) -> Response:
        """A call below `/api/` that sends these bytes as what they are said to be; its form is not looked at."""
        more: dict[str, Any] = {} if content is None else {"data": content, "content_type": kind}
        address = f"/api/{path}?{urlencode(query or {}, errors='surrogatepass')}"
        return Client(raise_request_exception=False).generic(
            method.upper(), address, headers=self._headers, **more
        )

    def get(self, path: str, **query: Any) -> Response:
        return self.call("get", path, **query)

    def post(self, path: str, body: Any = None, **query: Any) -> Response:
        return self.call("post", path, body, **query)

    def patch(self, path: str, body: Any) -> Response:
        return self.call("patch", path, body)

    def delete(self, path: str) -> Response:
        return self.call("delete", path)

    def upload(self, path: str, *files: Any, **query: Any) -> Response:
        """A multipart call; each file is one of Django's."""
        fields = {f"file{at}": file for at, file in enumerate(files)}
        return checked(Client().post(f"/api/{path}", fields, headers=self._headers, query_params=query))

    def project(self, config: str = NER, **more: Any) -> int:
        """A new project's number."""
        made = said(self.post("projects/", {"title": "A project", "label_config": config, **more}), 201)
        return int(made["id"])

    def load(self, project: int, tasks: Any) -> list[int]:
        """The numbers of imported tasks, open for work."""
        found = said(self.post(f"projects/{project}/import", tasks, return_task_ids="1"), 201)
        drain()
        return list(found["task_ids"])

    def annotate(self, task: int, result: Sequence[Any] = (), **more: Any) -> dict[str, Any]:
        """A stored answer."""
        return dict(said(self.post(f"tasks/{task}/annotations/", {"result": list(result), **more}), 201))

    def task(self, number: int) -> dict[str, Any]:
        return dict(said(self.get(f"tasks/{number}/")))

    def next(self, project: int) -> int | None:
        """The number of the next task, None where there is none."""
        found = self.get(f"projects/{project}/next")
        return None if found.status_code == 404 else int(said(found)["id"])

    def query(self, project: int, *items: Any, join: str = "and", ordering: Any = None) -> list[int]:
        """The numbers of the tasks that a query selects."""
        query = json.dumps({"filters": {"conjunction": join, "items": items}, "ordering": ordering or []})
        return [one["id"] for one in said(self.get("tasks/", project=project, query=query))["tasks"]]

    def act(self, project: int, name: str, body: Any) -> Response:
        """One of the Data Manager's actions."""
        return self.post("dm/actions/", body, project=project, id=name)


def checked(response: Response) -> Response:
    """The response, whose form must be right whatever it says."""
    assert response.status_code < 500 or "Retry-After" in response, response.content
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/json", response.content
        problem = response.json()
        assert problem.keys() >= ERROR_KEYS
        assert problem["status_code"] == response.status_code
        assert problem["detail"]
    return response


def said(response: Response, status: int = 200) -> Any:
    """The body of an answer with this status."""
    assert response.status_code == status, (response.status_code, response.content[:2000])
    return response.json() if response.content else None


def refused(response: Response, *words: str, status: int = 400) -> None:
    """It is refused, and the refusal names all of the words."""
    told = json.dumps(said(response, status), ensure_ascii=False)
    assert all(word in told for word in words), (words, told)


@dataclass
class House:
    """An organisation's people as scripts: its owner and three annotators. `other` belongs to nobody of it."""

    organisation: Organisation
    owner: Script
    ann: Script
    ben: Script
    cat: Script
    other: Script


def house() -> House:
    """Two organisations: ours with its annotators, and another one's owner."""
    owner, stranger = person("olga"), person("sam")
    organisation = create_organisation(name="House", by=owner, default_rights="Ours.")
    create_organisation(name="Elsewhere", by=stranger, default_rights="Theirs.")
    people = [person(name) for name in ("ann", "ben", "cat")]
    for one in people:
        grant(user=one, organisation=organisation, role=Role.ANNOTATOR, by=owner)
    ann, ben, cat = (Script(one) for one in people)
    return House(organisation, Script(owner), ann, ben, cat, Script(stranger))
