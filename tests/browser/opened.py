"""Every page with an address, on a project in mid-course, and somebody who may open it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.cast import Scene
from tests.pdf import written
from tests.permissions.routes import objects_of, routes
from tests.stories.founding import PASSWORD, session_of
from tests.support.client import Client
from tests.support.stack import Stack

NOBODY = ""
PEOPLE = ("owner", "lead", "annotator", "adjudicator", NOBODY)
# Whose page it is: others would see it empty.
FIRST = {"me/": "annotator", "label/": "annotator", "credentials/": "annotator", "disputes/": "adjudicator"}
LEFT_OUT = {
    "health": "words for machines",
    "account_logout": "whoever opens it is signed out",
    "account_confirm_login_code": "codes are not offered",
    "account_confirm_email": "its address comes in a letter",
    "account_reset_password_from_key": "its address comes in a letter",
    "web:template-try": "wants a template: `test_every_family` opens them",
}
"""Routes at which nobody looks, and why."""
ROUTES = [one.name for one in routes(()) if not one.is_api and one.name not in LEFT_OUT]


@dataclass
class Opened:
    """The scene on a running Assay: addresses by route, and a session of each person."""

    stack: Stack
    addresses: Mapping[str, str]
    sessions: Mapping[str, str]
    broken: Mapping[str, str]
    """By language, the page of an error on our side, which no address gives."""
    _found: dict[str, str | None] = field(default_factory=dict)

    def reader(self, route: str) -> str | None:
        """Who may read this route's page; None where it answers with no page: a form's target, a file, a part of one.

        Fails where nobody gets an answer.
        """
        if route not in self._found:
            self._found[route] = self._look_for_reader(self.addresses[route])
        return self._found[route]

    def come_in(self, page: Page, name: str) -> None:
        """Be this person from now on."""
        page.context.clear_cookies()
        if name:
            cookie = {"name": "sessionid", "value": self.sessions[name], "url": self.stack.url}
            page.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's type is not exported

    def _look_for_reader(self, address: str) -> str | None:
        first = [who for start, who in FIRST.items() if address.startswith(f"/{start}")]
        said = {}
        for name in (*first, *PEOPLE):
            client = Client(self.stack.url)
            if name:
                client.cookies.set("sessionid", self.sessions[name])
            answer = client.get(address, allow_redirects=False)
            said[name] = answer.status_code
            if answer.status_code == 200:
                return name if "<html" in answer.text[:2000] else None
            if answer.status_code in {204, 405}:
                return None
        raise AssertionError(f"nobody gets a page at {address}: {said}")


def opened(stack: Stack) -> Opened:
    """Play the scene on this Assay."""
    told = stack.manage(
        *("shell", "--verbosity", "0", "--no-imports"),
        *("--command", "from tests.browser.opened import play; play()"),
    )
    return Opened(stack, **json.loads(told.splitlines()[-1]))


def play() -> None:
    """Inside the Assay under test: play the scene in one step, so that its workers find nothing to do; print it."""
    from django.db import transaction
    from django.test import RequestFactory
    from django.urls import reverse
    from django.utils.translation import override

    from annotation.models import Dispute
    from core.web.errors import broken
    from tests import cast

    with transaction.atomic():
        scene = cast.scene()
        things = objects_of(scene)
        _go_on(scene)
    addresses = {
        one.name: one.url(things) for one in routes(()) if not one.is_api and one.name not in LEFT_OUT
    }
    decided = Dispute.objects.filter(project=scene.project).exclude(closed_at=None)[0]
    addresses["decided"] = reverse("web:dispute", kwargs={"dispute": decided.uid})
    sessions = {name: session_of(user) for name, user in scene.people.items()}
    pages = {}
    for language in ("en", "zh-hans"):
        with override(language):
            pages[language] = broken(RequestFactory().get("/")).content.decode()
    print(json.dumps({"addresses": addresses, "sessions": sessions, "broken": pages}))


def _go_on(scene: Scene) -> None:
    """What pages would lack: newer rules and questions, evidence to look at, somebody with a password."""
    from annotation.stages.project import add_guideline, add_schema
    from tests import cast

    project, lead = scene.project, scene.lead
    add_guideline(project=project, by=lead, text=f"{cast.GUIDELINE}\n1.2 Say what is owed.\n")
    add_schema(project=project, by=lead, config=cast.CONFIG.replace("Read the clause", "Read it all"))
    licence = written("Licence 7", "Admitted in 2020")
    cast.credential_of(scene.people["annotator"], cast.sector(), file=licence, number="8")
    lead.set_password(PASSWORD)
    lead.save()
