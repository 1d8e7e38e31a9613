"""Found and change a project: its settings, and new versions of its questions and guideline."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.label_studio_config import judge, outside_schema
from annotation.formats.labelling_config import parse_config
from annotation.formats.messages import FormatError
from annotation.formats.schema import Kind, Question, Schema
from annotation.models import Guideline, Judgement, LabelSchema, LaneCursor, Project
from annotation.models.project import DisputeRule
from annotation.models.shown_fields import check_fields
from annotation.models.standing import recheck_soon
from annotation.refuse import fitting, refusal
from core import audit
from core.models import Organisation, User
from core.refusals import InvalidConfig, InvalidInput
from experts.models import Sector

SETTINGS = (
    "open_to_members",
    "bar_authors",
    "needs_required",
    "name",
    "description",
    "language",
    "qualified_only",
    "language_required",
    "party_field",
    "bar_colleagues",
    "dispute_rule",
    "lease_minutes",
    "suggestions",
    "outcomes_hidden",
    "licence",
    "rights",
)
FOUNDING = (*SETTINGS, "overlap")  # later it is changed with its policy, by `stages.overlap`
FREE_TEXT = {"name", "description", "language", "licence", "rights"}  # the audit trail names them, no more


def read_config(source: str, *, outside: bool = False) -> Schema:
    """Parse a labelling config; raises InvalidConfig naming tag and line.

    With `outside` it is what an outside script brings: Label Studio's verdict counts, and what the workspace cannot
    show is left out of the schema, with notes (`Schema.for_workspace`).
    """
    try:
        return _read_outside(source) if outside else parse_config(source)
    except FormatError as error:
        raise refusal(error, InvalidConfig) from error


def _read_outside(source: str) -> Schema:
    if invalid := judge(source).refusal:
        raise invalid
    return outside_schema(source)


@transaction.atomic
def create_project(
    *,
    organisation: Organisation,
    by: User,
    name: str,
    sector: Sector,
    config: str,
    guideline: str,
    outside: bool = False,
    **settings: Any,
) -> Project:
    """Found a project with version 1 of its questions and guideline; `outside`: see `read_config`.

    Raises InvalidInput, InvalidConfig.
    """
    schema = read_config(config, outside=outside)
    values = _checked({**settings, "name": name}, FOUNDING)
    values["overlap_max"] = max(int(values.get("overlap", 2)), 5)
    project = Project.objects.create(organisation=organisation, sector=sector, **values)
    _store_schema(project, 1, config, schema, by)
    Guideline.objects.create(project=project, version=1, text=guideline, created_by=by)
    _tell("project.created", project, by, {"sector": sector.key})
    return project


def _tell(action: str, project: Project, by: User, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )


def _checked(values: Mapping[str, Any], known: Sequence[str] = SETTINGS) -> dict[str, Any]:
    unknown = set(values) - set(known)
    if unknown:
        raise InvalidInput(
            _("There is no setting called %(name)s."),
            where=sorted(unknown)[0],
            params={"name": sorted(unknown)[0]},
        )
    if "name" in values and not 1 <= len(str(values["name"]).strip()) <= 120:
        raise InvalidInput(_("A project needs a name of at most 120 characters."), where="name")
    for field, low, high in (("overlap", 1, 10), ("lease_minutes", 1, 60 * 24 * 14)):
        value = values.get(field, low)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidInput(
                _("This must be a whole number from %(low)s to %(high)s."),
                where=field,
                params={"low": low, "high": high},
            )
    for field in {"language", "licence", "party_field"} & values.keys():
        fitting(Project, field, str(values[field]))
    if values.get("dispute_rule", DisputeRule.ANY_DIFFERENCE) not in DisputeRule.values:
        raise InvalidInput(_("There is no such rule."), where="dispute_rule")
    return dict(values)


@transaction.atomic
def change_settings(*, project: Project, by: User, **settings: Any) -> None:
    """Change some of SETTINGS. Raises InvalidInput."""
    values = _checked(settings)
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    changed = {key: value for key, value in values.items() if getattr(current, key) != value}
    if not changed:
        return
    if "bar_colleagues" in changed:
        LaneCursor.objects.filter(lane__project=project).delete()  # what was passed by may be theirs again
    Project.objects.filter(pk=project.pk).update(**changed)
    project.refresh_from_db()
    told = {key: value for key, value in changed.items() if key not in FREE_TEXT}
    _tell("project.changed", project, by, {"fields": sorted(changed), **told})


@transaction.atomic
def set_paused(*, project: Project, by: User, paused: bool) -> None:
    """Stop or resume handing out items. What is on a desk may be finished; what waits behind it goes back."""
    Project.objects.filter(pk=project.pk).update(paused_at=timezone.now() if paused else None)
    _tell("project.paused" if paused else "project.resumed", project, by, {})
    if paused:
        recheck_soon(project)


@transaction.atomic
def add_guideline(*, project: Project, by: User, text: str) -> Guideline:
    """Save a new version; the same text again gives the version that has it."""
    if not text.strip():
        raise InvalidInput(
            _("A guideline cannot be empty."), action=_("Write what annotators should do."), where="text"
        )
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    newest = project.guidelines.order_by("-version").first()
    if newest and newest.text == text:
        return newest
    guideline = Guideline.objects.create(
        project=project, version=newest.version + 1 if newest else 1, text=text, created_by=by
    )
    _tell("guideline.versioned", project, by, {"version": guideline.version})
    return guideline


@transaction.atomic
def add_schema(*, project: Project, by: User, config: str, outside: bool = False) -> LabelSchema:
    """Save a new version of the questions; `outside`: see `read_config`.

    A question that has answers may not change its kind or vanish, nor a field, while there are items, what it shows.
    """
    schema = read_config(config, outside=outside)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    newest = project.schemas.order_by("-version").first()
    if newest and newest.source == config:
        return newest
    if newest:
        check_compatible(project, newest.schema, schema)
        check_fields(project, newest.schema, schema)
    version = (project.schemas.aggregate(top=Max("version"))["top"] or 0) + 1
    stored = _store_schema(project, version, config, schema, by)
    _tell("schema.versioned", project, by, {"version": version})
    return stored


def is_outside(project: Project) -> bool:
    """Whether scripts label the project: then its config may ask what the workspace cannot show."""
    newest = project.schemas.order_by("-version").first()
    return newest is not None and bool(newest.beyond_workspace)


def check_compatible(project: Project, old: Schema, new: Schema) -> None:
    """Refuse a version that would orphan answers: a question that has some, or a label that some carry."""
    for question in old.questions:
        kept = new.by_key.get(question.key)
        if kept is None or _asked_as(kept) != _asked_as(question):
            if _judged(project, question).exists():
                raise InvalidConfig(
                    _("The question “%(question)s” has answers, so it cannot vanish or change its kind."),
                    action=_("Keep its name and tag, or start another project."),
                    code="question_in_use",
                    params={"question": question.key},
                )
            continue
        gone = set(question.by_label) - set(kept.by_label)
        for label in sorted(gone & _used_labels(project, question) if gone else ()):
            raise InvalidConfig(
                _("The label “%(label)s” of “%(question)s” has answers, so it cannot vanish."),
                action=_(
                    "Keep it; change only the words that people see, and give it its old value as alias."
                ),
                code="label_in_use",
                params={"label": label, "question": question.key},
            )
        for part in _parts_in_use(project, question, kept):
            raise InvalidConfig(
                _("“%(part)s” of “%(question)s” has answers, so it cannot vanish or take fewer points."),
                action=_("Keep it, or start another project."),
                code="part_in_use",
                params={"part": part, "question": question.key},
            )


def _judged(project: Project, question: Question) -> "QuerySet[Judgement]":
    """What was answered; answers that were taken back hold on to nothing."""
    return Judgement.objects.filter(project=project, question=question.key, annotation__retracted_at=None)


def _asked_as(question: Question) -> tuple[Kind, bool, str]:
    return question.kind, question.per_region, question.tag


def _parts_in_use(project: Project, old: Question, new: Question) -> list[str]:
    """The buckets and criteria that answers name and the new version has no more, or has with fewer points."""
    buckets = {one.key for one in old.buckets} - {one.key for one in new.buckets}
    most = {one.text: one.most for one in new.criteria}
    criteria = [one.text for one in old.criteria if most.get(one.text, 0) < one.most]
    if not buckets and not criteria:
        return []
    said = _judged(project, old)
    if criteria:  # points are not in a score: every answer has given them
        return criteria if said.exists() else []
    values = said.values_list("value", flat=True).iterator(chunk_size=5000)
    used = {name for value in values for name, *ids in value if ids}
    return sorted(buckets & used)


def _used_labels(project: Project, question: Question) -> set[str]:
    used: set[str] = set()
    said = _judged(project, question)
    for value in said.values_list("value", flat=True).iterator(chunk_size=5000):
        match question.kind:
            case Kind.SPANS | Kind.RELATIONS:
                used.update(one[2] for one in value)
            case Kind.CHOICES:
                used.update(value)
            case Kind.RANKING:
                used.update(value if all(isinstance(one, str) for one in value) else [])
            case Kind.BOXES:
                used.update(part for box in value for part in box if isinstance(part, str))
            case _:
                used.add(value)
    return used


def _store_schema(project: Project, version: int, source: str, schema: Schema, by: User) -> LabelSchema:
    return LabelSchema.objects.create(
        project=project, version=version, source=source, parsed=schema.to_json(), created_by=by
    )
