"""What the codes of the audit trail say to a person. A code that is not listed stands for itself."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "annotation.submitted": _("Answer submitted"),
    "assignment.expired": _("Time for the item ran out"),
    "assignment.leased": _("Item handed out"),
    "assignment.leased_again": _("Item handed out again"),
    "assignment.returned": _("Item given back"),
    "assignment.skipped": _("Item skipped"),
    "assignment.unqualified": _("Item returned: the qualification has ended"),
    "batch.begun": _("Import begun"),
    "batch.deidentified": _("De-identification stated"),
    "batch.rights_stated": _("Rights stated"),
    "conflict.counted": _("Items withheld for a conflict of interest counted"),
    "conflict.declared": _("Conflict of interest declared"),
    "conflict.withdrawn": _("Conflict of interest withdrawn"),
    "batch.routed": _("Import opened for work"),
    "batch.stored": _("Import read to its end"),
    "credential.added": _("Credential handed in"),
    "credential.ending": _("Warned that a credential ends"),
    "credential.rejected": _("Credential rejected"),
    "credential.revoked": _("Credential revoked"),
    "credential.verified": _("Credential verified"),
    "dispute.decided": _("Dispute decided"),
    "expert.changed": _("Profile changed"),
    "guideline.versioned": _("New guideline version"),
    "invitation.accepted": _("Invitation accepted"),
    "invitation.made": _("Invitation made"),
    "invitation.revoked": _("Invitation withdrawn"),
    "item.compared": _("Answers compared"),
    "item.settled": _("Item settled"),
    "item.widened": _("More answers asked for"),
    "job.stopped": _("Work in the background stopped"),
    "membership.ended": _("Role taken away"),
    "membership.granted": _("Role given"),
    "organisation.changed": _("Organisation changed"),
    "organisation.created": _("Organisation founded"),
    "person.email_added": _("E-mail address added"),
    "person.email_changed": _("E-mail address changed"),
    "person.email_confirmed": _("E-mail address confirmed"),
    "person.email_removed": _("E-mail address removed"),
    "person.password_changed": _("Password changed"),
    "person.renamed": _("Person renamed"),
    "person.signed_up": _("Account made"),
    "project.changed": _("Project settings changed"),
    "project.created": _("Project started"),
    "project.overlap_changed": _("Overlap policy changed"),
    "project.paused": _("Project paused"),
    "project.resumed": _("Project resumed"),
    "qualification.granted": _("Qualification granted"),
    "qualification.revoked": _("Qualification revoked"),
    "release.published": _("Release published"),
    "release.requested": _("Release asked for"),
    "schema.versioned": _("New schema version"),
}
KINDS: dict[str, str | Promise] = {
    "adjudication": _("Adjudication"),
    "annotation": _("Annotation"),
    "assignment": _("Assignment"),
    "batch": _("Batch"),
    "conflict": _("Conflict of interest"),
    "conflictcount": _("Conflict of interest"),
    "credential": _("Credential"),
    "dispute": _("Dispute"),
    "expert": _("Expert"),
    "guideline": _("Guideline"),
    "invitation": _("Invitation"),
    "item": _("Item"),
    "job": _("Background work"),
    "labelschema": _("Schema"),
    "membership": _("Membership"),
    "organisation": _("Organisation"),
    "project": _("Project"),
    "qualification": _("Qualification"),
    "release": _("Release"),
    "user": _("Person"),
}


def action(code: str) -> str:
    """What was done."""
    return str(ACTIONS.get(code, code))


def kind(code: str) -> str:
    """What it was done to."""
    return str(KINDS.get(code, code))
