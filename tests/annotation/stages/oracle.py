"""Which rules bar a drawn person from a drawn item, said without asking the database."""

from collections.abc import Collection

from experts.names import party_keys
from tests.annotation.stages.drawn import HOUSE, Asked, Person, Sample, Setting, lasts

INTERESTS = {"conflict", "author", "colleague"}


def of_person(one: Person, how: Setting, *, decides: bool) -> set[str]:
    """The codes that hold for every item."""
    version = len(how.texts)
    facts = {
        "no_role": not (one.decides if decides else one.labels),
        "paused": how.paused and not decides,
        "qualified_in_sector": how.qualified_only and not (one.qualified and lasts(one.licence_until)),
        "on_a_break": one.break_until is not None and one.break_until >= 0,
        "residence": bool(how.residences) and one.residence not in how.residences,
        "undertaking": version > 0 and how.texts[-1] != "" and version not in one.accepted,
        "qualification_rule": any(
            not rule.kind and not rule.tier and not meets(one, rule) for rule in how.rules if not rule.ended
        ),
        "suspended": one.suspended is True,
        "off_panel": how.panel and not one.on_panel and not decides,
    }
    return {code for code, holds in facts.items() if holds}


def of_lane(one: Person, item: Sample, how: Setting, been: Collection[str]) -> set[str]:
    """The codes that hold because of what the item asks; `been` is where the person has been by now."""
    words = {word.casefold() for word in one.specialities}
    places = {place for code in one.jurisdictions for place in (code, code.split("-")[0])}
    facts = {
        "kind_rule": any(
            (rule.kind or rule.tier)
            and rule.kind in ("", item.kind)
            and rule.tier in ("", item.tier)
            and not meets(one, rule)
            for rule in how.rules
            if not rule.ended
        ),
        "language": how.language_required and item.language not in ("", *one.languages),
        "speciality": how.needs_required and item.speciality.casefold() not in ("", *words),
        "jurisdiction": how.needs_required and item.jurisdiction not in ("", *places),
        "behind_wall": any(
            item.room in wall and set(wall) & set(been) - {item.room} for wall in how.walls if item.room
        ),
    }
    return {code for code, holds in facts.items() if holds}


def of_item(one: Person, at: int, item: Sample, by: Person | None, by_at: int, how: Setting) -> set[str]:
    """The codes that hold because of whom the item concerns; `by` brought it in, the person of number `by_at`."""
    said = {str(party_keys(name)) for name in item.parties}
    interests = {str(party_keys(name)) for name in one.interests}
    by_colleague = by is not None and by.colleague
    facts = {
        "conflict": bool(said & interests),
        "author": by is not None and by_at == at,
        "colleague": how.bar_colleagues
        and one.colleague
        and (by_colleague or str(party_keys(HOUSE)) in said),
    }
    return {code for code, holds in facts.items() if holds}


def meets(one: Person, rule: Asked) -> bool:
    """Whether the person has what the rule asks for."""
    licences = {licence.kind for licence in one.licences if licence.counts}
    if one.qualified and lasts(one.licence_until):
        licences.add(0)  # what their qualification in the sector rests on
    # An exam is that of the rule's kind, and no other; a grant may be for every kind.
    fits = {"exam": (rule.kind,), "grant": ("", rule.kind)}
    has = {
        how: any(
            held.how == how and held.kind in kinds and lasts(held.until) and not held.revoked
            for held in one.held
        )
        for how, kinds in fits.items()
    }
    answers = [
        *([bool(licences & set(rule.licences))] if rule.licences else []),
        *([has["exam"]] if rule.exam else []),
        *([has["grant"]] if rule.grant else []),
    ]
    return all(answers) if rule.combine == "all" else any(answers)
