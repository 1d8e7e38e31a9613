"""Keep a version of a draft, as its author asks."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Draft, DraftVersion
from annotation.models.draft_version import fits
from core.refusals import AlreadyDone, InvalidInput


@transaction.atomic
def keep_version(*, assignment: Assignment, name: str) -> tuple[DraftVersion, bool]:
    """Keep the draft as it is stored, under a name or none; False when nothing has changed since the last version.

    Raises AlreadyDone (there is no draft any more), InvalidInput.
    """
    Assignment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)
    name = name.strip()
    if len(name) > 80:
        raise InvalidInput(_("A version's name has at most 80 characters."), where="name")
    draft = Draft.objects.filter(assignment=assignment).first()
    if draft is None:
        if assignment.outcome == "":
            raise InvalidInput(
                _("There is no draft yet."), action=_("Write something; it is saved as you write.")
            )
        raise AlreadyDone(_("You have submitted or skipped this item."), action=_("Open the next item."))
    if not fits(draft):
        raise InvalidInput(
            _("This answer is too large for versions."),
            action=_("Your draft itself is saved; undo works without end while the page is open."),
        )
    return DraftVersion.objects.keep(draft, name, timezone.now())
