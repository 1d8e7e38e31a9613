"""Webhooks of a project: the list, one with what it was told, making, changing, testing and deleting it."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.jobs import NoBody
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, query_of, shown_as
from annotation.models import Project, Webhook, WebhookDelivery
from annotation.models.access import load_project
from annotation.models.webhook_action import ACTIONS
from annotation.models.webhook_delivery import DeliveryState
from annotation.stages.webhooks import editing
from core.models import User
from core.roles import Capability

TOLD = [code for code, action in ACTIONS.items() if not action.organisation_only]


class HookIn(serializers.Serializer[Any]):
    """In a PUT what is left out stays as it is. `actions` counts unless `send_for_all_actions`."""

    url = serializers.CharField(max_length=2048, help_text="Must be open to the internet.")
    headers = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=2000, trim_whitespace=False),
        required=False,
        help_text="Sent to this address only, not where it redirects to.",
    )
    actions = serializers.ListField(child=serializers.ChoiceField(TOLD), required=False, max_length=100)
    is_active = serializers.BooleanField(required=False)
    send_payload = serializers.BooleanField(required=False, help_text="Else only that it happened.")
    send_for_all_actions = serializers.BooleanField(required=False)


class HookChange(HookIn):
    url = serializers.CharField(max_length=2048, required=False, help_text="Must be open to the internet.")


class HookOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="uid")
    url = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField(allow_blank=True))
    actions = serializers.ListField(child=serializers.CharField())
    is_active = serializers.BooleanField()
    send_payload = serializers.BooleanField()
    send_for_all_actions = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class HookMade(HookOut):
    secret = serializers.CharField(help_text="Signs what is sent. It is told this once.")


class DeliveryQuery(PageQuery):
    state = serializers.ChoiceField(DeliveryState.choices, default="")


class DeliveryOut(serializers.Serializer[Any]):
    """`status` is what the receiver answered last, `error` why the last try failed."""

    id = serializers.CharField(source="uid")
    action = serializers.CharField()
    state = serializers.ChoiceField(DeliveryState.choices)
    attempts = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    tried_at = serializers.DateTimeField(allow_null=True)
    next_at = serializers.DateTimeField(allow_null=True)


class HookList(Handler):
    """A project's webhooks; make one."""

    tells_secrets = True

    @extend_schema(parameters=[PageQuery], responses=page_of(HookOut), operation_id="list_webhooks")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        rows = Webhook.objects.filter(project=project)
        return paged(request, rows, shown_as(HookOut))

    @extend_schema(request=HookIn, responses={201: HookMade}, operation_id="make_webhook")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        made = editing.create_webhook(
            organisation=project.organisation, project=project, by=user, **self.body(request, HookIn)
        )
        return Response(HookMade(made).data, status=status.HTTP_201_CREATED)


class HookDetail(Handler):
    """One webhook; change it, delete it with what it was told and is still owed."""

    @extend_schema(responses=HookOut, operation_id="get_webhook")
    def get(self, request: Request, uid: str, hook: str) -> Response:
        return Response(HookOut(_led(person(request), uid, hook)).data)

    @extend_schema(request=HookChange, responses=HookOut, operation_id="change_webhook")
    def put(self, request: Request, uid: str, hook: str) -> Response:
        user = person(request)
        found = _led(user, uid, hook)
        changed = editing.change_webhook(webhook=found, by=user, **self.body(request, HookChange))
        return Response(HookOut(changed).data)

    @extend_schema(responses={204: None}, operation_id="delete_webhook")
    def delete(self, request: Request, uid: str, hook: str) -> Response:
        user = person(request)
        editing.delete_webhook(webhook=_led(user, uid, hook), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class HookTest(Handler):
    """Send it something that says that it is a test."""

    @extend_schema(request=NoBody, responses={202: DeliveryOut}, operation_id="test_webhook")
    def post(self, request: Request, uid: str, hook: str) -> Response:
        user = person(request)
        owed = editing.send_test(webhook=_led(user, uid, hook), by=user)
        return Response(DeliveryOut(owed).data, status=status.HTTP_202_ACCEPTED)


class DeliveryList(Handler):
    """What a webhook was told or is owed, the newest first."""

    @extend_schema(
        parameters=[DeliveryQuery], responses=page_of(DeliveryOut), operation_id="list_webhook_deliveries"
    )
    def get(self, request: Request, uid: str, hook: str) -> Response:
        every = WebhookDelivery.objects.filter(webhook=_led(person(request), uid, hook)).defer("body")
        asked = query_of(request, DeliveryQuery)
        rows = every.filter(state=asked["state"]) if asked["state"] else every
        return paged(request, rows, shown_as(DeliveryOut), asked=asked, order=NEWEST_FIRST)


def _led(user: User, uid: str, hook: str) -> Webhook:
    project: Project = load_project(user, uid, Capability.LEAD_PROJECT)
    return one(Webhook.objects.filter(project=project), hook)


urls = [
    path("projects/<slug:uid>/webhooks", HookList.as_view(), name="hooks"),
    path("projects/<slug:uid>/webhooks/<slug:hook>", HookDetail.as_view(), name="hook"),
    path("projects/<slug:uid>/webhooks/<slug:hook>/test", HookTest.as_view(), name="hook-test"),
    path("projects/<slug:uid>/webhooks/<slug:hook>/deliveries", DeliveryList.as_view(), name="deliveries"),
]
