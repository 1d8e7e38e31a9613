"""What a lead does about disputes: doubts about the guideline, second looks, and the project's rules for both."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.dispute_shapes import (
    DoubtOut,
    DoubtQuery,
    ResumeBody,
    ResumedOut,
    ReviewBody,
    RulesBody,
    RulesOut,
    SecondLooksOut,
)
from annotation.api.paging import NEWEST_FIRST, page_of, paged, query_of, shown_as
from annotation.models import Dispute, GuidelineDoubt, Project, SecondLookFigure
from annotation.models.access import demand, load_project
from annotation.models.adjudication import Turn
from annotation.models.second_look import differing
from annotation.stages.adjudicate import doubting, looking, rules
from core.refusals import NotFound
from core.roles import Capability


class DoubtList(Handler):
    """Where adjudicators found the project's guideline unclear, newest first."""

    @extend_schema(parameters=[DoubtQuery], responses=page_of(DoubtOut), operation_id="list_doubts")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        asked = query_of(request, DoubtQuery)
        every = GuidelineDoubt.objects.filter(project=project).select_related("dispute", "guideline")
        rows = every.holding() if asked["state"] == "holding" else every
        return paged(request, rows, shown_as(DoubtOut), asked=asked, order=NEWEST_FIRST)


class ResumeDoubts(Handler):
    """Put the disputes that wait for these doubts back into the queue."""

    @extend_schema(request=ResumeBody, responses=ResumedOut, operation_id="resume_doubts")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, ResumeBody)
        wanted = set(given["doubts"])
        doubts = list(GuidelineDoubt.objects.filter(project=project, uid__in=wanted))
        if len(doubts) < len(wanted):
            raise NotFound
        count = doubting.resume(doubts=doubts, by=user, answer=given["answer"])
        return Response({"resumed": count})


class SecondLooks(Handler):
    """How far adjudicators agree where decisions were made a second time, blind; and where they differ."""

    @extend_schema(responses=SecondLooksOut, operation_id="get_second_looks")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        figures = SecondLookFigure.objects.visible_to(user).newest().filter(project=project)
        found = {
            "figures": figures.select_related("adjudicator__user").order_by("pk"),
            "differing": differing(project),
        }
        return Response(SecondLooksOut(found).data)


class ReviewSecondLook(Handler):
    """Say, once, which of two decisions that differ holds."""

    @extend_schema(request=ReviewBody, responses={204: None}, operation_id="review_second_look")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        look = one(
            Dispute.objects.visible_to(user).select_related("project__organisation", "item__lane"), uid
        )
        demand(user, look.project, Capability.LEAD_PROJECT)
        if look.turn != Turn.SECOND_LOOK or look.closed_at is None:
            raise NotFound
        looking.review(look=look, by=user, **self.body(request, ReviewBody))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DisputeRules(Handler):
    """How much each question weighs in the queue, for how long one may appeal, how many decisions are made twice."""

    @extend_schema(responses=RulesOut, operation_id="get_dispute_rules")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_rules(load_project(person(request), uid, Capability.LEAD_PROJECT)))

    @extend_schema(request=RulesBody, responses=RulesOut, operation_id="change_dispute_rules")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        rules.change(project=project, by=user, **self.body(request, RulesBody))
        return Response(_rules(project))


def _rules(project: Project) -> dict[str, Any]:
    return {
        "weights": project.question_weights,
        "appeal_days": project.appeal_days,
        "second_look_share": project.second_look_share,
    }


urls = [
    path("projects/<slug:uid>/doubts", DoubtList.as_view(), name="doubts"),
    path("projects/<slug:uid>/doubts/resume", ResumeDoubts.as_view(), name="resume-doubts"),
    path("projects/<slug:uid>/second-looks", SecondLooks.as_view(), name="second-looks"),
    path("projects/<slug:uid>/dispute-rules", DisputeRules.as_view(), name="dispute-rules"),
    path("disputes/<slug:uid>/review", ReviewSecondLook.as_view(), name="review-second-look"),
]
