"""Projects that outside scripts found and change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotation import following
from annotation.formats.schema import Schema
from annotation.models import Prediction, Project, StudioProject, StudioView
from annotation.models.studio_summary import drafted_labels
from annotation.stages import overlap, remove, spread
from annotation.stages import project as projects
from annotation.studio import telling
from core import audit
from core.models import Membership, Organisation, User
from core.refusals import InvalidConfig, InvalidInput, NotFound
from experts.models import Sector

GENERAL = "general"
EMPTY = "<View></View>"
_OURS = {"title": "name", "description": "description", "show_collab_predictions": "suggestions"}


def _settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """What of it Assay has settings of its own for."""
    return {
        ours: given[name] or "" if name != "show_collab_predictions" else given[name]
        for name, ours in _OURS.items()
        if name in given
    }


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    """All the rest."""
    known = {*_OURS, "label_config", "maximum_annotations"}
    return {name: value for name, value in given.items() if name not in known}


@transaction.atomic
def create_project(*, organisation: Organisation, by: User, given: Mapping[str, Any]) -> Project:
    """A project with Label Studio's defaults: open to the organisation's members, until a lead says otherwise.

    Raises InvalidInput, and InvalidConfig that names the config.
    """
    values = _settings(given)
    if not values.get("name"):
        values["name"] = _("Untitled project")
    with about_config():
        project = projects.create_project(
            organisation=organisation,
            by=by,
            sector=Sector.objects.get(key=GENERAL),
            config=given.get("label_config") or EMPTY,
            guideline=given.get("expert_instruction") or "",
            outside=True,
            overlap=given.get("maximum_annotations", 1),
            qualified_only=False,
            open_to_members=True,
            bar_authors=False,
            needs_required=False,
            **values,
        )
    project.studio = StudioProject.objects.create(project=project, options=_options(given), created_by=by)
    telling.project_changed("PROJECT_CREATED", project)
    return project


@transaction.atomic
def change_project(*, project: Project, by: User, given: Mapping[str, Any]) -> None:
    """Change what is named. Raises InvalidInput, InvalidConfig."""
    if values := _settings(given):
        projects.change_settings(project=project, by=by, **values)
    if "maximum_annotations" in given and given["maximum_annotations"] != project.overlap:
        overlap.change_overlap(project=project, by=by, overlap=given["maximum_annotations"])
        spread.spread_at_once(project)
        following.follow_soon(project)
    if "label_config" in given:
        config = given["label_config"] or EMPTY
        with about_config():
            check_config(project, config)
            projects.add_schema(project=project, by=by, config=config, outside=True)
    if given.get("expert_instruction"):
        projects.add_guideline(project=project, by=by, text=given["expert_instruction"])
    kept, _made = StudioProject.objects.select_for_update(no_key=True).get_or_create(project=project)
    kept.options = {**kept.options, **_options(given)}
    kept.save(update_fields=["options"])
    if options := _options(given):
        audit.record(
            "project.options_changed",
            by=by,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
            changes={"fields": sorted(options)},
        )
    project.refresh_from_db()
    project.studio = kept
    telling.project_changed("PROJECT_UPDATED", project)


def check_version(project: Project, name: str | None) -> None:
    """Raise InvalidInput for a model version that has predicted nothing here."""
    if name and not Prediction.objects.filter(project=project, model=name).exists():
        raise InvalidInput(
            _("Model version doesn't exist in this project: %(name)s."),
            action=_("GET /api/projects/ID/model-versions lists them."),
            where="model_version",
            params={"name": name},
        )


def note_version(project: Project, name: str) -> None:
    """The model version whose predictions are shown, where nobody has chosen one yet."""
    kept, _made = StudioProject.objects.select_for_update(no_key=True).get_or_create(project=project)
    if name and not kept.options.get("model_version"):
        kept.options = {**kept.options, "model_version": name}
        kept.save(update_fields=["options"])


@transaction.atomic
def delete_project(*, project: Project, by: User) -> None:
    """Take a project away."""
    telling.project_changed("PROJECT_DELETED", project)
    remove.remove_project(project=project, by=by)


def read_config(source: str) -> Schema:
    """What of a config Assay can ask. Raises InvalidConfig for one that Label Studio would not take."""
    return projects.read_config(source, outside=True)


def check_config(project: Project, source: str) -> None:
    """Raise InvalidConfig for a config that would orphan answers or drafts of the project."""
    new, old = read_config(source), project.schemas.order_by("-version")[0].schema
    projects.check_compatible(project, old, new)
    _check_drafts(project, old, new)


def _check_drafts(project: Project, old: Schema, new: Schema) -> None:
    """Raise InvalidConfig for a config without a label that a script's draft gives: it could not be handed in."""
    gone: dict[str, set[str]] = {}
    for question in old.questions:
        kept = new.by_key.get(question.key)
        gone[question.key] = set(question.by_label) - set(kept.by_label if kept else ())
    if not any(gone.values()):
        return
    for control, labels in drafted_labels(project).items():
        for label in sorted(gone.get(control, set()) & set(labels)):
            raise InvalidConfig(
                _("The label “%(label)s” of “%(question)s” stands in a draft, so it cannot vanish."),
                action=_("Keep it, or delete the drafts first."),
                code="label_in_draft",
                params={"label": label, "question": control},
            )


@contextmanager
def about_config() -> Iterator[None]:
    """What is refused of a config is refused as a whole: Label Studio's client looks for the field's name."""
    try:
        yield
    except InvalidConfig as error:
        error.where = "label_config"
        raise


def members_of(project: Project) -> "QuerySet[User]":
    """Everybody with a role in the project's organisation, or in the project."""
    roles = Membership.objects.current().filter(
        Q(organisation=project.organisation_id) | Q(project_id=project.pk)
    )
    return User.objects.filter(pk__in=roles.values("user"))


def view_of(user: User, pk: int) -> StudioView:
    """One's own view of that number, in a project that one still sees. Raises NotFound."""
    here = Project.objects.visible_to(user).values("pk")
    found = StudioView.objects.filter(pk=pk, user=user, project__in=here).first()
    if found is None:
        raise NotFound
    return found
