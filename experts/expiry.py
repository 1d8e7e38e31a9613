"""Credentials that are about to end: who is warned, when, and by which letter.

That a qualification ends with its credential needs no job: `Qualification.in_force` sees the day.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from core import audit, jobs
from core.models import User
from experts.models import Credential, CredentialVerification, ExpiryWarning

DAYS_BEFORE = (30, 7)
AT_ONCE = 100


def ending(user: User, day: date) -> list[tuple[Credential, int]]:
    """The person's credentials that end within 30 days, with the days that are left, the soonest first."""
    last = day + timedelta(days=DAYS_BEFORE[0])
    found = Credential.objects.filter(expert__user=user, valid_until__range=(day, last)).select_related(
        "kind"
    )
    return [(one, (one.valid_until - day).days) for one in found.order_by("valid_until") if one.valid_until]


def _due(day: date, days: int) -> QuerySet[Credential]:
    """Verified somewhere, in this window before the end, and not warned of yet."""
    window = (
        (day + timedelta(days=8), day + timedelta(days=30)) if days == 30 else (day, day + timedelta(days=7))
    )
    accepted = CredentialVerification.objects.filter(credential=OuterRef("pk"), accepted=True)
    warned = ExpiryWarning.objects.filter(
        credential=OuterRef("pk"), days=days, valid_until=OuterRef("valid_until")
    )
    return Credential.objects.filter(Exists(accepted), ~Exists(warned), valid_until__range=window)


def warn(running: jobs.Running) -> int:
    """Write down every warning that is due, each once, with a job for its letter. Returns how many."""
    day, written = timezone.localdate(), 0
    for days in DAYS_BEFORE:
        while True:
            with transaction.atomic():
                running.step()
                due = list(_due(day, days).select_related("expert").order_by("pk")[:AT_ONCE])
                for credential in due:
                    _write(credential, days)
            written += len(due)
            if not due:
                break
    return written


def _write(credential: Credential, days: int) -> None:
    if credential.valid_until is None:  # `_due` asks for a day; this tells the type checker
        return
    warning = ExpiryWarning.objects.create(
        credential=credential, days=days, valid_until=credential.valid_until
    )
    audit.record("credential.ending", by=None, on=credential, changes={"days": days})
    if credential.expert.wants_letters:
        jobs.enqueue("expiry_letter", project_id=None, organisation_id=None, args={"warning": warning.pk})


def send_letter(running: jobs.Running) -> dict[str, Any]:
    """The job: tell the person in their language, unless the credential has another end meanwhile."""
    with transaction.atomic():
        running.step()
    rows = ExpiryWarning.objects.select_related("credential__kind", "credential__expert__user")
    warning = rows.filter(pk=running.job.args["warning"]).first()
    if warning is None or warning.valid_until != warning.credential.valid_until:
        return {"sent": False}
    user = warning.credential.expert.user
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {
            "credential": warning.credential,
            "link": settings.ASSAY_BASE_URL + reverse("web:me"),
        }
        letter = render_to_string("me/expiry_mail.txt", context)
        subject = gettext("Your credential ends on %(day)s") % {"day": warning.valid_until.isoformat()}
    send_mail(subject, letter, None, [user.email])
    return {"sent": True}
