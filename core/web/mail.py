"""What is said to whoever invited."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from core.models import Invitation


def tell_invited(request: HttpRequest, invitation: Invitation) -> None:
    """The letter is a job's; the link on the page works either way."""
    if invitation.email:
        said = gettext("The invitation is on its way to %(email)s.") % {"email": invitation.email}
    else:
        said = gettext("The link is ready: copy it and pass it on.")
    messages.success(request, said)
