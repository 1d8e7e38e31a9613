"""What an expert promises before the first item: a text in versions, and each person's yes to one of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Acceptance, Project, Undertaking
from annotation.models.standing import recheck_soon
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert

LONGEST = 100_000


@transaction.atomic
def write_undertaking(*, project: Project, by: User, text: str) -> Undertaking:
    """A new version, which everybody has to accept before they are shown another item; an empty one asks for nothing.

    Raises InvalidInput for a text that is too long, or the same as before.
    """
    if len(text) > LONGEST:
        raise InvalidInput(
            _("This is too long: at most %(limit)s characters."), where="text", params={"limit": LONGEST}
        )
    text = text.strip() and text
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    newest = newest_undertaking(project)
    if text == (newest.text if newest else ""):
        raise InvalidInput(
            _("This is the text that is in force."),
            action=_("Change it, or leave it as it is."),
            where="text",
            code="nothing_changed",
        )
    made = Undertaking.objects.create(
        project=project, version=newest.version + 1 if newest else 1, text=text, created_by=by
    )
    _tell("undertaking.versioned", project, by, {"version": made.version, "empty": not text})
    recheck_soon(project)
    return made


def newest_undertaking(project: Project) -> Undertaking | None:
    """The version that counts, if there ever was one."""
    return project.undertakings.order_by("-version").first()


@transaction.atomic
def accept_undertaking(*, project: Project, expert: Expert, by: User, version: int) -> Acceptance:
    """The expert's yes to the version they have read; sent again, the first yes comes back.

    Raises AlreadyDone, code `stale_version`, when a newer one is in force; InvalidInput when none asks for anything.
    """
    newest = newest_undertaking(project)
    if newest is None or not newest.text:
        raise InvalidInput(
            _("This project asks for no undertaking."), action=_("Go on to its items."), code="no_undertaking"
        )
    if version != newest.version:
        raise AlreadyDone(
            _("Version %(newest)s is in force by now, not version %(version)s."),
            action=_("Read the newer one, and accept it."),
            code="stale_version",
            where="version",
            params={"newest": newest.version, "version": version},
        )
    accepted, made = Acceptance.objects.get_or_create(
        undertaking=newest, expert=expert, defaults={"accepted_at": timezone.now()}
    )
    if made:
        _tell("undertaking.accepted", project, by, {"version": version, "expert": expert.uid})
    return accepted


def _tell(action: str, project: Project, by: User, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
