"""Control items: items with a known answer that test people."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.algorithms.proportion import interval
from annotation.api import suspensions
from annotation.api.base import Handler, Result, one, person
from annotation.api.jobs import NoBody
from annotation.api.paging import PageQuery, page_of, paged, query_of
from annotation.models import ControlItem, Item, Project
from annotation.models.access import demand, load_project
from annotation.models.control import ControlUse
from annotation.stages import controls as stage
from annotation.stages import copying
from core.models import User
from core.roles import Capability


class ControlQuery(PageQuery):
    retired = serializers.BooleanField(
        default=None, allow_null=True, help_text="Only those that were retired, or only those in use."
    )


class ShareOut(serializers.Serializer[Any]):
    """How often it was answered rightly; `low` and `high` bound the true share at 95 %."""

    right = serializers.IntegerField()
    asked = serializers.IntegerField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class ControlOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    item = serializers.CharField(help_text="The control item's own item.")
    data = serializers.DictField()  # type: ignore[assignment]  # a field called data
    kind = serializers.CharField(allow_blank=True)
    answer = serializers.DictField(help_text="The known answer: judgement value by question.")
    result = Result()
    explanation = serializers.CharField(allow_blank=True)
    use = serializers.ChoiceField(ControlUse.choices)
    retired_at = serializers.DateTimeField(allow_null=True)
    record = ShareOut()


class ControlIn(serializers.Serializer[Any]):
    item = serializers.CharField(max_length=40, help_text="A settled item of the project.")
    explanation = serializers.CharField(allow_blank=True, default="", max_length=stage.MOST_EXPLANATION)
    use = serializers.ChoiceField(ControlUse.choices, default=ControlUse.BOTH)


class ControlChange(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    explanation = serializers.CharField(allow_blank=True, required=False, max_length=stage.MOST_EXPLANATION)
    use = serializers.ChoiceField(ControlUse.choices, required=False)


class ControlSettings(serializers.Serializer[Any]):
    """`control_rate` of what people are given are control items. Who answered `control_least` of them, and fewer than
    `control_mark` of the last `control_window` rightly, is suspended. Rate and mark are shares."""

    control_rate = serializers.FloatField(required=False)
    control_mark = serializers.FloatField(required=False)
    control_least = serializers.IntegerField(required=False)
    control_window = serializers.IntegerField(required=False)


class ControlList(Handler):
    """A project's control items; make one of a settled item."""

    @extend_schema(parameters=[ControlQuery], responses=page_of(ControlOut), operation_id="list_controls")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        asked, rows = query_of(request, ControlQuery), _shown(user).filter(project=project)
        if asked["retired"] is not None:
            rows = rows.filter(retired_at__isnull=not asked["retired"])
        return paged(request, rows, _lines, asked=asked)

    @extend_schema(request=ControlIn, responses={201: ControlOut}, operation_id="make_control")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, ControlIn)
        item = one(Item.objects.visible_to(user).filter(project=project), given.pop("item"))
        made = copying.copy_settled(item=item, by=user, **given)
        return Response(ControlOut(_line(_shown(user).get(pk=made.pk))).data, status=status.HTTP_201_CREATED)


class ControlDetail(Handler):
    """One control item; change what is told about it, and what it is used for."""

    @extend_schema(responses=ControlOut, operation_id="get_control")
    def get(self, request: Request, uid: str) -> Response:
        return Response(ControlOut(_line(_led(person(request), uid))).data)

    @extend_schema(request=ControlChange, responses=ControlOut, operation_id="change_control")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        control = _led(user, uid)
        stage.change_control(control=control, by=user, **self.body(request, ControlChange))
        return Response(ControlOut(_line(_led(user, uid))).data)


class RetireControl(Handler):
    """Give it to nobody any more."""

    @extend_schema(request=NoBody, responses=ControlOut, operation_id="retire_control")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        stage.retire(control=_led(user, uid), by=user)
        return Response(ControlOut(_line(_led(user, uid))).data)


class ProjectControlSettings(Handler):
    """How many control items are mixed into work, and when somebody is suspended."""

    @extend_schema(responses=ControlSettings, operation_id="get_control_settings")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_settings(load_project(person(request), uid, Capability.LEAD_PROJECT)))

    @extend_schema(request=ControlSettings, responses=ControlSettings, operation_id="change_control_settings")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        stage.change_controls(project=project, by=user, **self.body(request, ControlSettings))
        return Response(_settings(project))


def _settings(project: Project) -> dict[str, Any]:
    return ControlSettings({name: getattr(project, name) for name in stage.SETTINGS}).data


def _shown(user: User) -> QuerySet[Any]:
    return ControlItem.objects.visible_to(user).with_counts().select_related("item__lane", "project")


def _led(user: User, uid: str) -> Any:
    """The control item, for who leads its project. Raises NotFound, NotAllowed."""
    control = one(_shown(user), uid)
    demand(user, control.project, Capability.LEAD_PROJECT)
    return control


def _lines(controls: list[Any]) -> Any:
    return ControlOut([_line(control) for control in controls], many=True).data


def _line(control: Any) -> dict[str, Any]:
    low, high = interval(control.hits, control.answered)
    return {
        "id": control.uid,
        "item": control.item.uid,
        "data": control.item.data,
        "kind": control.item.lane.kind,
        "answer": control.answer,
        "result": control.result,
        "explanation": control.explanation,
        "use": control.use,
        "retired_at": control.retired_at,
        "record": {"right": control.hits, "asked": control.answered, "low": low, "high": high},
    }


urls = [
    path("projects/<slug:uid>/controls", ControlList.as_view(), name="controls"),
    path("projects/<slug:uid>/control-settings", ProjectControlSettings.as_view(), name="control-settings"),
    path("controls/<slug:uid>", ControlDetail.as_view(), name="control"),
    path("controls/<slug:uid>/retire", RetireControl.as_view(), name="retire-control"),
    *suspensions.urls,
]
