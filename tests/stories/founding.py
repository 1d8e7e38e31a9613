"""What stands before a story begins: an organisation, its people with their evidence, a project.

Runs inside the Assay under test (`manage.py shell`), through the stages that the pages call.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

PASSWORD = "a-password-for-tests"


@dataclass(frozen=True)
class Founding:
    """What to found. `people` maps a name to a role; each gets the address `address(name)`.

    `settings` are the project's, as `annotation.stages.project.create_project` takes them.
    """

    title: str
    sector: str
    people: dict[str, str]
    config: str
    guideline: str = "# 1. Guideline\n\n1.1 Say what you think."
    settings: dict[str, Any] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)
    """What is asked of releases, where it is not the usual."""

    def address(self, name: str) -> str:
        """The e-mail address of one of the people."""
        return f"{name}@{self.title.lower().replace(' ', '-')}.example"

    def code(self) -> str:
        """The line for `manage.py shell` that does it."""
        told = json.dumps(asdict(self))
        return f"from tests.stories.founding import found; found({told!r})"


def found(told: str) -> None:
    """Do it, and print the project's and the organisation's ids and a session key for each person."""
    from django.db import transaction

    from annotation.stages.project import create_project
    from annotation.stages.release.policy import change_policy
    from core.organisations import create_organisation, grant
    from experts.models import Sector

    wanted = Founding(**json.loads(told))
    with transaction.atomic():
        users = {name: _person(wanted.address(name)) for name in ("owner", *wanted.people)}
        organisation = create_organisation(name=wanted.title, by=users["owner"], default_licence="CC-BY-4.0")
        sector = Sector.objects.get(key=wanted.sector)
        for name, role in wanted.people.items():
            grant(user=users[name], organisation=organisation, role=role, by=users["owner"])
            if role in ("annotator", "adjudicator"):
                _qualify(users[name], organisation, sector, by=users["owner"])
        project = create_project(
            organisation=organisation,
            by=users["owner"],
            name=wanted.title,
            sector=sector,
            config=wanted.config,
            guideline=wanted.guideline,
            **wanted.settings,
        )
        change_policy(project=project, by=users["owner"], **wanted.policy)
    sessions = {name: session_of(user) for name, user in users.items()}
    print(json.dumps({"project": project.uid, "organisation": organisation.uid, "sessions": sessions}))


def _person(email: str) -> Any:
    from core.models import User

    return User.objects.create_user(email, PASSWORD, name=email.split("@", maxsplit=1)[0].title())


def _qualify(user: Any, organisation: Any, sector: Any, *, by: Any) -> None:
    """A verified credential of the sector, and the qualification that rests on it."""
    from experts import evidence
    from experts.models import CredentialKind

    expert = evidence.expert_of(user)
    credential = evidence.add_credential(
        expert=expert,
        by=user,
        kind=CredentialKind.objects.filter(sector=sector).order_by("pk")[0],
        issuer="The invented board",
        number=f"B-{user.pk}",
        valid_from=date(2020, 1, 1),
        valid_until=None,
    )
    evidence.verify(
        credential=credential, organisation=organisation, by=by, accepted=True, how="the board's register"
    )
    evidence.qualify(
        expert=expert,
        organisation=organisation,
        sector=sector,
        credential=credential,
        by=by,
        reason="verified",
    )


def session_of(user: Any) -> str:
    """A session key, for tests of many people at once: logging in by the page is limited per minute."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
