"""The tabs of a project, by what the person may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.roles import Capability

Rows = tuple[tuple[str, str | Promise, tuple[Capability, ...]], ...]
_TABS: Rows = (
    ("project", _("Overview"), (Capability.SEE_PROJECT,)),
    ("items", _("Items"), (Capability.SEE_WORK,)),
    ("batches", _("Batches"), (Capability.SEE_WORK, Capability.BRING_BATCHES)),
    ("guideline", _("Guideline"), (Capability.SEE_PROJECT,)),
    ("schema", _("Schema"), (Capability.SEE_PROJECT,)),
    ("people", _("People"), (Capability.SEE_WORK,)),
    ("coverage", _("Routing"), (Capability.SEE_WORK,)),
    ("project-disputes", _("Disputes"), (Capability.SEE_WORK, Capability.ADJUDICATE)),
    ("releases", _("Releases"), (Capability.SEE_WORK,)),
    ("audit", _("Audit"), (Capability.SEE_AUDIT,)),
    ("settings", _("Settings"), (Capability.LEAD_PROJECT,)),
)
_ROUTING_TABS: Rows = (
    ("coverage", _("Coverage"), (Capability.SEE_WORK,)),
    ("rules", _("Qualification"), (Capability.SEE_WORK,)),
    ("trust", _("Trust"), (Capability.SEE_WORK,)),
    ("ranking", _("Ranking"), (Capability.SEE_WORK,)),
    ("overlap", _("Overlap"), (Capability.LEAD_PROJECT,)),
    ("controls", _("Control items"), (Capability.LEAD_PROJECT,)),
    ("exams", _("Exams"), (Capability.SEE_WORK,)),
    ("assigning", _("Give by name"), (Capability.LEAD_PROJECT,)),
)
_DISPUTE_TABS: Rows = (
    ("project-disputes", _("Queue"), (Capability.SEE_WORK, Capability.ADJUDICATE)),
    ("doubts", _("Unclear guideline"), (Capability.SEE_WORK,)),
    ("second-looks", _("Second looks"), (Capability.LEAD_PROJECT,)),
    ("dispute-rules", _("Rules"), (Capability.LEAD_PROJECT,)),
)
_DASHBOARD = (
    ("progress", _("Progress")),
    ("agreement", _("Agreement")),
    ("differences", _("Differences")),
    ("experts", _("Reliability")),
    ("todo", _("What to do")),
)


@dataclass(frozen=True)
class Tab:
    """One tab; `current` on its page and the pages below it."""

    text: str
    href: str
    current: bool


def tabs(uid: str, path: str, may: Mapping[str, bool]) -> list[Tab]:
    """The tabs that the person may open; those on the overview and on routing are current on all pages below them."""
    shown = _tabs(_TABS, uid, path, may, exact="project")
    below = {
        reverse("web:project", args=[uid]): dashboard_tabs(uid, path, may),
        reverse("web:coverage", args=[uid]): routing_tabs(uid, path, may),
    }
    return [
        replace(tab, current=tab.current or any(one.current for one in below.get(tab.href, ())))
        for tab in shown
    ]


def dashboard_tabs(uid: str, path: str, may: Mapping[str, bool]) -> list[Tab]:
    """The tabs below the overview, for who sees the work: what a lead asks, a page for each question."""
    if not may[Capability.SEE_WORK.value]:
        return []
    glance = reverse("web:project", args=[uid])
    pages = [(str(text), reverse("web:dashboard", args=[uid, key])) for key, text in _DASHBOARD]
    pages.append((gettext("Cost of labels"), reverse("web:replay", args=[uid])))
    return [
        Tab(gettext("At a glance"), glance, path == glance),
        *(Tab(text, href, path.startswith(href)) for text, href in pages),
    ]


def routing_tabs(uid: str, path: str, may: Mapping[str, bool]) -> list[Tab]:
    """The tabs below the one on routing."""
    return _tabs(_ROUTING_TABS, uid, path, may, exact="coverage")


def dispute_tabs(uid: str, path: str, may: Mapping[str, bool]) -> list[Tab]:
    """The tabs below the one on disputes; none where there is only the queue."""
    found = _tabs(_DISPUTE_TABS, uid, path, may, exact="project-disputes")
    return found if len(found) > 1 else []


def _tabs(rows: Rows, uid: str, path: str, may: Mapping[str, bool], *, exact: str) -> list[Tab]:
    """`exact` names the tab whose page lies above all others'."""
    shown = []
    for name, text, needs in rows:
        if any(may[need.value] for need in needs):
            href = reverse(f"web:{name}", args=[uid])
            current = path == href if name == exact else path.startswith(href)
            shown.append(Tab(str(text), href, current))
    return shown
