"""A project's rules of qualification in words, in the reader's language. Read-only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from annotation.models import QualificationRule
from annotation.models.requirement import Combine


def whom(kind: str, tier: str) -> str:
    """Which answers are meant: “Items of the kind “opinion””."""
    if kind and tier:
        return _("Answers of specialists to items of the kind “%(kind)s”") % {"kind": kind}
    if kind:
        return _("Items of the kind “%(kind)s”") % {"kind": kind}
    return _("Answers of specialists") if tier else _("Every item")


def needs(rule: QualificationRule) -> str:
    """What the rule asks for, without its credential kinds being fetched one by one if they are prefetched."""
    parts = []
    if rule.by_credential:
        parts.append(_credentials([str(kind) for kind in rule.credential_kinds.all()]))
    if rule.exam:
        parts.append(_("the exam “%(exam)s”") % {"exam": rule.exam.title})
    if rule.by_grant:
        parts.append(_("a grant by a lead"))
    word = (
        pgettext("between the last two of a list", " or ")
        if rule.combine == Combine.ANY
        else pgettext("between the last two of a list", " and ")
    )
    return word.join(parts)


def sentence(rule: QualificationRule) -> str:
    """The rule as one sentence, without its reason."""
    return _("%(whom)s: %(needs)s.") % {"whom": whom(rule.kind, rule.tier), "needs": needs(rule)}


def _credentials(kinds: Sequence[str]) -> str:
    if len(kinds) == 1:
        return _("a verified credential “%(kind)s”") % {"kind": kinds[0]}
    return _("a verified credential of one of these kinds (%(kinds)s)") % {
        "kinds": pgettext("between the members of a list", ", ").join(kinds)
    }
