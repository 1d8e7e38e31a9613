"""A project's rules of qualification, and a lead's grants."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.jobs import NoBody
from annotation.api.paging import PageQuery, page_of, paged, query_of
from annotation.api.qualification_shapes import QualificationOut, qualification_lines
from annotation.asked import sentence
from annotation.models import Project, QualificationRule
from annotation.models.access import load_project
from annotation.models.held import held_in
from annotation.models.lane import SPECIALIST
from annotation.models.met_by import people_of, with_met_by
from annotation.models.requirement import Combine
from annotation.stages import qualification as stage
from core.roles import Capability
from experts.models import Qualification


class RuleOut(serializers.Serializer[Any]):
    """Whoever judges items of the `kind` and `tier` (empty: of any) has `combine` of what is named.

    `met_by` counts the project's annotators and adjudicators.
    """

    id = serializers.CharField(source="uid")
    kind = serializers.CharField(allow_blank=True)
    tier = serializers.ChoiceField([SPECIALIST], allow_blank=True)
    combine = serializers.ChoiceField(Combine.choices)
    credential_kinds = serializers.SerializerMethodField()
    exam = serializers.CharField(source="exam.uid", allow_null=True, default=None)
    by_grant = serializers.BooleanField()
    reason = serializers.CharField()
    sentence = serializers.SerializerMethodField()
    met_by = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    def get_credential_kinds(self, rule: QualificationRule) -> list[str]:
        """Their keys."""
        return [kind.key for kind in rule.credential_kinds.all()]

    def get_sentence(self, rule: QualificationRule) -> str:
        """The rule in the caller's language."""
        return sentence(rule)


class RuleIn(serializers.Serializer[Any]):
    """At least one of `credential_kinds` (keys), `exam` (an id) and `by_grant`."""

    kind = serializers.CharField(max_length=stage.KIND, allow_blank=True, default="")
    tier = serializers.ChoiceField([SPECIALIST], allow_blank=True, default="")
    combine = serializers.ChoiceField(Combine.choices, default=Combine.ALL.value)
    credential_kinds = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=200
    )
    exam = serializers.CharField(max_length=40, allow_blank=True, default="")
    by_grant = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=stage.REASON)


class GrantQuery(PageQuery):
    ended = serializers.BooleanField(default=False, help_text="Also those that ended or were revoked.")


class GrantIn(serializers.Serializer[Any]):
    expert = serializers.CharField(max_length=40)
    kind = serializers.CharField(max_length=stage.KIND, allow_blank=True, default="")
    reason = serializers.CharField(max_length=stage.REASON)
    valid_until = serializers.DateField(help_text="A day to come.")


class RuleList(Handler):
    """The rules in force; add one."""

    @extend_schema(parameters=[PageQuery], responses=page_of(RuleOut), operation_id="list_rules")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        return paged(request, _rules(project), lambda rows: RuleOut(rows, many=True).data)

    @extend_schema(request=RuleIn, responses={201: RuleOut}, operation_id="add_rule")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, RuleIn)
        names = ("combine", "credential_kinds", "exam", "by_grant")
        asked = stage.Asked(**{name: given.pop(name) for name in names})
        made = stage.add_rule(project=project, by=user, asked=asked, **given)
        return Response(RuleOut(_rules(project).get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


def _rules(project: Project) -> QuerySet[QualificationRule]:
    rules = QualificationRule.objects.current().filter(project=project).select_related("exam")
    return with_met_by(rules, project).prefetch_related("credential_kinds")


class EndRule(Handler):
    """Ask it no more."""

    @extend_schema(request=NoBody, responses={204: None}, operation_id="end_rule")
    def post(self, request: Request, uid: str, rule: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        rows = QualificationRule.objects.filter(project=project).select_related("project")
        stage.end_rule(rule=one(rows, rule), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class GrantList(Handler):
    """Exams passed and grants given in the project; grant somebody."""

    @extend_schema(parameters=[GrantQuery], responses=page_of(QualificationOut), operation_id="list_grants")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        asked, today = query_of(request, GrantQuery), timezone.localdate()
        rows = held_in(project, today, ended=asked["ended"])
        whole = rows.select_related("expert", "organisation", "sector", "credential")
        return paged(request, whole, lambda found: _lines(found, today), asked=asked)

    @extend_schema(request=GrantIn, responses={201: QualificationOut}, operation_id="grant_qualification")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, GrantIn)
        expert = one(people_of(project), given.pop("expert"))
        made = stage.grant(project=project, expert=expert, by=user, **given)
        [line] = qualification_lines([made], timezone.localdate())
        return Response(QualificationOut(line).data, status=status.HTTP_201_CREATED)


def _lines(found: list[Qualification], today: date) -> Any:
    return QualificationOut(qualification_lines(found, today), many=True).data


class RevokeGrant(Handler):
    """End a grant, or what an exam gave."""

    @extend_schema(request=NoBody, responses={204: None}, operation_id="revoke_grant")
    def post(self, request: Request, uid: str, grant: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        found = one(Qualification.objects.filter(project_id=project.pk), grant)
        stage.revoke(project=project, qualification=found, by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


urls = [
    path("projects/<slug:uid>/rules", RuleList.as_view(), name="rules"),
    path("projects/<slug:uid>/rules/<slug:rule>/end", EndRule.as_view(), name="rule-end"),
    path("projects/<slug:uid>/grants", GrantList.as_view(), name="grants"),
    path("projects/<slug:uid>/grants/<slug:grant>/revoke", RevokeGrant.as_view(), name="grant-revoke"),
]
