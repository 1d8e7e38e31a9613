"""Webhooks: the list, one of them, and what they can be told of."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import person
from annotation.api.label_studio.base import Studio
from annotation.models import Project, Webhook
from annotation.models.access import may
from annotation.models.webhook_action import ACTIONS
from annotation.stages.webhooks import editing
from annotation.stages.webhooks.checking import SETTINGS
from core.models import Membership, Organisation, User
from core.refusals import InvalidInput, NotAllowed
from core.roles import Capability

DEFAULTS: dict[str, Any] = {
    "headers": {},
    "actions": [],
    "is_active": True,
    "send_payload": True,
    "send_for_all_actions": True,
}
LARGEST = 2**63 - 1


class Webhooks(Studio):
    """All that the caller may change, and new ones."""

    def get(self, request: Request) -> Response:
        """Those of the caller's projects and organisations; `project` narrows it to one."""
        user = person(request)
        _demand_to_lead(user)
        rows = Webhook.objects.led_by(user).order_by("pk")
        asked = request.query_params.get("project", "")
        if asked:
            rows = rows.filter(project=_number(asked))
        return Response([told(webhook) for webhook in rows])

    def post(self, request: Request) -> Response:
        """Make one; this answer alone has its `secret`."""
        user, given = person(request), _given(request)
        _demand_to_lead(user)
        organisation, project = _place(user, _object(request).get("project"))
        _demand_url(given)
        made = editing.create_webhook(organisation=organisation, project=project, by=user, **given)
        return Response({**told(made), "secret": made.secret}, status=201)


class OneWebhook(Studio):
    """One of them."""

    def get(self, request: Request, webhook: int) -> Response:
        """What it is set to."""
        return Response(told(_load(request, webhook)))

    def patch(self, request: Request, webhook: int) -> Response:
        """Change what is named; everything else stays."""
        found = _load(request, webhook)
        return self._change(request, found, _given(request))

    def put(self, request: Request, webhook: int) -> Response:
        """Set everything: what is not named is as in a new one."""
        found, given = _load(request, webhook), _given(request)
        _demand_url(given)
        return self._change(request, found, {**DEFAULTS, **given})

    def delete(self, request: Request, webhook: int) -> Response:
        """Delete it with what it is still owed."""
        editing.delete_webhook(webhook=_load(request, webhook), by=person(request))
        return Response(status=204)

    def _change(self, request: Request, webhook: Webhook, given: dict[str, Any]) -> Response:
        return Response(told(editing.change_webhook(webhook=webhook, by=person(request), **given)))


class WebhookInfo(Studio):
    """What webhooks can be told of."""

    def get(self, request: Request) -> Response:
        """By action; with `organization-only=true` those that only a webhook without a project hears of."""
        only = request.query_params.get("organization-only", "").lower() in {"1", "true"}
        return Response(
            {
                code: {
                    "name": str(action.name),
                    "description": str(action.description),
                    "key": action.key,
                    "is_array": action.is_array,
                    "organization-only": action.organisation_only,
                }
                for code, action in ACTIONS.items()
                if action.organisation_only or not only
            }
        )


def told(webhook: Webhook) -> dict[str, Any]:
    """A webhook as Label Studio's client reads it."""
    return {
        "id": webhook.pk,
        "organization": webhook.organisation_id,
        "project": webhook.project_id,
        **{name: getattr(webhook, name) for name in SETTINGS},
        "created_at": webhook.created_at,
        "updated_at": webhook.updated_at,
    }


def _object(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, dict):
        raise InvalidInput(_("A webhook is one JSON object."))
    return request.data


def _given(request: Request) -> dict[str, Any]:
    """What is named of the settings. Unknown fields, and those that cannot be set, are passed over."""
    body = _object(request)
    given = {name: body[name] for name in SETTINGS if name in body}
    if "headers" in given and given["headers"] is None:
        given["headers"] = {}
    return given


def _demand_url(given: dict[str, Any]) -> None:
    if "url" not in given:
        raise InvalidInput(_("A webhook needs an address."), where="url")


def _load(request: Request, webhook: int) -> Webhook:
    return Webhook.objects.load(person(request), pk=min(webhook, LARGEST))


def _number(text: Any) -> int:
    """The id of a project. Raises InvalidInput."""
    if isinstance(text, bool) or not isinstance(text, int | str) or not str(text).isdecimal():
        raise InvalidInput(_("A project is named by its number."), where="project")
    return min(int(str(text)[:19]), LARGEST)


def _demand_to_lead(user: User) -> None:
    if not Membership.objects.granting(user, Capability.LEAD_PROJECT).exists():
        raise NotAllowed


def _place(user: User, given: Any) -> tuple[Organisation, Project | None]:
    """The project that is named, or the first organisation that the caller leads. Raises InvalidInput, NotAllowed."""
    if given is None:
        leading = Membership.objects.granting(user, Capability.LEAD_PROJECT).filter(project_id=None)
        held = leading.select_related("organisation").order_by("pk").first()
        if held is None:
            raise NotAllowed
        return held.organisation, None
    rows = Project.objects.visible_to(user).select_related("organisation")
    project = rows.filter(pk=_number(given)).first()
    if project is None:
        raise InvalidInput(_("There is no such project, or none that you may see."), where="project")
    if not may(user, project, Capability.LEAD_PROJECT):
        raise NotAllowed
    return project.organisation, project


urls = [
    path("webhooks", Webhooks.as_view(), name="webhooks"),
    path("webhooks/info", WebhookInfo.as_view(), name="webhook-info"),
    path("webhooks/<int:webhook>", OneWebhook.as_view(), name="webhook"),
]
