"""Tell somebody by letter that they are suspended: why, and how to return. Never which items were control items."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from annotation.models import Suspension
from annotation.models.sitting import ways_back
from core import jobs


def send_letter(running: jobs.Running) -> dict[str, Any]:
    """The job: write in the person's language, unless the suspension has ended meanwhile."""
    with transaction.atomic():
        running.step()
    rows = Suspension.objects.current().select_related("project", "expert__user")
    suspension = rows.filter(pk=running.job.args["suspension"]).first()
    if suspension is None:
        return {"sent": False}
    user = suspension.expert.user
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {
            "suspension": suspension,
            "percent": round(100 * suspension.mark),
            "exams": list(ways_back(suspension.project)),
            "link": settings.ASSAY_BASE_URL + reverse("web:project", args=[suspension.project.uid]),
        }
        letter = render_to_string("exams/suspension_mail.txt", context)
        subject = gettext("Your work in “%(project)s” is suspended") % {"project": suspension.project.name}
    send_mail(subject, letter, None, [user.email])
    return {"sent": True}
