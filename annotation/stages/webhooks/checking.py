"""What a webhook may be: where it goes, what it hears, what is sent along."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotation.models.webhook_action import ACTIONS
from core.outbound import guard
from core.refusals import InvalidInput

MOST_HEADERS = 20
LONGEST_HEADER = 2000
FLAGS = ("is_active", "send_payload", "send_for_all_actions")
SETTINGS = ("url", "headers", "actions", *FLAGS)
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # RFC 9110, a token
_OF_A_CONNECTION = {  # RFC 9110, 7.6.1
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_OF_WHAT_IS_SENT = {"accept-encoding", "content-encoding", "content-length", "content-type", "expect", "host"}
_OURS = _OF_A_CONNECTION | _OF_WHAT_IS_SENT | {"user-agent"}


def check(settings: Mapping[str, Any], *, of_project: bool) -> dict[str, Any]:
    """What is named of SETTINGS, checked. Raises InvalidInput naming the field, AddressRefused for the address."""
    checked = dict(settings)
    for name, value in settings.items():
        if name not in SETTINGS:
            raise InvalidInput(_("There is no setting called %(name)s."), where=name, params={"name": name})
        if name in FLAGS and not isinstance(value, bool):
            raise InvalidInput(_("This must be true or false."), where=name)
    if "url" in settings:
        if not isinstance(settings["url"], str):
            raise InvalidInput(_("This must be an address."), where="url")
        guard.check(settings["url"])
    if "headers" in settings:
        _check_headers(settings["headers"])
    if "actions" in settings:
        checked["actions"] = _actions(settings["actions"], of_project=of_project)
    return checked


def _check_headers(headers: Any) -> None:
    if not isinstance(headers, dict) or len(headers) > MOST_HEADERS:
        raise InvalidInput(
            _("Headers are an object of names and texts, %(most)s at most."),
            where="headers",
            params={"most": MOST_HEADERS},
        )
    for name, value in headers.items():
        if not _NAME.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("x-assay-"):
            raise InvalidInput(
                _("The header “%(name)s” cannot be set here."), where="headers", params={"name": name[:100]}
            )
        fits = isinstance(value, str) and len(value) <= LONGEST_HEADER and value.isascii()
        if not fits or (value and not value.isprintable()) or value != value.strip():
            raise InvalidInput(
                _("The value of the header “%(name)s” must be plain ASCII text of one line."),
                where="headers",
                params={"name": name},
            )


def _actions(actions: Any, *, of_project: bool) -> list[str]:
    if not isinstance(actions, list):
        raise InvalidInput(_("Actions are a list of names."), where="actions")
    for action in actions:
        if not isinstance(action, str) or action not in ACTIONS:
            raise InvalidInput(
                _("There is no action called “%(name)s”."),
                action=_("Those that there are: %(all)s."),
                where="actions",
                params={"name": str(action)[:100], "all": ", ".join(ACTIONS)},
            )
        if of_project and ACTIONS[action].organisation_only:
            raise InvalidInput(
                _("Only a webhook of the whole organisation hears of “%(name)s”."),
                action=_("Leave the action out, or make a webhook without a project."),
                where="actions",
                params={"name": action},
            )
    return list(dict.fromkeys(actions))
