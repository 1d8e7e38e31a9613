"""Call the API as a person, and read its problems."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from core.models import User

PROBLEM_KEYS = {"type", "title", "status", "code", "detail", "action", "where"}
Response = Any


class Caller:
    """Paths are below `/api/v1/`. An answer of 4xx must be a problem; of 5xx there may be none."""

    def __init__(self, user: User | None, *, csrf: bool = False) -> None:
        self._client = Client(enforce_csrf_checks=csrf, raise_request_exception=True)
        if user:
            self._client.force_login(user)

    def get(self, path: str) -> Response:
        return self.call("get", path)

    def post(self, path: str, body: Any = None) -> Response:
        return self.call("post", path, {} if body is None else body)

    def put(self, path: str, body: Any) -> Response:
        return self.call("put", path, body)

    def call(self, method: str, path: str, body: Any = None) -> Response:
        """A JSON call; `body` of bytes is sent as it is."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        send: Callable[..., Response] = getattr(self._client, method)
        extra = {} if method == "get" else {"data": content, "content_type": "application/json"}
        return checked(send(f"/api/v1/{path}", **extra))

    def upload(self, path: str, **fields: Any) -> Response:
        """A multipart call."""
        return checked(self._client.post(f"/api/v1/{path}", fields))


def checked(response: Response) -> Response:
    """The response, whose form must be right whatever it says."""
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem.keys() >= PROBLEM_KEYS
        assert problem["status"] == response.status_code
        assert problem["code"]
        assert problem["title"]
        assert problem["detail"]
        assert problem["action"]
    return response


def refusal(response: Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return response.status_code, response.json()["code"]
