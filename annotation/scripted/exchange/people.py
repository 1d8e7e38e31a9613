"""Whose answers they are: members by their address; others as the operator says."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.scripted.exchange.report import Report
from annotation.scripted.projects import members_of
from core import audit
from core.models import User
from core.organisations import grant
from core.refusals import InvalidInput
from core.roles import Role
from experts.evidence import expert_of
from experts.models import Expert


class People:
    """`users`: the other side's, by number. `place`: a domain for those of whom it tells no address."""

    def __init__(
        self,
        *,
        project: Project,
        by: User,
        report: Report,
        users: Mapping[int, Mapping[str, Any]],
        place: str,
        refuse: bool,
    ) -> None:
        self._project, self._by, self._report, self._refuse = project, by, report, refuse
        self._users, self._place = users, place
        self.experts: dict[int | str, Expert] = {"": expert_of(by)}
        """The experts whom answers name, by address."""

    def address(self, said: Any) -> str:
        """The address of whom an answer names: a number, an address, or an object with either; "" for nobody."""
        if isinstance(said, dict):
            said = said.get("email") or said.get("id")
        if said is None or said == "":
            return ""
        known = self._users.get(said, {}) if isinstance(said, int) else {}
        address = str(known.get("email") or (said if "@" in str(said) else f"user-{said}@{self._place}"))
        address = address.lower()
        if address not in self.experts:
            name = f"{known.get('first_name') or ''} {known.get('last_name') or ''}".strip()
            self.experts[address] = self._found(address, name)
        return address

    def _found(self, address: str, name: str) -> Expert:
        member = members_of(self._project).filter(email=address).first()
        if member is not None:
            return expert_of(member)
        if self._refuse:
            raise InvalidInput(
                _("%(address)s is nobody of the organisation."),
                action=_("Invite them, or leave out --authors=refuse."),
                where="completed_by",
                params={"address": address},
            )
        return self._added(address, name)

    @transaction.atomic
    def _added(self, address: str, name: str) -> Expert:
        """An annotator of the project: the account that there is, else one that cannot log in."""
        user = User.objects.filter(email=address).first()
        self._report.lose("author_joined" if user else "author_new", address)
        if user is None:
            user = User.objects.create_user(address, None, name=name[:150], is_active=False)
            audit.record(
                "user.brought_in", by=self._by, on=user, organisation_id=self._project.organisation_id
            )
        grant(
            user=user,
            organisation=self._project.organisation,
            role=Role.ANNOTATOR,
            by=self._by,
            project_id=self._project.pk,
        )
        return expert_of(user)
