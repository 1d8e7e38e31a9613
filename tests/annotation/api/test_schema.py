"""The API describes itself truly: the schema is valid, and answers are what it says."""

import io
import json
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi import checks

from annotation.models import Assignment
from annotation.models.newest import newest
from annotation.stages.label import hashes_of, save_draft
from annotation.stages.versions import keep_version
from annotation.stages.webhooks.editing import create_webhook
from config.wsgi import application
from core.models import User
from core.organisations import grant
from core.roles import Role
from experts.conflicts import declare
from experts.evidence import expert_of
from tests import cast
from tests.cast import Scene
from tests.permissions.routes import document_of, people_tested

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.response_schema_conformance,
    checks.content_type_conformance,
    checks.status_code_conformance,
    checks.response_headers_conformance,
]

SECRET = {
    "invite_into_organisation",
    "invite_into_project",
    "make_token",
    "make_webhook",
    "reset_legacy_key",
    "revoke_token",
}
"""Operations at addresses that answer with what must not be kept: they take no idempotency key."""


def test_the_schema_is_made_without_a_warning(db: None) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=io.StringIO())


def test_the_page_about_the_api_loads_our_own_files_only(db: None, client: Client) -> None:
    response = client.get("/api/docs")
    assert "//" not in response.content.decode().replace("://testserver", "")
    assert "'unsafe-inline'" in response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/accounts/login/")["Content-Security-Policy"]


@pytest.fixture
def everybody(ours: Scene) -> User:
    """Somebody with every role and an item in hand."""
    user = cast.person("everybody")
    for role in Role:
        grant(user=user, organisation=ours.organisation, role=role, by=ours.owner)
    cast.qualify(user, ours.organisation, ours.project.sector, ours.lead)
    return user


@pytest.fixture
def ids(ours: Scene, everybody: User) -> dict[str, str]:
    """An object of each kind that `everybody` may see, by the path's first part."""
    assignment = cast.take(ours.project, everybody)
    assert assignment
    assert ours.batch.job
    schema = newest(ours.project)[0].schema
    save_draft(assignment=assignment, schema=schema, revision=0, result=cast.choice(), seconds=1)
    interest = declare(expert=expert_of(everybody), by=everybody, kind="matter", name="Re Nobody")
    testing = people_tested(ours)
    return {
        **{f"{kind}s": uid for kind, uid in testing.items()},
        "projects": ours.project.uid,
        "assignments": assignment.uid,
        "batches": ours.own_batch.uid,
        "disputes": ours.dispute.uid,
        "releases": ours.release.uid,
        "conflicts": interest.uid,
        "credentials": ours.credential.uid,
        "items": ours.dispute.item.uid,
        "organisations": ours.organisation.uid,
        "jobs": ours.batch.job.uid,
        "assets": document_of(ours).sha256,
        "draft_version": keep_version(assignment=assignment, name="First")[0].uid,
        "version": "1",
        "template": "sentiment",
        "hook": create_webhook(
            organisation=ours.organisation, project=ours.project, by=ours.lead, url="https://hooks.example/"
        ).uid,
    }


@pytest.fixture
def cookies(everybody: User) -> dict[str, str]:
    """A session, and the token that its writes need."""
    client = Client()
    client.force_login(everybody)
    return {"sessionid": client.cookies["sessionid"].value, "csrftoken": secrets.token_hex(16)}


@pytest.fixture
def described(ours: Scene) -> Iterator[Any]:
    """The schema, over WSGI; a request's end does not close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/schema", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def aim(case: Any, ids: dict[str, str], hashes: dict[str, str]) -> None:
    """Put an object that is there into the path, for two calls a body that is right, and a tag that fits whatever is
    there: `test_etags.py` has those that do not."""
    if "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = "*"
    if case.path.endswith("/submit"):
        case.body = {"result": cast.choice(), "hashes": hashes}
    if case.path.endswith("/decide"):
        case.body = {"result": cast.choice(), "rationale": "It says so."}
    if "uid" in case.path_parameters:
        case.path_parameters["uid"] = ids[case.path.split("/")[3]]
    for name in {"draft_version", "version", "template", "hook"} & case.path_parameters.keys():
        case.path_parameters[name] = ids[name]
    if "name" in case.path_parameters:
        case.path_parameters["name"] = "manifest.json"


def test_every_answer_is_what_the_schema_says(
    described: Any, cookies: dict[str, str], ids: dict[str, str]
) -> None:
    seen: Counter[int] = Counter()
    work = Assignment.objects.get(uid=ids["assignments"])
    hashes = hashes_of(newest(work.project)[0].schema, work.item.data)
    for found in described.include(path_regex="^/api/v1/").get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def check(case: Any) -> None:
            aim(case, ids, hashes)
            case.cookies = cookies
            # Over WSGI nothing takes apart what is compressed.
            headers = {"X-CSRFToken": cookies["csrftoken"], "Accept-Encoding": "identity"}
            answered = case.call_and_validate(headers=headers, checks=CHECKS)
            seen[answered.status_code] += 1

        check()
    assert {200, 201, 202, 400} <= seen.keys(), seen


def test_every_operation_tells_of_its_headers_and_refusals(db: None) -> None:
    out = io.StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    described = json.loads(out.getvalue())["paths"]
    problem = "#/components/schemas/ProblemOut"
    for path, methods in described.items():
        if not path.startswith("/api/v1/"):
            continue
        for method, operation in methods.items():
            asked = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
            told = operation["responses"]
            wanted = {"4XX", "429"} | (set() if method == "get" else {"409", "412", "422"})
            for code in wanted:
                shape = told[code]["content"]["application/problem+json"]["schema"]
                assert shape == {"$ref": problem}, (method, path, code)
            assert {"Retry-After", "RateLimit", "RateLimit-Policy"} <= told["429"]["headers"].keys()
            if method == "get":
                assert "If-None-Match" in asked, path
                assert "304" in told, path
            else:
                assert ("Idempotency-Key" in asked) is not (operation["operationId"] in SECRET), (
                    method,
                    path,
                )
