"""Give items to people by name, and see who holds what."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.assigning_shapes import (
    AssignmentLine,
    AssignmentQuery,
    GiveIn,
    GivenOut,
    ReassignIn,
    line_of,
)
from annotation.api.base import Handler, one, person
from annotation.api.paging import NEWEST_FIRST, page_of, paged, query_of
from annotation.models import Assignment, Item, Project
from annotation.models.access import demand, load_project
from annotation.models.giving import Wanted
from annotation.models.who_holds import of_project
from annotation.stages import assign, give
from core.models import User
from core.refusals import InvalidInput
from core.roles import Capability
from experts.models import Expert


class ProjectAssignments(Handler):
    """Who holds what until when; give items by name."""

    @extend_schema(
        parameters=[AssignmentQuery], responses=page_of(AssignmentLine), operation_id="list_assignments"
    )
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        asked = query_of(request, AssignmentQuery)
        rows = of_project(project, asked["state"], asked["expert"], asked["item"])
        return paged(request, rows, _lines, asked=asked, order=NEWEST_FIRST)

    @extend_schema(
        request=GiveIn, responses={201: GivenOut, 202: GivenOut}, operation_id="give_items_by_name"
    )
    def post(self, request: Request, uid: str) -> Response:
        """One item is given at once (201), more in a job (202) whose result says how many, and why not the others."""
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, GiveIn)
        expert = _expert(user, given["expert"])
        items, until = given.get("items"), given["until"]
        if (items is None) == ("count" not in given):
            raise InvalidInput(where="items")
        if items is not None and len(items) == 1:
            item = _item(project, items[0])
            made = assign.give(item=item, expert=expert, by=user, until=until)
            return Response(
                GivenOut({"assignment": line_of(made), "job": None}).data, status.HTTP_201_CREATED
            )
        if items is not None:
            job = give.give_named(project=project, expert=expert, by=user, items=items, until=until)
        else:
            names = ("count", "kind", "batch", "language")
            wanted = Wanted(**{name: given[name] for name in names})
            job = give.give_described(project=project, expert=expert, by=user, wanted=wanted, until=until)
        return Response(GivenOut({"assignment": None, "job": job}).data, status.HTTP_202_ACCEPTED)


def _lines(rows: list[Assignment]) -> Any:
    return AssignmentLine([line_of(one) for one in rows], many=True).data


def _expert(user: User, uid: str) -> Expert:
    found = Expert.objects.visible_to(user).select_related("user").filter(uid=uid).distinct().first()
    if found is None:
        raise InvalidInput(where="expert")
    return found


def _item(project: Project, uid: str) -> Item:
    rows = Item.objects.select_related("lane", "project__organisation", "project__sector")
    found = rows.filter(project=project, uid=uid).first()
    if found is None:
        raise InvalidInput(where="items")
    return found


def _led(user: User, uid: str) -> Assignment:
    """The assignment, for who leads its project. Raises NotFound, NotAllowed."""
    rows = Assignment.objects.of_work_seen_by(user)
    found = rows.select_related(
        "project__organisation", "project__sector", "item__lane", "item__project", "expert__user"
    )
    assignment = one(found, uid)
    demand(user, assignment.project, Capability.LEAD_PROJECT)
    return assignment


class Reassign(Handler):
    """Hand an item on to somebody else."""

    @extend_schema(request=ReassignIn, responses={201: AssignmentLine}, operation_id="reassign")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = _led(user, uid)
        given = self.body(request, ReassignIn)
        expert = _expert(user, given["expert"])
        made = assign.reassign(assignment=assignment, expert=expert, by=user, until=given["until"])
        return Response(AssignmentLine(line_of(made)).data, status.HTTP_201_CREATED)


class Withdraw(Handler):
    """Take an item back from its expert."""

    @extend_schema(request=None, responses={204: None}, operation_id="withdraw_assignment")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assign.withdraw(assignment=_led(user, uid), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


urls = [
    path("projects/<slug:uid>/assignments", ProjectAssignments.as_view(), name="assignments"),
    path("assignments/<slug:uid>/reassign", Reassign.as_view(), name="reassign"),
    path("assignments/<slug:uid>/withdraw", Withdraw.as_view(), name="withdraw-assignment"),
]
