"""Every route that the URL resolver knows, and the objects that fill its parameters."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from annotation.models import Asset, Exam, ExamAttempt, Item, ItemAsset, Suspension
from annotation.stages import copying, interests, qualification, undertaking, versions
from annotation.stages.qualification import Asked
from annotation.stages.webhooks import editing
from core.models import Invitation, Membership
from core.organisations import grant, invitation_token, invite
from core.roles import Role
from core.signing import current_key
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.cast import Scene
from tests.permissions.numbered import ASKED, NAMED, numbered_of
from tests.permissions.table import EXCLUDED_PREFIXES

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_SINGULAR = {"batches": "batch", "organizations": "organisation"}


@dataclass(frozen=True)
class Route:
    """A named pattern. The API calls every id `uid`, the Label Studio compatible one every number `pk`: there the
    part of the path before it says of what."""

    name: str
    pattern: str

    @property
    def parameters(self) -> list[str]:
        """The names in its path."""
        return _PARAMETER.findall(self.pattern)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    def kind(self, parameter: str) -> str:
        """What stands in for a parameter: `project`, `batch`, `dispute` …"""
        if parameter not in ("uid", "pk"):
            return parameter
        plural = self.pattern.split("<", 1)[0].rstrip("/").rsplit("/", 1)[-1]
        return _SINGULAR.get(plural, plural.removesuffix("s"))

    @property
    def is_numbered(self) -> bool:
        """Whether it names its objects by their numbers."""
        return "<int:" in self.pattern or self.name in ASKED or self.name in NAMED

    @property
    def space(self) -> str:
        """Whose objects come first: those of numbers, of a project's members, or of the route's own namespace."""
        if self.is_numbered:
            return "number"
        inside = self.is_api and "projects/<" in self.pattern
        return "project" if inside else self.name.split(":", maxsplit=1)[0]

    def url(self, objects: dict[str, str]) -> str:
        """The address with these objects; those of the route's own namespace, or its numbers, come first."""
        space = self.space
        kinds = {parameter: self.kind(parameter) for parameter in self.parameters}
        values = {name: objects.get(f"{space}:{kind}", objects.get(kind)) for name, kind in kinds.items()}
        asked = "".join(f"?{name}={objects[f'number:{name}']}" for name in ASKED.get(self.name, ()))
        return reverse(self.name, kwargs=values) + asked

    def named(self, objects: dict[str, str]) -> dict[str, int]:
        """What the body of a call says of these objects."""
        return {name: int(objects[f"number:{name}"]) for name in NAMED.get(self.name, ())}


def routes(excluded: tuple[str, ...] = EXCLUDED_PREFIXES) -> list[Route]:
    """All routes but those under these prefixes. A route without a name is called by its pattern."""
    found = [Route(name, pattern) for name, pattern in _walk(get_resolver().url_patterns, "", "")]
    return [route for route in found if not route.pattern.startswith(excluded)]


def _walk(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else pattern), pattern


def objects_of(scene: Scene) -> dict[str, str]:
    """One object of each kind, as the scene holds them; `core:` and `web:` tell apart what both call the same."""
    house, project, owner = scene.organisation, scene.project, scene.owner
    guest = cast.person(f"guest-of-{project.uid}")
    in_project = grant(user=guest, organisation=house, role=Role.ANNOTATOR, by=owner, project_id=project.pk)
    in_house = Membership.objects.get(user=scene.people["auditor"])
    link = invite(organisation=house, role=Role.ANNOTATOR, by=owner)
    for_project: Invitation = invite(organisation=house, role=Role.ANNOTATOR, by=owner, project_id=project.pk)
    carol = scene.people["annotator"]
    conflict = interests.declare(expert=evidence.expert_of(carol), by=carol, kind="matter", name=house.uid)
    rule = qualification.add_rule(
        project=project, by=scene.lead, asked=Asked(by_grant=True), reason="It is needed.", kind="opinion"
    )
    given = qualification.grant(
        project=project,
        expert=evidence.expert_of(carol),
        by=scene.lead,
        reason="Knows it.",
        valid_until=timezone.localdate() + timedelta(days=9),
    )
    hook = editing.create_webhook(
        organisation=house, project=project, by=scene.lead, url="https://hooks.example/"
    )
    for text in ("I tell nobody.", ""):  # the newest one asks for nothing
        undertaking.write_undertaking(project=project, by=scene.lead, text=text)
    assert scene.batch.job
    return {
        **people_tested(scene),
        **numbered_of(scene),
        "rule": rule.uid,
        "grant": given.uid,
        "project": project.uid,
        "organisation": house.uid,
        "number:webhook": str(hook.pk),
        "hook": hook.uid,
        "item": Item.objects.filter(project=project).order_by("pk")[0].uid,
        "asset": document_of(scene).sha256,
        "page": "1",
        "batch": scene.batch.uid,
        "dispute": scene.dispute.uid,
        "release": scene.release.uid,
        "assignment": scene.assignment.uid,
        "draft_version": versions.keep_version(assignment=scene.assignment, name="First")[0].uid,
        "job": scene.batch.job.uid,
        "conflict": conflict.uid,
        "credential": scene.credential.uid,
        "expert": evidence.expert_of(carol).uid,
        "qualification": Qualification.objects.get(expert__user=carol, project_id=None).uid,
        "signing_key": current_key(house).key_id,
        "token": invitation_token(link),
        "core:invitation": link.uid,
        "api:invitation": link.uid,
        "api:membership": in_house.uid,
        "project:invitation": for_project.uid,
        "project:membership": in_project.uid,
        "web:invitation": for_project.uid,
        "core:membership": in_house.uid,
        "web:membership": in_project.uid,
        "name": "manifest.json",
        "section": "progress",
        "version": "1",
        "template": "sentiment",
        "sample": "page",
        "chart": "way",
        "rest": "no/such/address",
    }


def document_of(scene: Scene) -> Asset:
    """A PDF of one page that the item of the scene's dispute shows; the annotator has answered it."""
    sha256 = hashlib.sha256(scene.project.uid.encode()).hexdigest()
    asset = Asset.objects.create(
        project=scene.project,
        sha256=sha256,
        origin=sha256,
        media_type="application/pdf",
        size=1,
        pages=1,
        folder=f"assets/{scene.project.uid}",
    )
    for name in (asset.path, asset.picture_path(1, "large"), asset.text_path(1)):
        default_storage.save(name, ContentFile(gzip.compress(b"{}")))
    ItemAsset.objects.create(item=scene.dispute.item, asset=asset)
    return asset


def people_tested(scene: Scene) -> dict[str, str]:
    """A control item, a suspension, an exam and a sitting of it that is marked."""
    project, now = scene.project, timezone.now()
    settled = Item.objects.filter(project=project).exclude(settled_at=None).order_by("pk")[0]
    suspension = Suspension.objects.create(
        project=project,
        expert=evidence.expert_of(scene.people["annotator2"]),
        right=1,
        asked=5,
        mark=0.7,
        began_at=now,
    )
    exam = Exam.objects.create(project=project, title="Leases", created_by=scene.lead)
    sitting = ExamAttempt.objects.create(
        exam=exam,
        expert=evidence.expert_of(scene.people["annotator"]),
        number=1,
        started_at=now,
        due_at=now,
        finished_at=now,
        asked=10,
        right=9,
        passed=True,
    )
    return {
        "control": copying.copy_settled(item=settled, by=scene.lead).uid,
        "suspension": suspension.uid,
        "exam": exam.uid,
        "sitting": sitting.uid,
    }


def bodies(scene: Scene) -> dict[str, Any]:
    """What is sent where an empty body would be refused before anybody asks who sends it."""
    return {
        "api:studio-tasks": {"data": {"text": "Clause 9."}},
        "api:studio-view-order": {"ids": []},
        "api:studio-predictions": {"result": cast.choice()},
        "api:studio-annotations": {"result": cast.choice()},
        "api:studio-drafts": {"result": cast.choice()},
        "api:draft": {"revision": 1, "result": []},
        "api:submit": {"result": [], "hashes": {}},
        "api:skip": {"reason": "unclear"},
        "api:decision-draft": {"revision": 0, "result": []},
        "api:decide": {"result": cast.choice(), "rationale": "It says so."},
    }
