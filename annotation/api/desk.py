"""What waits for the caller: projects to label, disputes to decide, projects whose work they see."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.openapi import ProjectName
from annotation.desks import answered_today, held_by, left_for
from annotation.models import Dispute, Project
from annotation.models.access import load_project
from annotation.models.by_state import ByState, counted
from annotation.models.eligibility import PAUSED, unmet_in
from annotation.models.standing import decidable
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of

MOST = 24


class MissingOut(serializers.Serializer[Any]):
    """A rule that keeps the caller from the work: its code, and a sentence."""

    code = serializers.CharField()
    detail = serializers.CharField()


class ToLabel(serializers.Serializer[Any]):
    """`left`: items to take now, counted up to 500. `held`: the assignment in hand."""

    project = ProjectName()
    left = serializers.IntegerField()
    held = serializers.CharField(allow_null=True)
    has_draft = serializers.BooleanField()
    today = serializers.IntegerField(help_text="Answers given today.")
    paused = serializers.BooleanField()
    missing = MissingOut(many=True)


class ToDecide(serializers.Serializer[Any]):
    project = ProjectName()
    disputes = serializers.IntegerField()
    missing = MissingOut(many=True)


class CountsOut(serializers.Serializer[Any]):
    """`states`: items by state. `held`: blocked items by the code of why."""

    states = serializers.DictField(child=serializers.IntegerField())
    held = serializers.DictField(child=serializers.IntegerField())


class ToWatch(CountsOut):
    project = ProjectName()
    disputes = serializers.IntegerField(help_text="Open ones.")


class DeskOut(serializers.Serializer[Any]):
    """The first 24 projects of each part."""

    label = ToLabel(many=True)  # type: ignore[assignment]  # a field called label
    decide = ToDecide(many=True)
    watch = ToWatch(many=True)


class Desk(Handler):
    """What waits for the caller."""

    @extend_schema(responses=DeskOut, operation_id="get_desk")
    def get(self, request: Request) -> Response:
        user = person(request)
        return Response(DeskOut({"label": _label(user), "decide": _decide(user), "watch": _watch(user)}).data)


class Funnel(Handler):
    """A project's items by state."""

    @extend_schema(responses=CountsOut, operation_id="count_items")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        return Response(CountsOut(_counts(counted([project])[project.pk])).data)


def _label(user: User) -> list[dict[str, Any]]:
    projects = list(_where(user, Capability.LABEL)[:MOST])
    if not projects:
        return []
    expert = expert_of(user)
    missing = _missing(projects, user, Capability.LABEL)
    offering = [one for one in projects if not (missing[one.pk] or one.paused_at)]
    left, held, today = (
        left_for(offering, expert),
        held_by(offering, expert),
        answered_today(projects, expert),
    )
    return [
        {
            "project": _name(one),
            "left": left.get(one.pk, 0),
            "held": held[one.pk].uid if one.pk in held else None,
            "has_draft": hasattr(held.get(one.pk), "draft"),
            "today": today.get(one.pk, 0),
            "paused": one.paused_at is not None,
            "missing": missing[one.pk],
        }
        for one in projects
    ]


def _decide(user: User) -> list[dict[str, Any]]:
    waiting = Dispute.objects.to_decide_by(user)
    where = _where(user, Capability.ADJUDICATE).filter(pk__in=waiting.order_by().values("project"))
    projects = list(where[:MOST])
    if not projects:
        return []
    missing = _missing(projects, user, Capability.ADJUDICATE)
    fit = [one for one in projects if not missing[one.pk]]
    unfit = waiting.filter(project__in=[one.pk for one in projects if missing[one.pk]])
    counts = {
        pk: count
        for rows in (decidable(waiting, fit, expert_of(user)), unfit)
        for pk, count in rows.values_list("project").annotate(Count("pk")).order_by()
    }
    return [
        {"project": _name(one), "disputes": counts[one.pk], "missing": missing[one.pk]}
        for one in projects
        if one.pk in counts
    ]


def _watch(user: User) -> list[dict[str, Any]]:
    projects = list(_where(user, Capability.SEE_WORK)[:MOST])
    found = counted(projects) if projects else {}
    waiting = Dispute.objects.filter(project__in=projects, closed_at=None).values_list("project")
    disputes = dict(waiting.annotate(Count("pk")).order_by())
    return [
        {"project": _name(one), "disputes": disputes.get(one.pk, 0), **_counts(found[one.pk])}
        for one in projects
    ]


def _where(user: User, capability: Capability) -> QuerySet[Project]:
    found = Project.objects.where(user, capability).select_related("sector", "organisation").distinct()
    return found.order_by("-pk")


def _missing(projects: list[Project], user: User, part: Capability) -> dict[int, list[dict[str, str]]]:
    """By project id. Roles and pauses are told elsewhere."""
    unmet = unmet_in(projects, expert_of(user), part=part)
    return {
        one.pk: [
            {"code": rule.code, "detail": str(rule.why)}
            for rule in unmet[one.pk]
            if rule.code not in {"no_role", PAUSED}
        ]
        for one in projects
    }


def _counts(found: ByState) -> dict[str, Any]:
    return {"states": found.counts, "held": found.held}


def _name(project: Project) -> dict[str, str]:
    return {"id": project.uid, "name": project.name}


urls = [
    path("me/desk", Desk.as_view(), name="desk"),
    path("projects/<slug:uid>/funnel", Funnel.as_view(), name="funnel"),
]
