"""The tabs of a project, by what the person may do there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.roles import Capability

_TABS = (
    ("project", _("Overview"), (Capability.SEE_PROJECT,)),
    ("items", _("Items"), (Capability.SEE_WORK,)),
    ("batches", _("Batches"), (Capability.SEE_WORK, Capability.BRING_BATCHES)),
    ("guideline", _("Guideline"), (Capability.SEE_PROJECT,)),
    ("schema", _("Schema"), (Capability.SEE_PROJECT,)),
    ("people", _("People"), (Capability.SEE_WORK,)),
    ("project-disputes", _("Disputes"), (Capability.SEE_WORK, Capability.ADJUDICATE)),
    ("releases", _("Releases"), (Capability.SEE_WORK,)),
    ("audit", _("Audit"), (Capability.SEE_AUDIT,)),
    ("settings", _("Settings"), (Capability.LEAD_PROJECT,)),
)


@dataclass(frozen=True)
class Tab:
    """One tab; `current` on its page and the pages below it."""

    text: str
    href: str
    current: bool


def tabs(uid: str, path: str, may: Mapping[str, bool]) -> list[Tab]:
    """The tabs that the person may open."""
    shown = []
    for name, text, needs in _TABS:
        if any(may[need.value] for need in needs):
            href = reverse(f"web:{name}", args=[uid])
            current = path == href if name == "project" else path.startswith(href)
            shown.append(Tab(str(text), href, current))
    return shown
