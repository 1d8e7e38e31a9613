"""One's own work: what one holds, drafts without a lease, answers and what became of them."""

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.openapi import PartOut, ProjectName
from annotation.api.paging import NEWEST_FIRST, Page, PageQuery, linked, page_after, query_of
from annotation.models import Annotation, Assignment
from annotation.models.adjudication import Outcome
from annotation.models.feedback import Feedback, Tally, feedback_of, tallies
from annotation.models.gold import HowSettled
from annotation.models.own_decisions import FINAL, MAY, NONE, OVER, WAITS, OwnDecision, decisions_of
from annotation.models.own_work import MOST_DRAFTS, MOST_HELD, answers, drafts, held, to_take_up, unseen
from annotation.why import own_parts, reason_sentences
from experts.evidence import expert_of


class WorkQuery(PageQuery):
    project = serializers.CharField(default="", max_length=40, help_text="Only answers of this project.")


class HeldOut(serializers.Serializer[Any]):
    assignment = serializers.CharField()
    project = ProjectName()
    lease_until = serializers.DateTimeField()
    has_draft = serializers.BooleanField()
    by_name = serializers.BooleanField(help_text="A lead gave it by name.")
    reasons = serializers.ListField(child=serializers.CharField())
    parts = PartOut(many=True)


class OldDraftOut(serializers.Serializer[Any]):
    assignment = serializers.CharField()
    project = ProjectName()
    ended_at = serializers.DateTimeField(allow_null=True)
    can_take_up = serializers.BooleanField()


class SettledOut(serializers.Serializer[Any]):
    """`same` is null for free text. The decision is there where the question was disputed; never who decided."""

    question = serializers.CharField()
    said = serializers.JSONField(allow_null=True)
    value = serializers.JSONField(allow_null=True)
    how = serializers.ChoiceField(HowSettled.choices)
    same = serializers.BooleanField(allow_null=True)
    rationale = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)


class OwnDecisionOut(serializers.Serializer[Any]):
    """A disputed question of a settled item: the decision that holds, never who made it.

    `appeal`: `may_appeal` until `until`, by `POST disputes/{dispute}/appeal`; `waits` for the answer to one's appeal;
    `final` after an appeal; `over`; `none` where the project takes no appeals.
    """

    dispute = serializers.CharField()
    question = serializers.CharField()
    outcome = serializers.ChoiceField(Outcome.choices)
    rationale = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)
    guideline_version = serializers.IntegerField()
    appeal = serializers.ChoiceField([(one, one) for one in (NONE, MAY, WAITS, FINAL, OVER)])
    until = serializers.DateTimeField(allow_null=True)


class OwnAnswerOut(serializers.Serializer[Any]):
    """`stood` is null, and `settled` empty, while the item is not settled; `bad`: an adjudicator found the item bad."""

    annotation = serializers.CharField()
    assignment = serializers.CharField()
    project = ProjectName()
    submitted_at = serializers.DateTimeField()
    stood = serializers.BooleanField(allow_null=True)
    bad = serializers.BooleanField()
    settled = SettledOut(many=True)
    decisions = OwnDecisionOut(many=True)


class TallyOut(serializers.Serializer[Any]):
    """Of `settled` answers, at most the newest thousand, `stood` stood. `low` and `high` bound the share (95 %)."""

    project = ProjectName()
    given = serializers.IntegerField()
    settled = serializers.IntegerField()
    stood = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()


class OwnWorkOut(Page):
    """`next` goes on in `submitted`."""

    held = HeldOut(many=True)
    drafts = OldDraftOut(many=True)
    submitted = OwnAnswerOut(many=True)
    projects = TallyOut(many=True)


class MyWork(Handler):
    """The caller's own work; `submitted` is paged, newest first."""

    @extend_schema(parameters=[WorkQuery], responses=OwnWorkOut, operation_id="get_my_work")
    def get(self, request: Request) -> Response:
        user = person(request)
        asked = query_of(request, WorkQuery)
        rows = answers(user)
        if asked["project"]:
            rows = rows.filter(project__uid=asked["project"])
        page, following = page_after(rows, asked["after"], asked["limit"], order=NEWEST_FIRST)
        expert = expert_of(user)
        hidden = unseen({one.project for one in page}, expert)
        shown = [one for one in page if one.project_id not in hidden]
        told, decided = feedback_of(shown), decisions_of(user, shown, timezone.now())
        old = list(drafts(user)[:MOST_DRAFTS])
        may = to_take_up(old, expert)
        found = {
            "held": [_held(one) for one in held(user)[:MOST_HELD]],
            "drafts": [{**_of(one), "ended_at": one.ended_at, "can_take_up": one.pk in may} for one in old],
            "submitted": [
                _answer(one, told.get(one.pk, Feedback()), decided.get(one.pk, [])) for one in page
            ],
            "next": following,
            "projects": [_tally(one) for one in tallies(user)],
        }
        return linked(request, OwnWorkOut(found).data)


def _of(assignment: Assignment) -> dict[str, Any]:
    project = assignment.project
    return {"assignment": assignment.uid, "project": {"id": project.uid, "name": project.name}}


def _held(assignment: Assignment) -> dict[str, Any]:
    return {
        **_of(assignment),
        "lease_until": assignment.lease_until,
        "has_draft": hasattr(assignment, "draft"),
        "by_name": assignment.assigned_by_id is not None,
        "reasons": reason_sentences(assignment),
        "parts": [vars(part) for part in own_parts(assignment)],
    }


def _answer(annotation: Annotation, feedback: Feedback, decisions: list[OwnDecision]) -> dict[str, Any]:
    project = annotation.project
    return {
        "annotation": annotation.uid,
        "assignment": annotation.assignment.uid,
        "project": {"id": project.uid, "name": project.name},
        "submitted_at": annotation.created_at,
        "stood": feedback.stood,
        "bad": feedback.bad,
        "decisions": [_decision(one) for one in decisions],
        "settled": [
            {
                "question": one.question,
                "said": one.said,
                "value": one.gold.value,
                "how": one.gold.how,
                "same": one.same,
                "rationale": one.gold.adjudication.rationale if one.gold.adjudication else "",
                "clause": one.gold.adjudication.clause if one.gold.adjudication else "",
            }
            for one in feedback.settled
        ],
    }


def _decision(one: OwnDecision) -> dict[str, Any]:
    return {
        "dispute": one.dispute.uid,
        "question": one.dispute.question,
        "outcome": one.holds.outcome or Outcome.ANSWER,
        "rationale": one.holds.rationale,
        "clause": one.holds.clause,
        "guideline_version": one.holds.guideline.version,
        "appeal": one.appeal,
        "until": one.until,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    low, high = tally.interval
    return {
        "project": {"id": tally.project.uid, "name": tally.project.name},
        "given": tally.given,
        "settled": tally.settled,
        "stood": tally.stood,
        "share": tally.share,
        "low": low,
        "high": high,
    }


urls = [path("me/work", MyWork.as_view(), name="my-work")]
