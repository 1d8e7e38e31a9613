"""What the open items of a lane ask for, whom they find and what keeps the others, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.eligibility import RULES
from annotation.models.lane import SPECIALIST
from experts.jurisdictions import jurisdiction_name
from experts.languages import language_name

Lane = Mapping[str, Any]
_WHY = {rule.code: rule.why for rule in RULES}
_EVERYBODY: dict[str, str | Promise] = {
    "no_role": _("Nobody has the role of an annotator in this project."),
    "qualified_in_sector": _("Nobody has a valid qualification in the sector."),
    "on_a_break": _("Everybody takes a break."),
    "residence": _("Nobody lives in a country that the project allows."),
    "undertaking": _("Nobody has accepted the project's undertaking."),
    "qualification_rule": _("Nobody meets the project's rule of qualification."),
    "suspended": _("Everybody is suspended."),
    "off_panel": _("Nobody who may label is on the panel."),
    "behind_wall": _("Everybody has seen what lies on the other side of an information barrier."),
}
_THING: dict[str, str | Promise] = {
    "qualified_in_sector": _("a qualification in the sector"),
    "on_a_break": _("a break"),
    "residence": _("the country of residence"),
    "undertaking": _("the undertaking, which they have not accepted"),
    "qualification_rule": _("the project's rule of qualification"),
    "suspended": _("a suspension"),
    "off_panel": _("a seat on the panel"),
    "behind_wall": _("an information barrier"),
    "kind_rule": _("the rule of qualification for this kind of item"),
    "speciality": _("the speciality"),
    "jurisdiction": _("the jurisdiction"),
    "language": _("the language"),
}
_PAGES: dict[str, tuple[str, str | Promise]] = {
    "kind_rule": ("rules", _("Rules of qualification")),
    "qualification_rule": ("rules", _("Rules of qualification")),
    "residence": ("trust", _("Countries of residence")),
    "undertaking": ("trust", _("Undertaking")),
    "behind_wall": ("trust", _("Information barriers")),
    "suspended": ("controls", _("Suspensions")),
    "off_panel": ("overlap", _("The panel")),
}
_OF_PROFILE = ("speciality", "jurisdiction", "language")


@dataclass(frozen=True)
class Step:
    """What to do next: a link."""

    text: str
    href: str


@dataclass(frozen=True)
class Line:
    """One lane for a page: `kind` is `nobody`, `left`, `few` or `enough`."""

    kind: str
    asks: str
    sentence: str
    why: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    lane: Lane = field(default_factory=dict)


def asks(lane: Lane) -> str:
    """What the items of a lane ask for, in a few words."""
    asked = " · ".join(_wants(lane)) or gettext("Nothing in particular")
    if not lane.get("wants"):
        return asked
    return gettext("%(asked)s; first who is right in %(share)s of 100 answers or more") % {
        "asked": asked,
        "share": lane["wants"],
    }


def _wants(lane: Lane, only: Sequence[str] = ()) -> list[str]:
    told = {
        "speciality": lane["speciality"],
        "jurisdiction": lane["jurisdiction"]
        and gettext("practice in %(place)s") % {"place": jurisdiction_name(lane["jurisdiction"])},
        "language": lane["language"] and language_name(lane["language"]),
        "kind_rule": lane["kind"] and gettext("kind “%(kind)s”") % {"kind": lane["kind"]},
        "behind_wall": lane["room"] and gettext("room “%(room)s”") % {"room": lane["room"]},
        "tier": gettext("specialists") if lane["tier"] == SPECIALIST else lane["tier"],
    }
    return [str(text) for code, text in told.items() if text and (not only or code in only)]


def line(lane: Lane, project: Project, *, may_lead: bool, sees_roster: bool) -> Line:
    """A lane in words, with the next steps for this reader."""
    if not lane["eligible"]:
        sentence, why = _nobody(lane)
        return Line("nobody", asks(lane), sentence, why, _steps(lane, project, may_lead, sees_roster), lane)
    if lane["left"]:
        why = [_few(lane), *_near(lane)] if lane["short"] else _near(lane)
        return Line("left", asks(lane), _left(lane), why, _more(lane, project, may_lead), lane)
    if lane["short"]:
        return Line("few", asks(lane), _few(lane), _near(lane), _more(lane, project, may_lead), lane)
    return Line("enough", asks(lane), "", _near(lane), [], lane)


def _nobody(lane: Lane) -> tuple[str, list[str]]:
    missing = lane["missing"] or ["no_role"]
    of_lane = [code for code in missing if code in {*_OF_PROFILE, "kind_rule"}]
    of_people = [str(_EVERYBODY.get(code, _WHY.get(code, code))) for code in missing if code not in of_lane]
    if lane["everybody"] and of_lane:
        needs = _wants(lane, [*of_lane, *(["tier"] if "kind_rule" in of_lane else [])])
        if needs:
            return f"{_need(lane['items'], needs)} {_none(needs)}", of_people
        return _plainly(lane), [*of_people, *_near(lane)]
    if lane["everybody"] or not lane["missing"]:
        return _plainly(lane), of_people
    needs = _wants(lane)
    if not needs or not of_lane:
        return _plainly(lane), _near(lane)
    return f"{_need(lane['items'], needs)} {gettext('Nobody in this project has all of it.')}", _near(lane)


def _none(needs: Sequence[str]) -> str:
    if len(needs) > 1:
        return gettext("Nobody in this project has any of it.")
    return gettext("Nobody in this project has it.")


def _need(items: int, needs: Sequence[str]) -> str:
    text = ngettext("%(count)s item: needs %(needs)s.", "%(count)s items: need %(needs)s.", items)
    return text % {"count": items, "needs": gettext(" and ").join(needs)}


def _plainly(lane: Lane) -> str:
    text = ngettext("%(count)s item finds nobody.", "%(count)s items find nobody.", lane["items"])
    return text % {"count": lane["items"]}


def _near(lane: Lane) -> list[str]:
    found = []
    for code, count in lane["near"].items():
        text = ngettext(
            "One thing keeps %(count)s person from them: %(what)s.",
            "One thing keeps %(count)s people from them: %(what)s.",
            count,
        )
        found.append(text % {"count": count, "what": _THING.get(code, code)})
    if not lane["eligible"] and not found and lane["missing"]:
        lacking = [str(_THING.get(code, code)) for code in lane["missing"]]
        found.append(gettext("Whoever lacks least lacks: %(what)s.") % {"what": ", ".join(lacking)})
    return found


def _left(lane: Lane) -> str:
    numbers = {"left": lane["left"], "looked": lane["looked_at"], "people": lane["asked"]}
    if lane["looked_at"] < lane["items"] or lane["asked"] < lane["eligible"]:
        return (
            gettext(
                "%(left)s of %(looked)s items that were looked at have nobody left: each of %(people)s people who were "
                "asked about had the item before, or has an interest in it."
            )
            % numbers
        )
    text = ngettext(
        "%(left)s item has nobody left: whoever may judge it had it before, or has an interest in it.",
        "%(left)s items have nobody left: whoever may judge them had them before, or has an interest in them.",
        lane["left"],
    )
    return text % numbers


def _few(lane: Lane) -> str:
    text = ngettext(
        "%(short)s item wants %(wanted)s annotators; %(eligible)s may judge it.",
        "%(short)s items want up to %(wanted)s annotators each; %(eligible)s may judge them.",
        lane["short"],
    )
    return text % {name: lane[name] for name in ("short", "wanted", "eligible")}


def _steps(lane: Lane, project: Project, may_lead: bool, sees_roster: bool) -> list[Step]:
    found: list[Step] = []
    codes = lane["missing"] or ["no_role"]
    wanted = {code: lane[code] for code in _OF_PROFILE if code in codes and lane[code]}
    if wanted and sees_roster:
        href = reverse("web:roster", args=[project.organisation.uid])
        found.append(Step(gettext("Search the roster"), f"{href}?{urlencode(wanted)}"))
    for name, text in dict.fromkeys(_PAGES[code] for code in codes if code in _PAGES):
        found.append(_to(name, str(text), project))
    if wanted or {"no_role", "qualified_in_sector"} & set(codes):
        found.append(_people(project, may_lead))
    return found


def _more(lane: Lane, project: Project, may_lead: bool) -> list[Step]:
    """Where more people can be found for what some may judge already."""
    pages = dict.fromkeys(_PAGES[code] for code in lane["near"] if code in _PAGES)
    return [*(_to(name, str(text), project) for name, text in pages), _people(project, may_lead)]


def _people(project: Project, may_lead: bool) -> Step:
    return _to("people", gettext("Invite people") if may_lead else gettext("People"), project)


def _to(name: str, text: str, project: Project) -> Step:
    return Step(text, reverse(f"web:{name}", args=[project.uid]))
