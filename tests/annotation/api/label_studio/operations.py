"""Every operation of Label Studio's API, read from its table of addresses; and one of everything that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern

from tests.annotation.api.label_studio.script import CLS, Script, choice, said

METHODS = ("get", "post", "put", "patch", "delete")
_PART = re.compile(r"<int:(\w+)>")
_OWNED = (
    (r"^projects/<", "project"),
    (r"^tasks/<", "task"),
    (r"^annotations/<", "annotation"),
    (r"^drafts/<", "draft"),
    (r"^predictions/<", "prediction"),
    (r"^dm/views/<", "view"),
    (r"^users/<", "user"),
    (r"^organizations/<", "organisation"),
    (r"^import/file-upload/<", "upload"),
    (r"^webhooks/<", "webhook"),
)


@dataclass(frozen=True)
class Operation:
    """A method of an address. `things`: what each number in the address names."""

    method: str
    route: str
    name: str
    things: tuple[str, ...]
    view: Any

    def path(self, numbers: Mapping[str, object]) -> str:
        """The address, below `/api/`, with these numbers for its things."""
        left = iter(self.things)
        return _PART.sub(lambda _found: str(numbers[next(left)]), self.route)


@cache
def operations() -> tuple[Operation, ...]:
    """All of them; an address that answers 404 by itself is left out."""
    from annotation.api.label_studio.urls import urls

    return tuple(operation for url in urls for operation in _of(url))


def _of(url: URLPattern) -> Iterator[Operation]:
    route, view = (
        str(url.pattern),
        getattr(url.callback, "view_class", None) or getattr(url.callback, "cls", None),
    )
    if route.startswith("^"):
        return
    things = []
    for name in _PART.findall(route):
        own = next((thing for pattern, thing in _OWNED if re.match(pattern, route)), None)
        things.append(own if name == "pk" and own else {"export": "snapshot"}.get(name, name))
    for method in METHODS:
        if hasattr(view, method):
            yield Operation(method, route, str(url.name), tuple(things), view)


def belongings(script: Script) -> dict[str, int]:
    """One of everything that an owner may have, by what it is; what it is numbered."""
    project = script.project(CLS)
    first, second, third = script.load(project, [{"text": f"Clause {at}."} for at in range(3)])
    assert script.user
    answer = script.annotate(first, [choice("news")])
    draft = said(script.post(f"tasks/{second}/drafts", {"result": [choice("sport")]}), 201)
    prediction = said(script.post("predictions/", {"task": third, "result": [choice("other")]}), 201)
    view = said(script.post("dm/views/", {"project": project, "data": {"title": "All"}}), 201)
    webhook = said(script.post("webhooks/", {"url": "https://example.org/hook", "project": project}), 201)
    snapshot = said(script.post(f"projects/{project}/exports/", {"title": "S"}), 201)
    uploads: list[Any] = said(script.get(f"projects/{project}/file-uploads"))
    organisations: list[Any] = said(script.get("organizations/"))
    return {
        "project": project,
        "task": first,
        "annotation": answer["id"],
        "draft": draft["id"],
        "prediction": prediction["id"],
        "view": view["id"],
        "webhook": webhook["id"],
        "snapshot": snapshot["id"],
        "upload": uploads[0]["id"],
        "user": script.user.pk,
        "organisation": organisations[0]["id"],
    }
