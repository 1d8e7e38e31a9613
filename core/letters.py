"""Letters that Assay sends, each by a job: a mail server that is down delays them, no more."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from core import jobs
from core.models import Invitation
from core.organisations import invitation_token


def invitation_link(invitation: Invitation) -> str:
    """The address that accepts it, on the host that people use."""
    return settings.ASSAY_BASE_URL + reverse("core:invitation", args=[invitation_token(invitation)])


def send_invitation(running: jobs.Running) -> dict[str, Any]:
    """The job: write to whom the invitation names, unless it has ended. A refusal of the mail server is tried again."""
    args = running.job.args
    with transaction.atomic():
        running.step()
    invitation = Invitation.objects.open().select_related("invited_by").filter(pk=args["invitation"]).first()
    if invitation is None:
        return {"sent": False}
    with translation.override(args["language"]):
        letter = render_to_string(
            "organisations/invitation_mail.txt",
            {"invitation": invitation, "place": args["place"], "link": invitation_link(invitation)},
        )
        subject = gettext("Invitation to %(place)s") % {"place": args["place"]}
    send_mail(subject, letter, None, [invitation.email])
    return {"sent": True}
