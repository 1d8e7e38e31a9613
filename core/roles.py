"""What a role in an organisation or a project allows. The one table that api, web and tests read."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A person's part in an organisation (all its projects) or in one project."""

    OWNER = "owner", _("Owner")
    LEAD = "lead", _("Lead")
    ADJUDICATOR = "adjudicator", _("Adjudicator")
    ANNOTATOR = "annotator", _("Annotator")
    CONTRIBUTOR = "contributor", _("Contributor")
    AUDITOR = "auditor", _("Auditor")


class Capability(StrEnum):
    """One thing that a role may do. Asked by name, so that no page lists roles."""

    SEE_PROJECT = "see_project"  # that it exists, its guideline and questions
    SEE_WORK = "see_work"  # items, answers, agreement, disputes, releases, people
    SEE_AUDIT = "see_audit"
    LABEL = "label"
    ADJUDICATE = "adjudicate"
    BRING_BATCHES = "bring_batches"  # upload, and see one's own batches
    LEAD_PROJECT = "lead_project"  # settings, schema, guideline, people, verification, releases
    OWN_ORGANISATION = "own_organisation"


_EVERYBODY = frozenset(Role)
ALLOWED: dict[Capability, frozenset[Role]] = {
    Capability.SEE_PROJECT: _EVERYBODY,
    Capability.SEE_WORK: frozenset({Role.OWNER, Role.LEAD, Role.AUDITOR}),
    Capability.SEE_AUDIT: frozenset({Role.OWNER, Role.LEAD, Role.AUDITOR}),
    Capability.LABEL: frozenset({Role.ANNOTATOR}),
    Capability.ADJUDICATE: frozenset({Role.ADJUDICATOR}),
    Capability.BRING_BATCHES: frozenset({Role.OWNER, Role.LEAD, Role.CONTRIBUTOR}),
    Capability.LEAD_PROJECT: frozenset({Role.OWNER, Role.LEAD}),
    Capability.OWN_ORGANISATION: frozenset({Role.OWNER}),
}


def roles_that(capability: Capability) -> list[str]:
    """The roles that allow a capability, for a query."""
    return sorted(ALLOWED[capability])
