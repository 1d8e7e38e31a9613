"""Ask for a release: number it, write down what it is to hold, and the job that makes it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.messages import FormatError
from annotation.formats.release.registry import USUAL, chosen
from annotation.models import Item, Project, Release, Unfolded, noting
from annotation.models.release_agreement import full_run, wants_full
from annotation.models.release_policy import policy_of
from annotation.models.release_view import view_of
from annotation.refuse import refusal
from core import audit, jobs
from core.models import User
from core.refusals import InvalidInput


@transaction.atomic
def request_release(
    *,
    project: Project,
    by: User,
    files: bool = False,
    formats: Iterable[str] | None = None,
    licence: str = "",
) -> Release:
    """Number a release and write down the job that makes it.

    It holds the record and `formats` (keys of the registry; none named: the usual ones that fit). It names the PDFs and
    pictures that items show by their hashes; with `files` it holds them too. `licence` is its own for this once, else
    that of the policy, the project or the organisation. Where its policy has a floor for alpha of spans everything is
    measured anew first, unless that was done of these answers. Raises InvalidInput when nothing is settled, for a
    format that there is not or that the questions cannot fill.
    """
    project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=project.pk)
    )
    if not Item.objects.filter(project=project, bad_at=None).exclude(settled_at=None).exists():
        raise InvalidInput(
            _("No item is settled yet, so there is nothing to release."),
            action=_("Wait until items have reached their overlap and their disputes are decided."),
            code="nothing_settled",
        )
    policy = policy_of(project)
    schema = project.schemas.order_by("-version")[0]
    wanted = wants_full(schema.schema, policy.alpha_floor)
    full = full_run(project) if wanted else None
    if wanted and full is None:
        noting.measure_soon(
            project
        )  # before the release's own time: freezing waits for what was asked for until then
    last = project.releases.aggregate(top=Max("number"))["top"] or 0
    release = Release(
        project=project,
        number=last + 1,
        label_schema=schema,
        guideline=project.guidelines.order_by("-version")[0],
        policy=policy.frozen(),
        licence=licence or policy.licence or project.licence or project.organisation.default_licence,
        requested_by=by,
        created_at=timezone.now(),
    )
    release.formats = _formats(release, formats)
    release.save()
    release.job = jobs.enqueue(
        "release",
        args={
            "release": release.pk,
            "files": files,
            "full_run": full,
            "noted": Unfolded.objects.filter(project=project).aggregate(top=Max("pk"))["top"] or 0,
        },
        project_id=project.pk,
        organisation_id=project.organisation_id,
        by=by,
    )
    release.save(update_fields=["job"])
    tell("release.requested", release, by, {"number": release.number, "files": files})
    return release


def _formats(release: Release, wanted: Iterable[str] | None) -> list[str]:
    """The keys of what it will hold; a format that was named must fit, the usual ones are left out otherwise."""
    view = view_of(release)
    try:
        formats = chosen(USUAL if wanted is None else wanted)
        unfit = [(one.key, code) for one in formats if (code := one.misfit(view))]
        if unfit and wanted is not None:
            key, code = unfit[0]
            raise FormatError(code, {"format": key}, where="formats")
    except FormatError as error:
        raise refusal(error, InvalidInput) from None
    return [one.key for one in formats if one.key not in dict(unfit)]


def tell(action: str, release: Release, by: User | None, changes: dict[str, Any]) -> None:
    """Write it into the audit trail."""
    project = release.project
    audit.record(
        action,
        by=by,
        on=release,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
