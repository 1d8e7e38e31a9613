"""A running Label Studio, through its SDK's client. Workers and commands only: the SDK takes seconds to import.

The client authenticates and refreshes tokens; answers are read as the JSON that they are, for the SDK's types lose
what they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

_ONCE = {"max_retries": 0}
"""What writes is sent once: whoever asks finds out first what came of it."""


OK = 200
_UNLIKE = "the answer is not what Label Studio would say"


class ServerRefused(Exception):
    """The server said no. `status` is HTTP's."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"HTTP {status}: {said[:300]}")
        self.status = status

    @property
    def is_about_what_was_sent(self) -> bool:
        """Whether nothing of it was stored, and would not be another time. After anything else one has to look."""
        return 400 <= self.status < 500 and self.status not in {401, 408, 429}


class Server:
    """Projects, tasks, users of a server, in its own words. Every call raises ServerRefused and what httpx raises."""

    def __init__(self, url: str, token: str, client: Any) -> None:
        """`client`: an httpx.Client, with the transport that guards its calls."""
        with _in_words():
            sdk: Any = LabelStudio(base_url=url, api_key=token, httpx_client=client)  # type: ignore[no-untyped-call]
        self._client = sdk._client_wrapper.httpx_client

    def get(self, path: str, **params: Any) -> Any:
        """The decoded answer."""
        with _in_words():
            return _read(self._client.request(path, method="GET", params=params))

    def send(self, method: str, path: str, body: Any, **params: Any) -> Any:
        """The decoded answer to a body."""
        with _in_words():
            found = self._client.request(path, method=method, params=params, json=body, request_options=_ONCE)
            return _read(found)

    def users(self) -> dict[int, dict[str, Any]]:
        """Everybody there, by number."""
        return {one["id"]: one for one in _objects(self.get("api/users/"), "id", "email")}

    def projects(self) -> Iterator[dict[str, Any]]:
        """All projects, a page at a time."""
        page = 1
        while True:
            found = self.get("api/projects/", page=page, page_size=100)
            (told,) = _objects([found], "results")
            yield from _objects(told["results"], "id", "title", "label_config")
            if not told.get("next"):
                return
            page += 1

    def tasks(self, project: int, page: int, size: int) -> tuple[list[dict[str, Any]], int]:
        """A page (the first is 1) of whole tasks, oldest first, and how many there are in all."""
        found = self.get("api/tasks/", project=project, page=page, page_size=size, fields="all")
        (told,) = _objects([found], "tasks", "total")
        if not isinstance(told["total"], int):
            raise ServerRefused(OK, _UNLIKE)
        return _objects(told["tasks"], "id", "data"), told["total"]

    def all_tasks(self, project: int, size: int) -> Iterator[dict[str, Any]]:
        """Every task, whole, oldest first."""
        page = 1
        while True:
            found, total = self.tasks(project, page, size)
            yield from found
            if not found or page * size >= total:
                return
            page += 1


@contextmanager
def _in_words() -> Iterator[None]:
    """What the client raises about its key, as a refusal."""
    try:
        yield
    except ApiError as error:
        raise ServerRefused(error.status_code or 0, str(error.body)) from error
    except ValueError as error:  # the answer to its refreshing the key
        raise ServerRefused(0, f"the key was not accepted: {error}") from error


def _read(answer: Any) -> Any:
    if 300 <= answer.status_code < 400:
        raise ServerRefused(answer.status_code, f"it has moved to {answer.headers.get('location', '?')}")
    if answer.status_code >= 400:
        raise ServerRefused(answer.status_code, _why(answer.text))
    try:
        return json.loads(answer.content) if answer.content else None
    except (ValueError, RecursionError):
        raise ServerRefused(answer.status_code, "the answer is no JSON") from None


def _objects(found: Any, *keys: str) -> list[dict[str, Any]]:
    """A list of objects that have these keys. Raises ServerRefused for anything else."""
    fits = isinstance(found, list) and all(isinstance(one, dict) and one.keys() >= set(keys) for one in found)
    if not fits:
        raise ServerRefused(OK, _UNLIKE)
    return list(found)


def _why(text: str) -> str:
    """The sentence of an error, and what it says by field; all of it where it has another form."""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    if not isinstance(told, dict) or not isinstance(told.get("detail"), str):
        return text
    fields = told.get("validation_errors")
    return f"{told['detail']} {json.dumps(fields, ensure_ascii=False)}" if fields else told["detail"]
