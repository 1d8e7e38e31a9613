"""The letter that carries an invitation's link."""

import logging
import smtplib

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from core.models import Invitation
from core.organisations import invitation_token

log = logging.getLogger(__name__)


def invitation_link(request: HttpRequest, invitation: Invitation) -> str:
    """The address that accepts it."""
    return request.build_absolute_uri(reverse("core:invitation", args=[invitation_token(invitation)]))


def send_invitation(request: HttpRequest, invitation: Invitation, place: str) -> None:
    """Send it when it has an address, and tell the person who invited how it went. The link works either way."""
    if not invitation.email:
        messages.success(request, gettext("The link is ready: copy it and pass it on."))
        return
    letter = render_to_string(
        "organisations/invitation_mail.txt",
        {"invitation": invitation, "place": place, "link": invitation_link(request, invitation)},
    )
    try:
        send_mail(gettext("Invitation to %(place)s") % {"place": place}, letter, None, [invitation.email])
    except (smtplib.SMTPException, OSError) as error:
        log.warning("an invitation could not be sent: %s", error)
        messages.warning(
            request, gettext("The letter could not be sent. Copy the link and pass it on yourself.")
        )
    else:
        messages.success(
            request, gettext("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
