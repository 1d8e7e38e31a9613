"""Disputes: the queue, the answers side by side, the decision and its draft; a hold, an appeal."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person, seen_version
from annotation.api.dispute_shapes import (
    AppealBody,
    AppealedOut,
    DecideBody,
    DecidedOut,
    DecisionDraftBody,
    DecisionSavedOut,
    DisputeLine,
    DisputeOut,
    HeldOnOut,
    HoldBody,
    QueueQuery,
)
from annotation.api.paging import page_of, paged, query_of
from annotation.dispute_payload import dispute_of
from annotation.models import Dispute, Project
from annotation.models.access import load_project
from annotation.models.adjudication import Turn
from annotation.models.appeal import to_appeal
from annotation.models.dispute_queue import Order, in_order
from annotation.models.newest import newest
from annotation.models.standing import decidable
from annotation.stages import adjudicate
from annotation.stages.adjudicate import appealing, doubting, drafting
from annotation.why_dispute import place_sentence
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of

ORDERS = {Order.GAIN: ("-gain", "pk"), Order.OLDEST: ("pk",)}


def _decidable(user: User, project: Project) -> QuerySet[Dispute]:
    return decidable(Dispute.objects.to_decide_by(user), [project], expert_of(user))


def _next(user: User, project: Project) -> str | None:
    """The dispute that the person would best decide now."""
    rows, _more = in_order(_decidable(user, project), Order.GAIN, size=1)
    return rows[0].uid if rows else None


def _shown(user: User) -> QuerySet[Dispute]:
    joined = ("project__sector", "project__organisation", "item__lane", "closed_with__guideline", "of")
    return Dispute.objects.visible_to(user).select_related(*joined)


class DisputeList(Handler):
    """The open disputes that the caller may decide, those first whose settling is worth most.

    One that changes its place between two pages may be seen twice, or be on the page that one has turned.
    """

    @extend_schema(parameters=[QueueQuery], responses=page_of(DisputeLine), operation_id="list_disputes")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.ADJUDICATE)
        asked = query_of(request, QueueQuery)
        rows = _decidable(user, project).select_related("item", "project")
        order = ORDERS[Order(asked["order"])]
        return paged(request, rows, lambda found: [_line(row) for row in found], asked=asked, order=order)


def _line(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.uid,
        "question": dispute.question,
        "item": dispute.item.uid,
        "opened_at": dispute.opened_at.isoformat(),
        "gain": dispute.gain,
        "uncertainty": dispute.uncertainty,
        "place": place_sentence(dispute),
        "appeal": dispute.turn == Turn.APPEAL,
    }


class DisputeDetail(Handler):
    """One dispute, for those who may decide it or see the work."""

    @extend_schema(responses=DisputeOut, operation_id="get_dispute")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(_shown(user), uid)
        adjudicate.show(dispute, user)
        return Response(dispute_of(dispute, user))


class SaveDecisionDraft(Handler):
    """Keep a decision that is being written; a save from an older revision is answered 409 with the stored version."""

    @extend_schema(request=DecisionDraftBody, responses=DecisionSavedOut, operation_id="save_decision_draft")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(_shown(user), uid)
        given = self.body(request, DecisionDraftBody)
        draft = drafting.save(
            dispute=dispute,
            expert=expert_of(user),
            by=user,
            schema=newest(dispute.project)[0],
            revision=given.pop("revision"),
            said=drafting.Unfinished(**given),
        )
        return Response({"revision": draft.revision, "saved_at": draft.saved_at.isoformat()})


class Decide(Handler):
    """Settle a dispute with a rationale."""

    @extend_schema(request=DecideBody, responses={201: DecidedOut}, operation_id="decide")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(_shown(user), uid)
        given = {"result": [], **self.body(request, DecideBody)}
        schema, guideline = newest(dispute.project)
        seen = seen_version(dispute.project.guidelines, "guideline_version", given, guideline)
        given.pop("guideline_version", None)
        decision = adjudicate.decide(
            dispute=dispute, expert=expert_of(user), by=user, schema=schema, guideline=seen, **given
        )
        found = {"adjudication": decision.uid, "next": _next(user, dispute.project)}
        return Response(found, status=status.HTTP_201_CREATED)


class Hold(Handler):
    """Put a dispute aside until the lead has said what the guideline means."""

    @extend_schema(request=HoldBody, responses={201: HeldOnOut}, operation_id="hold_dispute")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(_shown(user), uid)
        given = self.body(request, HoldBody)
        guideline = newest(dispute.project)[1]
        doubt = doubting.hold(
            dispute=dispute,
            expert=expert_of(user),
            by=user,
            guideline=seen_version(dispute.project.guidelines, "guideline_version", given, guideline),
            note=given["note"],
            clause=given["clause"],
        )
        found = {"doubt": doubt.uid, "next": _next(user, dispute.project)}
        return Response(found, status=status.HTTP_201_CREATED)


class MakeAppeal(Handler):
    """Ask, once, for a decision about an item that one annotated to be made anew by somebody else."""

    @extend_schema(request=AppealBody, responses={201: AppealedOut}, operation_id="appeal")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        made = appealing.appeal(
            dispute=to_appeal(user, uid), expert=expert_of(user), by=user, **self.body(request, AppealBody)
        )
        return Response({"appeal": made.uid}, status=status.HTTP_201_CREATED)


urls = [
    path("projects/<slug:uid>/disputes", DisputeList.as_view(), name="disputes"),
    path("disputes/<slug:uid>", DisputeDetail.as_view(), name="dispute"),
    path("disputes/<slug:uid>/draft", SaveDecisionDraft.as_view(), name="decision-draft"),
    path("disputes/<slug:uid>/decide", Decide.as_view(), name="decide"),
    path("disputes/<slug:uid>/hold", Hold.as_view(), name="hold"),
    path("disputes/<slug:uid>/appeal", MakeAppeal.as_view(), name="appeal"),
]
