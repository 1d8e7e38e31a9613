"""What a release says otherwise than an earlier one of its project: page by page, or all of it as a file."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.assets import AnyAccept
from annotation.api.base import Handler
from annotation.api.paging import page_of, paged, query_of, shown_as
from annotation.api.release_reads import published
from annotation.api.release_shapes import ChangeOut, ChangeQuery, ChangesQuery
from annotation.models import GoldLabel, Release, ReleaseMember
from annotation.models.release_diff import Difference, Kind, differences, differing, every_difference
from core.refusals import NotFound

LINES = "application/x-ndjson"


def _earlier(later: Release, since: str) -> Release | None:
    """The release of that id, else the one before; None where it is the first. Raises NotFound."""
    others = later.project.releases.exclude(published_at=None).filter(number__lt=later.number)
    found = (others.filter(uid=since) if since else others).order_by("-number").first()
    if found is None and since:
        raise NotFound
    return found


class ReleaseChanges(Handler):
    """What is otherwise than in an earlier release: items added, removed, or with changed gold, and why."""

    @extend_schema(
        parameters=[ChangeQuery], responses=page_of(ChangeOut), operation_id="list_release_changes"
    )
    def get(self, request: Request, uid: str) -> Response:
        asked = query_of(request, ChangeQuery)
        later = published(request, uid)
        before = _earlier(later, asked["since"])
        if before is None:
            return paged(request, ReleaseMember.objects.none(), shown_as(ChangeOut), asked=asked)
        kind = Kind(asked["kind"])

        def lines(rows: list[ReleaseMember]) -> Any:
            return ChangeOut([_change(each) for each in differences(kind, before, rows)], many=True).data

        return paged(request, differing(kind, before, later), lines, asked=asked, order=("position",))


class ReleaseChangesFile(Handler):
    """The same as one file, a line of JSON an item: changed gold, then what was added, then what was removed."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[ChangesQuery],
        responses={(200, LINES): OpenApiTypes.BINARY},
        operation_id="download_release_changes",
    )
    def get(self, request: Request, uid: str) -> StreamingHttpResponse:
        later = published(request, uid)
        before = _earlier(later, query_of(request, ChangesQuery)["since"])
        response = StreamingHttpResponse(_lines(before, later), content_type=LINES)
        since = before.number if before else 0
        response["Content-Disposition"] = f'attachment; filename="changes-{since}-{later.number}.jsonl"'
        return response


def _lines(before: Release | None, later: Release) -> Iterator[str]:
    for each in every_difference(before, later) if before else ():
        yield json.dumps(ChangeOut(_change(each)).data, ensure_ascii=False) + "\n"


def _change(each: Difference) -> dict[str, Any]:
    gold = [
        {
            "question": changed.question,
            "before": _gold(changed.before),
            "after": _gold(changed.after),
            "same": changed.same,
        }
        for changed in each.gold
    ]
    return {
        "item": each.item.uid,
        "kind": each.kind.value,
        "why": each.why.value,
        "split": each.split,
        "since": each.since,
        "gold": gold,
    }


def _gold(label: GoldLabel | None) -> dict[str, Any] | None:
    if label is None:
        return None
    decision = label.adjudication
    return {
        "id": label.uid,
        "value": label.value,
        "how": label.how,
        "at": label.settled_at.isoformat(),
        "decision": decision.uid if decision else None,
        "rationale": decision.rationale if decision else "",
        "clause": decision.clause if decision else "",
    }


urls = [
    path("releases/<slug:uid>/changes", ReleaseChanges.as_view(), name="release-changes"),
    path("releases/<slug:uid>/changes.jsonl", ReleaseChangesFile.as_view(), name="release-changes-file"),
]
