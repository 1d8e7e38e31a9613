"""The items behind a mark of a chart: which ones an address asks for, and how that reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from annotation.models import Item
from annotation.models.behind_marks import (
    answered_otherwise,
    answered_under,
    cited,
    differing,
    measured_in_week,
    read_label,
    where_one_alone_said,
    where_they_met,
)
from annotation.models.item import ItemState
from annotation.models.items_like import items_like
from annotation.models.pattern import ItemPattern
from annotation.web import charts
from annotation.web.gate import Here
from annotation.web.projects.dashboard.asked import Asked, asked_in
from annotation.web.projects.people import experts
from core.roles import Capability
from core.web.paging import Page, keyset


@dataclass(frozen=True)
class Behind:
    """`told` are the filters in words. `asked` is the question that they are about, None where they are about none.

    `by_difference`: the items stand in the order of how much their answers differ, and not in their own.
    """

    items: QuerySet[Any]
    told: Sequence[str]
    asked: Asked | None
    by_difference: QuerySet[ItemPattern] | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.told)


def behind(here: Here) -> Behind:
    """`?question=` with `pair=` twice, `label=`, `week=`, `guideline=` or `least=` and `most=`; `expert=`; `clause=`.

    Beside these state, language and batch.

    What says something of unsettled answers shows only settled items to who may still answer or decide.
    """
    given = here.request.GET
    found = _plain(here, given)
    asked = next((one for one in asked_in(here.project) if one.key == given.get("question")), None)
    told: list[str] = []
    ranked: QuerySet[ItemPattern] | None = None
    if asked and len(given.getlist("pair")) == 2:
        found, words = _met(here, found, asked, [read_label(one) for one in given.getlist("pair")])
        told.append(words)
    elif asked and given.get("label"):
        found, words = _with_label(here, found, asked, read_label(given["label"]))
        told.append(words)
    elif asked and (given.get("week") or given.get("guideline")):
        found, words = _measured(here, found, asked, given)
        told.append(words)
    elif asked and given.get("least"):
        low, high = _number(given.get("least"), 0.0), _number(given.get("most"), 99.0)
        ranked = differing(here.project, asked.key, low, high)
        found = found.filter(pk__in=ranked.values("item"))
        told.append(_differ(asked, low, high))
    if given.get("expert"):
        found, words = _by_person(here, found, given["expert"])
        told.append(words)
    if given.get("clause"):
        found = found.filter(pk__in=cited(here.project, given["clause"]).values("dispute__item"))
        told.append(gettext("A decision names clause %(clause)s") % {"clause": given["clause"]})
    if told and (here.can(Capability.LABEL) or here.can(Capability.ADJUDICATE)):
        found = found.exclude(settled_at=None)
        ranked = None if ranked is None else ranked.exclude(item__settled_at=None)
        told.append(gettext("Only settled items, because you may still answer the others"))
    return Behind(found, told, asked if told else None, ranked)


def page_of(here: Here, behind: Behind, size: int = 50) -> Page[Any]:
    """A page of the items, by key; in the order of difference the key is the difference and the item."""
    if behind.by_difference is None:
        return keyset(here.request, behind.items, newest_first=False, size=size)
    given = here.request.GET
    kept = [(key, value) for key, values in given.lists() if key != "after" for value in values if value]
    rows = behind.by_difference.order_by("-entropy", "item_id")
    after = given.get("after", "").split(":")
    if len(after) == 2 and after[1].isdecimal() and len(after[1]) < 19:
        entropy = _number(after[0], -1.0)
        rows = rows.filter(Q(entropy__lt=entropy) | Q(entropy=entropy, item_id__gt=int(after[1])))
    chosen = rows.filter(item__in=behind.items.values("pk")) if _narrowed(given) else rows
    found = list(chosen.values_list("item_id", "entropy")[: size + 1])
    shown = [pk for pk, _ in found[:size]]
    items = {item.pk: item for item in Item.objects.filter(pk__in=shown).with_state().select_related("batch")}
    last = found[size - 1] if len(found) > size else None
    more = urlencode([*kept, ("after", f"{last[1]!r}:{last[0]}")]) if last else ""
    return Page(
        rows=[items[pk] for pk in shown],
        first="?" + urlencode(kept) if given.get("after") else "",
        next=f"?{more}" if more else "",
    )


def said_of(behind: Behind, items: Sequence[Item]) -> Mapping[int, ItemPattern]:
    """What was said of these items about the question, by item id."""
    if behind.asked is None:
        return {}
    rows = ItemPattern.objects.filter(item__in=[item.pk for item in items], question=behind.asked.key)
    return {row.item_id: row for row in rows}


def _plain(here: Here, given: QueryDict) -> QuerySet[Any]:
    state = given.get("state", "")
    return items_like(
        here.project,
        state=state if state in ItemState.values else "",
        language=given.get("language", ""),
        batch=given.get("batch", ""),
    )


def _narrowed(given: QueryDict) -> bool:
    return any(given.get(name) for name in ("state", "language", "batch", "expert", "clause"))


def _met(here: Here, found: QuerySet[Any], asked: Asked, pair: Sequence[Any]) -> tuple[QuerySet[Any], str]:
    rows = where_they_met(here.project, asked.key, asked.kind, pair)
    words = gettext("%(question)s: one says “%(one)s”, another “%(two)s”") % {
        "question": asked.title,
        "one": asked.name(pair[0]),
        "two": asked.name(pair[1]),
    }
    return found.filter(pk__in=rows.values("item")), words


def _with_label(here: Here, found: QuerySet[Any], asked: Asked, label: Any) -> tuple[QuerySet[Any], str]:
    rows = where_one_alone_said(here.project, asked.key, asked.kind, label)
    words = gettext("%(question)s: one says “%(label)s”, others do not") % {
        "question": asked.title,
        "label": asked.name(label),
    }
    return found.filter(pk__in=rows.values("item")), words


def _measured(here: Here, found: QuerySet[Any], asked: Asked, given: QueryDict) -> tuple[QuerySet[Any], str]:
    """Items whose last counted answer came in the week of that Monday, or that were answered under one guideline."""
    day = _day(given.get("week"))
    if day is not None:
        rows = measured_in_week(here.project, asked.key, day)
        words = gettext("%(question)s: measured in the week from %(day)s")
        told = {"question": asked.title, "day": charts.day(day)}
    else:
        version = given.get("guideline", "")
        number = int(version) if version.isdecimal() and len(version) < 6 else -1
        rows = answered_under(here.project, asked.key, number)
        words = gettext("%(question)s: answered under version %(version)s of the guideline")
        told = {"question": asked.title, "version": version}
    return found.filter(pk__in=rows.values("item")), words % told


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year < 9999 else None  # a week later must be a day too


def _by_person(here: Here, found: QuerySet[Any], uid: str) -> tuple[QuerySet[Any], str]:
    person = experts(here).filter(uid=uid).select_related("user").first()
    if person is None:
        return found.none(), gettext("Answered by somebody who is not here")
    differ = answered_otherwise(here.project, person)
    words = gettext("Answered by %(person)s, and by others otherwise") % {"person": person}
    return found.filter(pk__in=differ.values("item")), words


def _differ(asked: Asked, low: float, high: float) -> str:
    if high >= 9:
        return gettext("%(question)s: answers differ, the most first") % {"question": asked.title}
    return gettext("%(question)s: difference from %(low)s to %(high)s, the most first") % {
        "question": asked.title,
        "low": charts.number(low, 2),
        "high": charts.number(high, 2),
    }


def _number(text: str | None, other: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return other
    return value if -1e9 < value < 1e9 else other
