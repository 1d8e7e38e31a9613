"""Personal data that the check at the door found, and what people said of it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from annotation.models import QualityFinding
from annotation.models.quality import Outcome, StepKey
from annotation.web.charts import number

KINDS = {
    "resident_id": gettext_lazy("Chinese resident identity number"),
    "iban": gettext_lazy("bank account number (IBAN)"),
    "card": gettext_lazy("payment card number"),
    "us_ssn": gettext_lazy("US social security number"),
    "nhs_number": gettext_lazy("NHS number"),
    "medical_record": gettext_lazy("medical record number"),
    "passport": gettext_lazy("passport number"),
    "birth_date": gettext_lazy("date of birth"),
    "mobile": gettext_lazy("Chinese mobile number"),
    "phone": gettext_lazy("telephone number"),
    "profile_link": gettext_lazy("link with a user name"),
    "email": gettext_lazy("e-mail address"),
    "ip_address": gettext_lazy("IP address"),
    "chat_account": gettext_lazy("WeChat or QQ account"),
    "unread": gettext_lazy("text too long to be looked through"),
}
"""What each kind is called, in the order in which it is told."""


def said(finding: QualityFinding) -> str:
    """The kind and where it stands: characters count from 1, over all texts of the item."""
    kind, params = KINDS.get(finding.code, finding.code), finding.params
    if finding.code == "unread":
        return gettext("Its text is longer than the %(characters)s characters that were looked through.") % {
            "characters": number(params.get("characters", 0))
        }
    begins = [str(begin + 1) for begin, _end in params.get("places", [])[:5]]
    count = params.get("count", len(begins))
    where = gettext("at character %(begins)s") % {"begins": ", ".join(begins)} if begins else ""
    more = " …" if count > len(begins) else ""
    times = ngettext("%(count)s place", "%(count)s places", count) % {"count": number(count)}
    return f"{kind} · {times} · {where}{more}"


def figures(seen: Mapping[str, Any]) -> str:
    """How many texts hold each kind."""
    kinds: Mapping[str, int] = seen.get("kinds", {})
    known = [*(code for code in KINDS if kinds.get(code)), *sorted(kinds.keys() - KINDS.keys())]
    return " · ".join(f"{KINDS.get(code, code)}: {number(kinds[code])}" for code in known)


def looked(finding: QualityFinding) -> str:
    """What somebody said who looked at it; empty where nobody has to."""
    if finding.step != StepKey.PERSONAL:
        return ""
    if finding.outcome == Outcome.OPEN:
        return str(Outcome.OPEN.label)
    return f"{finding.get_outcome_display()} · {finding.seen_by}"
