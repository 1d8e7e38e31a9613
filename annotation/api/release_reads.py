"""Releases, read closer: rows, the lineage and proof of one; the word at the gate."""

import json
from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.paging import page_of, paged, query_of, shown_as
from annotation.api.release_shapes import (
    LineageOut,
    ReleaseOut,
    RowOut,
    RowQuery,
    WaiverIn,
)
from annotation.formats.release.record import encode
from annotation.models import Release, ReleaseMember
from annotation.models.access import load_project
from annotation.models.release_lineage import Answer, Label, lineage
from annotation.models.release_proof import proof_of
from annotation.stages.release import drop, waive
from core.refusals import NotFound
from core.roles import Capability


def _seen(request: Request, uid: str) -> Release:
    joined = ("project__organisation", "label_schema", "job")
    return one(Release.objects.visible_to(person(request)).select_related(*joined), uid)


def published(request: Request, uid: str) -> Release:
    """The release, if the person may see it and it is published. Raises NotFound."""
    release = _seen(request, uid)
    if release.published_at is None:
        raise NotFound
    return release


def _proved(request: Request, uid: str) -> Release:
    """One with splits and a proof: a release of the first format has neither."""
    release = published(request, uid)
    if not release.has_proof:
        raise NotFound
    return release


def _led(request: Request, uid: str) -> Release:
    release = _seen(request, uid)
    load_project(person(request), release.project.uid, Capability.LEAD_PROJECT)
    return release


class ReleaseRows(Handler):
    """The rows of a published release, in their order."""

    @extend_schema(parameters=[RowQuery], responses=page_of(RowOut), operation_id="list_release_rows")
    def get(self, request: Request, uid: str) -> Response:
        asked = query_of(request, RowQuery)
        rows = ReleaseMember.objects.filter(release=_proved(request, uid)).select_related("item")
        if asked["split"]:
            rows = rows.filter(split=asked["split"])
        return paged(request, rows, shown_as(RowOut), asked=asked, order=("position",))


class ReleaseRow(Handler):
    """The lineage of one row: who answered, when, under which guideline, and how each label was settled."""

    @extend_schema(responses=LineageOut, operation_id="get_release_row")
    def get(self, request: Request, uid: str, item: str) -> Response:
        found = lineage(_proved(request, uid), item)
        batch = found.item.batch
        told: Any = {
            "record": json.loads(encode(found.row)),
            "file": found.file,
            "line": found.line,
            "batch": {"id": batch.uid, "name": batch.name, "by": batch.created_by.name},
            "answers": [_answer(each) for each in found.answers],
            "labels": [_label(each) for each in found.labels],
        }
        return Response(LineageOut(told).data)


def _answer(each: Answer) -> dict[str, Any]:
    version = each.version
    return {
        "annotation": version.annotation.uid,
        "version": version.number,
        "by": str(version.annotation.expert),
        "pseudonym": each.said.annotator,
        "credential_class": each.said.credential_class,
        "at": version.created_at.isoformat(),
        "guideline": version.guideline.version,
        "schema": version.label_schema.version,
        "blind": version.blind,
    }


def _label(each: Label) -> dict[str, Any]:
    decision = each.decision
    return {
        "gold": each.gold.uid,
        "question": each.said.question,
        "how": each.said.how,
        "at": each.gold.settled_at.isoformat(),
        "superseded": each.superseded,
        "decision": decision.uid if decision else None,
        "by": str(decision.adjudicator) if decision else None,
        "guideline": decision.guideline.version if decision else None,
    }


class ReleaseProof(Handler):
    """The proof that a row belongs to the release: `assay verify-row` checks it with the public key alone."""

    @extend_schema(
        responses={(200, "application/json"): OpenApiTypes.OBJECT}, operation_id="get_release_proof"
    )
    def get(self, request: Request, uid: str, item: str) -> HttpResponse:
        return HttpResponse(proof_of(_proved(request, uid), item), content_type="application/json")


class ReleaseWaivers(Handler):
    """A named word for a check that failed: with the last one that was missing, a held release goes on."""

    @extend_schema(request=WaiverIn, responses={201: ReleaseOut}, operation_id="waive_release_check")
    def post(self, request: Request, uid: str) -> Response:
        release = _led(request, uid)
        waive(release=release, by=person(request), **self.body(request, WaiverIn))
        return Response(ReleaseOut(_seen(request, uid)).data, status=status.HTTP_201_CREATED)


class ReleaseDrop(Handler):
    """Give a held release up: nothing of it is published, its number stays taken."""

    @extend_schema(request=None, responses=ReleaseOut, operation_id="drop_release")
    def post(self, request: Request, uid: str) -> Response:
        drop(release=_led(request, uid), by=person(request))
        return Response(ReleaseOut(_seen(request, uid)).data)


urls = [
    path("releases/<slug:uid>/rows", ReleaseRows.as_view(), name="release-rows"),
    path("releases/<slug:uid>/rows/<slug:item>", ReleaseRow.as_view(), name="release-row"),
    path("releases/<slug:uid>/rows/<slug:item>/proof", ReleaseProof.as_view(), name="release-proof"),
    path("releases/<slug:uid>/waivers", ReleaseWaivers.as_view(), name="release-waivers"),
    path("releases/<slug:uid>/drop", ReleaseDrop.as_view(), name="release-drop"),
]
