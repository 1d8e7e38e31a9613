"""What each role meets: its pages open, other people's do not exist, and nobody is offered what they may not do."""

import re

import pytest
from django.urls import reverse

from tests.annotation.web.conftest import As
from tests.cast import Scene

PAGES = (
    "project",
    "items",
    "batches",
    "guideline",
    "guideline-diff",
    "schema",
    "schema-diff",
    "people",
    "project-disputes",
    "releases",
    "audit",
    "settings",
    "batch-new",
    "release-new",
    "guideline-edit",
    "schema-edit",
    "label-next",
)
SHARED = {"project", "guideline", "guideline-diff", "schema", "schema-diff"}
WORK = {"items", "batches", "people", "project-disputes", "releases", "audit"}
LEADS = {"settings", "batch-new", "release-new", "guideline-edit", "schema-edit"}
OPEN = {
    "owner": SHARED | WORK | LEADS,
    "lead": SHARED | WORK | LEADS,
    "auditor": SHARED | WORK,
    "annotator": SHARED | {"label-next"},
    "adjudicator": SHARED | {"project-disputes"},
    "contributor": SHARED | {"batches", "batch-new"},
}
COMMON_FORMS = {"/language", "/theme", "/accounts/logout/"}


@pytest.mark.parametrize("part", OPEN)
def test_a_role_opens_its_pages_and_is_refused_the_others(ours: Scene, as_: As, part: str) -> None:
    client = as_(part)
    found = {page: client.get(reverse(f"web:{page}", args=[ours.project.uid])).status_code for page in PAGES}
    assert found == {page: 200 if page in OPEN[part] else 403 for page in PAGES}


def test_for_a_stranger_to_the_project_nothing_of_it_exists(ours: Scene, as_: As) -> None:
    client = as_("mallory")
    addresses = [reverse(f"web:{page}", args=[ours.project.uid]) for page in PAGES]
    addresses += [
        reverse("web:dispute", args=[ours.dispute.uid]),
        reverse("web:label", args=[ours.assignment.uid]),
        reverse("web:evidence", args=[ours.credential.uid]),
        reverse("core:organisation", args=[ours.organisation.uid]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_objects_of_another_project_do_not_exist_in_this_one(ours: Scene, as_: As) -> None:
    from tests.cast import THEIRS, scene

    theirs = scene(THEIRS)
    client, here = as_("lead"), ours.project.uid
    addresses = [
        reverse("web:item", args=[here, theirs.assignment.item.uid]),
        reverse("web:batch", args=[here, theirs.batch.uid]),
        reverse("web:release", args=[here, theirs.release.uid]),
        reverse("web:expert", args=[here, theirs.assignment.expert.uid]),
        reverse("web:release-file", args=[here, theirs.release.uid, "manifest.json"]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_who_is_not_signed_in_is_asked_to(ours: Scene, client: object) -> None:
    from django.test import Client

    answer = Client().get(reverse("web:project", args=[ours.project.uid]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_an_auditor_is_offered_nothing_that_writes(ours: Scene, as_: As) -> None:
    client = as_("auditor")
    here = ours.project.uid
    addresses = ["/", "/projects/", *(reverse(f"web:{page}", args=[here]) for page in OPEN["auditor"])]
    addresses += [
        reverse("web:expert", args=[here, ours.assignment.expert.uid]),
        reverse("web:batch", args=[here, ours.own_batch.uid]),
        reverse("core:organisation", args=[ours.organisation.uid]),
        reverse("core:invitations", args=[ours.organisation.uid]),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        forms = set(re.findall(r"<form[^>]*method=\"post\"[^>]*>", page))
        targets = {action for form in forms for action in re.findall(r'action="([^"]*)"', form)}
        assert targets <= COMMON_FORMS, address
        assert len(forms) == len(targets), address


def test_a_contributor_sees_only_their_own_batches(ours: Scene, as_: As) -> None:
    client, here = as_("contributor"), ours.project.uid
    listed = client.get(reverse("web:batches", args=[here])).content.decode()
    assert ours.own_batch.uid in listed
    assert ours.batch.uid not in listed
    assert client.get(reverse("web:batch", args=[here, ours.batch.uid])).status_code == 404
    assert client.get(reverse("web:batch", args=[here, ours.own_batch.uid])).status_code == 200


def test_no_page_needs_an_exception_from_the_content_policy(ours: Scene, as_: As) -> None:
    client, here = as_("lead"), ours.project.uid
    addresses = [
        "/",
        "/projects/new",
        "/me/",
        *(reverse(f"web:{page}", args=[here]) for page in OPEN["lead"]),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "style=" not in page, address
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page), address
        assert not re.search(r"\son[a-z]+=", page), address
