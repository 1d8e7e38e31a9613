"""Every page that a person can open, in Chinese: no English is left on it, other than data and names."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from annotation.stages import interests, qualification
from annotation.stages.qualification import Asked
from annotation.stages.webhooks import editing
from annotation.web.projects.dashboard.pages import SECTIONS
from core import organisations
from core.models import User
from core.roles import Role
from core.signing import current_key
from experts.models import Qualification
from tests.cast import Scene, scene
from tests.i18n.reading import read
from tests.permissions.routes import people_tested

ROLES = ("owner", "lead", "annotator", "adjudicator", "contributor", "auditor")
FORMS = (
    "core:organisation-new",
    "core:organisation-settings",
    "core:invitations",
    "web:credential-new",
    "web:batch-new",
    "web:batch-rights",
    "web:guideline-edit",
    "web:schema-edit",
    "web:settings",
    "web:qualify",
    "web:verify",
)
MAILED = ("account_confirm_email", "account_reset_password_from_key")  # their addresses come in letters
SPACES = ("", "web", "core")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
CODE = re.compile(
    r"\S+@\S+|https?://\S*|[\w-]+\.(?:jsonl?|csv|pdf)|assay-release/\d|\S*[_#%]\S*|\b(?=\w*\d)\w{8,}\b|SHA-256|UTF-\d+|CC\S+|US-NY"
)
"""Addresses, file names, ids, hashes, licences, codes."""
CAST = re.compile(
    r"Clause \d+: the tenant\S*( \S*)?( owes)?( 😀)?( rent\.)?|1\.1 A party did not do what( it owes\.|…)"
)
"""What the cast's items and guideline say, whole or cut short."""
NAMES = {
    *(
        "Assay",
        "API",
        "UTC",
        "JSON",
        "JSONL",
        "Lines",
        "CSV",
        "TSV",
        "XML",
        "PDF",
        "zip",
        "PNG",
        "JPEG",
        "MB",
        "KB",
        "GBK",
        "CFA",
        "LEI",
        "FRM",
    ),
    *("Label", "Studio", "JavaScript", "Cookie", "Markdown", "English", "Krippendorff", "Cohen", "CN", "GB"),
    *("SVG", "Gwet", "AC1", "AC", "MASI", "Jaccard"),
    *("Fleiss", "Conger", "Light", "Brennan", "Prediger", "Kendall", "ICC", "Gamma", "Gamma-cat"),
    *("Brennan-Prediger", "alpha", "u-alpha", "cu-alpha"),
    *("Webhook", "POST"),
    *("assay", "PEM", "SPDX", "Merkle", "tar", "Hugging", "Face", "Parquet", "JSON-LD", "JSON-MIN"),
    *("BIO", "BILOU", "CoNLL-", "spaCy", "DocBin", "SQuAD", "Argilla", "Web", "Annotation", "PROV", "COCO"),
    *("OpenAI", "ShareGPT", "TRL", "DPO", "KTO", "PRM"),
    *("Text", "Choices", "Labels", "Rating", "Number", "TextArea"),
}
"""Proper names, formats and tags, which Chinese writes in Latin letters too."""
DATA = {
    *(
        "train",  # splits are called as their files
        "validation",
        "test",
        "Alice",
        "Alice's",
        "Bob",
        "Carol",
        "Dan",
        "Erin",
        "Frank",
        "Grace",
        "Leases",
        "The",
        "Bar",
        "register",
        "admitted",
    ),
    *("verdict", "breach", "no", "unsure", "topics", "price", "term", "notice", "span", "Party", "Date"),
    *("stars", "amount", "note", "text", "Breach", "Clause", "V"),
}
"""The words of the cast's own data that stand outside its texts."""


def routes(
    patterns: Sequence[URLPattern | URLResolver], space: str = "", takes: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every named route of the pages with the arguments it takes."""
    for pattern in patterns:
        arguments = takes | frozenset(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = str(pattern.namespace or space)
            if inner in SPACES and not str(pattern.pattern).startswith("api"):
                yield from routes(pattern.url_patterns, inner, arguments)
        elif pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name, arguments


def addresses(played: Scene) -> dict[str, str]:
    """Each route's name with an address on the scene, where the scene has its objects."""
    lead, annotator = played.people["lead"], played.people["annotator"]
    invitation = organisations.invite(
        organisation=played.organisation, by=lead, role=Role.ANNOTATOR, email="new@example.org"
    )
    conflict = interests.declare(expert=annotator.expert, by=annotator, kind="matter", name="Leases")
    rule = qualification.add_rule(
        project=played.project, by=lead, asked=Asked(by_grant=True), reason="register", kind="notice"
    )
    given = qualification.grant(
        project=played.project,
        expert=annotator.expert,
        by=lead,
        reason="register",
        valid_until=timezone.localdate() + timedelta(days=9),
    )
    hook = editing.create_webhook(
        organisation=played.organisation, project=played.project, by=lead, url="https://hooks.example/"
    )
    things = {
        **people_tested(played),
        "hook": hook.uid,
        "rule": rule.uid,
        "grant": given.uid,
        "project": played.project.uid,
        "organisation": played.organisation.uid,
        "item": played.dispute.item.uid,
        "batch": played.own_batch.uid,
        "expert": annotator.expert.uid,
        "release": played.release.uid,
        "dispute": played.dispute.uid,
        "assignment": played.assignment.uid,
        "conflict": conflict.uid,
        "credential": played.credential.uid,
        "qualification": Qualification.objects.filter(expert__user=annotator)[0].uid,
        "membership": annotator.memberships.all()[0].uid,
        "invitation": invitation.uid,
        "token": organisations.invitation_token(invitation),
        "signing_key": current_key(played.organisation).key_id,
        "name": "manifest.json",
        "chart": "way",
        "section": "progress",
        "sample": "page",
    }
    found = dict(routes(get_resolver().url_patterns))
    unknown = {name: takes - set(things) for name, takes in found.items() if takes - set(things)}
    assert not unknown, f"routes take what the scene does not name here: {unknown}"
    return (
        {
            name: reverse(name, kwargs={wanted: things[wanted] for wanted in takes})
            for name, takes in found.items()
            if name not in MAILED
        }
        | {
            "web:release-row (released)": reverse(
                "web:release-row",
                args=[played.project.uid, played.release.uid, played.release.members.all()[0].item.uid],
            )
        }
        | {
            f"{name} ({section})": reverse(name, kwargs={"project": played.project.uid, "section": section})
            for name in ("web:dashboard", "web:dashboard-figures")
            for section in SECTIONS
        }
    )


def english_on(html: str) -> list[str]:
    """What the page says with Latin words that are neither names nor data."""
    return [
        said for said in read(html) if set(LATIN.findall(CODE.sub(" ", CAST.sub(" ", said)))) - NAMES - DATA
    ]


def told(found: dict[str, list[str]]) -> str:
    """What a failing test says."""
    return "English on:\n" + "\n".join(f"  {name}: {said}" for name, said in found.items() if said)


def reader(user: User | None = None) -> Client:
    """A browser that asks for Chinese; a person's own setting says so too."""
    client = Client(headers={"accept-language": "zh-CN,zh;q=0.9"})
    if user:
        User.objects.filter(pk=user.pk).update(language="zh-hans")
        client.force_login(user)
    return client


@pytest.fixture
def played(db: None) -> Scene:
    """A project in mid-course."""
    return scene()


@pytest.mark.parametrize("role", ROLES)
def test_pages_of(role: str, played: Scene) -> None:
    client, seen, found = reader(played.people[role]), 0, {}
    for name, address in addresses(played).items():
        response = client.get(address)
        assert response.status_code < 500, address
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            seen += 1
            found[name] = english_on(response.content.decode())
    assert seen >= 20
    assert not any(found.values()), told(found)


def test_pages_before_signing_in(played: Scene) -> None:
    client, found = reader(), {}
    for name, address in addresses(played).items():
        response = client.get(address)
        if response.status_code == 200 and name != "health" and "html" in response.headers["Content-Type"]:
            found[name] = english_on(response.content.decode())
    assert {"account_login", "account_signup", "account_reset_password", "core:invitation"} <= set(found)
    assert not any(found.values()), told(found)


def test_forms_sent_empty(played: Scene) -> None:
    client, places = reader(played.owner), addresses(played)
    found = {}
    for name in FORMS:
        response = client.post(places[name], {})
        assert response.status_code in {200, 400, 403, 422}, (name, response)
        found[name] = english_on(response.content.decode())
    assert not any(found.values()), told(found)
