"""What happens to accounts, for the audit trail: signing up and passwords are allauth's, and its signals tell."""

from typing import Any

from allauth.account import signals
from django.db import transaction

from core import audit
from core.models import User


def connect() -> None:
    """Listen, once, when the app is ready. These are another library's events: our own state sends no signals."""
    signals.user_signed_up.connect(_signed_up, dispatch_uid="trail_signed_up")
    signals.password_set.connect(_password, dispatch_uid="trail_password_set")
    signals.password_changed.connect(_password, dispatch_uid="trail_password_changed")
    signals.password_reset.connect(_password, dispatch_uid="trail_password_reset")
    signals.email_changed.connect(_email_changed, dispatch_uid="trail_email_changed")
    signals.email_added.connect(_email_added, dispatch_uid="trail_email_added")
    signals.email_removed.connect(_email_removed, dispatch_uid="trail_email_removed")
    signals.email_confirmed.connect(_email_confirmed, dispatch_uid="trail_email_confirmed")


def _signed_up(sender: Any, *, user: User, **_more: Any) -> None:
    _tell("person.signed_up", user, user.email)


def _password(sender: Any, *, user: User, **_more: Any) -> None:
    _tell("person.password_changed", user)


def _email_changed(sender: Any, *, user: User, to_email_address: Any, **_more: Any) -> None:
    _tell("person.email_changed", user, to_email_address.email)


def _email_added(sender: Any, *, user: User, email_address: Any, **_more: Any) -> None:
    _tell("person.email_added", user, email_address.email)


def _email_removed(sender: Any, *, user: User, email_address: Any, **_more: Any) -> None:
    _tell("person.email_removed", user, email_address.email)


def _email_confirmed(sender: Any, *, email_address: Any, **_more: Any) -> None:
    _tell("person.email_confirmed", email_address.user, email_address.email)


def _tell(action: str, user: User, email: str = "") -> None:
    with transaction.atomic():
        audit.record(
            action, by=user, on=user, changes={"email": audit.digest(email.lower())} if email else None
        )
