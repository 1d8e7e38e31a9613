"""How a call to the outside is refused, or fails."""

from django.utils.translation import gettext_lazy as _

from core.refusals import InvalidInput, Refusal


class AddressRefused(InvalidInput):
    """The guard lets nobody call this address; `params` hold the address and why."""

    code = "address_refused"
    title = _("This address is not called")
    detail = _("%(address)s is not called: %(why)s")
    action = _("Use an address that is open to the internet, or ask the operator to allow this one.")

    def __init__(self, address: str, why: object) -> None:
        super().__init__(where="url", params={"address": address[:200], "why": why})


class CallFailed(Refusal):
    """The address was called, but there was no answer that could be used."""

    status, code = 502, "call_failed"
    title = _("The other side did not answer")
    detail = _("%(host)s: %(why)s")
    action = _("See whether the address is right and its server runs, then try again.")

    def __init__(self, host: str, why: object) -> None:
        super().__init__(params={"host": host[:200], "why": why})


class TimeUp(Exception):
    """The time for the whole call is over."""


class AnswerTooLarge(Exception):
    """More came back than the caller has room for."""
