"""Every way in which Assay says no: one family, each with a code, what happened, and what to do next.

Stages raise them; `annotation.api.problems` and `annotation.web.refused` each turn them into one clear answer.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Refusal(Exception):
    """The base. `detail` and `action` are translatable and filled from `params`; `where` names the place."""

    status = 400
    code = "invalid"
    wait = 0
    """Seconds after which it is worth trying again; 0: as it is, never."""
    title: Text = _("That cannot be done")
    detail: Text = _("The request was not understood.")
    action: Text = _("Check what was sent and try again.")

    def __init__(
        self,
        detail: Text | None = None,
        *,
        action: Text | None = None,
        code: str | None = None,
        where: str | None = None,
        params: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.params = dict(params or {})
        self.detail = detail if detail is not None else type(self).detail
        self.action = action if action is not None else type(self).action
        self.code = code or type(self).code
        self.where = where
        self.extra = dict(extra or {})
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        text = str(self.detail)
        return text % self.params if self.params else text

    @property
    def advice(self) -> str:
        """What to do next, in the reader's language."""
        text = str(self.action)
        return text % self.params if self.params else text


class InvalidInput(Refusal):
    """What was sent is not what is needed; `where` names the field."""

    title = _("Something in the input is not right")


class NotReady(Refusal):
    """What is asked for is being made; nothing was stored."""

    status, code = 503, "not_ready"
    title = _("Not there yet")
    detail = _("This item has just come in and is still being checked.")
    action = _("Try again in a moment.")


class TooLarge(Refusal):
    """More than one request may bring."""

    status, code = 413, "too_large"
    title = _("This is too large")
    detail = _("The body has more than %(limit)s bytes.")
    action = _("Send less at once.")


class InvalidLabel(Refusal):
    """An answer that does not fit the schema or the text."""

    status, code = 422, "invalid_label"
    title = _("This answer does not fit")
    action = _("Correct the marked place and send it again. Your draft is kept.")


class InvalidConfig(Refusal):
    """A labelling config that cannot be used; names tag and line."""

    status, code = 422, "invalid_config"
    title = _("This labelling config cannot be used")


class KeyRefused(Refusal):
    """A key that opens nothing: forged, reset, revoked, expired, or of a person who may not come in."""

    status, code = 401, "key_refused"
    title = _("This key is not accepted")
    detail = _("This key is not valid, or not any more.")
    action = _("Look at your API keys in your profile, and use the one that stands there.")


class NotAllowed(Refusal):
    """Seen, but not permitted."""

    status, code = 403, "not_allowed"
    title = _("You may not do this")
    detail = _("Your role does not allow this.")
    action = _("Ask a lead of the project or an owner of the organisation.")


class NotFound(Refusal):
    """It does not exist, or it does not exist for you: the answer is the same."""

    status, code = 404, "not_found"
    title = _("Not found")
    detail = _("There is nothing here, or nothing that you may see.")
    action = _("Check the address, or ask for access.")


class NotQualified(Refusal):
    """The expert may not judge this kind of item."""

    status, code = 403, "not_qualified"
    title = _("A qualification is missing")
    detail = _("You are not qualified for this project yet.")
    action = _("Your profile shows what is missing and how to get it.")


class Conflicted(Refusal):
    """The expert has an interest in, or a part in, what they would judge."""

    status, code = 403, "conflicted"
    title = _("Somebody else must decide this")
    detail = _("You have a part or an interest in this item, so you may not adjudicate it.")
    action = _("Take another dispute.")


class SigningKeyLocked(Refusal):
    """The key that signs releases was encrypted under a SECRET_KEY that this installation does not have."""

    status, code = 409, "signing_key_locked"
    title = _("The signing key cannot be opened")
    detail = _("The signing key %(key)s was encrypted under another SECRET_KEY: nothing was signed.")
    action = _(
        "Start Assay with that SECRET_KEY, or put it into SECRET_KEY_FALLBACKS; "
        "or have an owner of the organisation make a new signing key."
    )


class LeaseExpired(Refusal):
    """The assignment is no longer this expert's."""

    status, code = 409, "lease_expired"
    title = _("The time for this item ran out")
    detail = _("The item went to somebody else meanwhile. Your draft is kept.")
    action = _("You can still submit it: it is kept as an extra answer. Or open the next item.")


class ExamOver(Refusal):
    """An answer to an exam after its time."""

    status, code = 409, "exam_over"
    title = _("The exam is over")
    detail = _("The time for this exam is over. Answers that were in before count.")
    action = _("Open the exam's page to see your result.")


class OtherAccount(Refusal):
    """A page that one person opened calls while another is signed in."""

    status, code = 409, "other_account"
    title = _("Somebody else is signed in")
    detail = _("Another account is signed in in this browser by now.")
    action = _("Sign in with your own account again. What you have written is kept on this device.")


class StaleDraft(Refusal):
    """A draft was saved from an older revision; both versions are kept."""

    status, code = 409, "stale_draft"
    title = _("This item was changed elsewhere")
    detail = _("Another tab or device saved a newer version of this draft.")
    action = _("Choose which version to keep.")


class OtherAnswer(Refusal):
    """Another answer to the same assignment was submitted before; that one stands."""

    status, code = 409, "other_answer"
    title = _("You have answered this item already")
    detail = _(
        "Another answer of yours to this item was submitted first, in another tab or on another device."
    )
    action = _("Compare the two. The first one stands: what you wrote here is not submitted.")


class AlreadyDone(Refusal):
    """The state has moved on: somebody did this first."""

    status, code = 409, "already_done"
    title = _("This was done already")
    detail = _("Somebody did this before you.")
    action = _("Load the page again to see how it stands.")
