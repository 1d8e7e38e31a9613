"""Whatever people, interests, expiries and items there are: nobody is given what a rule bars, and reasons are true."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.models import Batch, Item, Project
from annotation.models.eligibility import RULES, Candidate, allowed, eligible, eligible_of
from annotation.stages import interests, lease
from core.models import Membership, User
from core.organisations import create_organisation, end_membership, grant
from core.refusals import Refusal
from core.roles import Role
from experts import evidence
from experts.models import Credential, Expert
from experts.names import party_keys
from tests import cast
from tests.cast import World

NAMES = ("Acme Ltd", "ACME GmbH", "华为技术有限公司", "华为技术", "Zeta", "㈱日立", "日立株式会社")
LANGUAGES = ("", "en", "de")
HOUSE = "Zeta LLP"
SCENES = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class One:
    """A person as drawn: what is true of them, in words that share nothing with the rules' queries."""

    role: bool
    credential_until: int | None
    qualified: bool
    languages: tuple[str, ...]
    interests: tuple[str, ...]
    colleague: bool
    brings: bool
    break_until: int | None


people = st.builds(
    One,
    role=st.sampled_from([True, True, True, False]),
    credential_until=st.sampled_from([None, None, -1, 0, 1]),
    qualified=st.sampled_from([True, True, False]),
    languages=st.lists(st.sampled_from(LANGUAGES[1:]), unique=True).map(tuple),
    interests=st.lists(st.sampled_from(NAMES), unique=True, max_size=2).map(tuple),
    colleague=st.booleans(),
    brings=st.booleans(),
    break_until=st.sampled_from([None, None, None, -1, 0]),
)
items = st.tuples(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(NAMES), max_size=2), st.booleans())
project_settings = st.fixed_dictionaries(
    {
        "qualified_only": st.booleans(),
        "language_required": st.booleans(),
        "bar_colleagues": st.booleans(),
        "paused": st.sampled_from([False, False, False, True]),
    }
)


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def written(row: dict[str, Any]) -> dict[str, Any]:
    """The row as it stands in a file."""
    return {key: value for key, value in row.items() if key != "_by"}


def make(ours: World, at: int, one: One, rows: list[Any], house: Any, owner: User) -> User:
    """A user of whom all that is true, and the batch they brought in, if they did."""
    user = cast.person(f"drawn-{at}")
    expert = evidence.expert_of(user)
    cast.describe(user, languages=one.languages)
    Expert.objects.filter(pk=expert.pk).update(
        paused_until=None if one.break_until is None else day(one.break_until),
    )
    if one.qualified:
        credential = cast.qualify(user, ours.organisation, ours.project.sector, ours.lead)
        if one.credential_until is not None:
            Credential.objects.filter(pk=credential.pk).update(valid_until=day(one.credential_until))
    if one.colleague:
        grant(user=user, organisation=house, role=Role.ANNOTATOR, by=owner)
    mine = [row for row in rows if row["_by"] == at]
    grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    if mine:
        batch = cast.bring(
            ours.project,
            ours.lead,
            cast.jsonl([{k: v for k, v in row.items() if k != "_by"} for row in mine]),
        )
        Batch.objects.filter(pk=batch.pk).update(created_by=user)
    if not one.role:
        end_membership(
            membership=Membership.objects.get(user=user, organisation=ours.organisation), by=ours.owner
        )
    for name in one.interests:
        declared = [party_keys(conflict.name) for conflict in expert.conflicts.all()]
        if party_keys(name) not in declared:
            interests.declare(expert=expert, by=user, kind="organisation", name=name)
    return user


def truth(one: One, at: int, row: Any, drawn: list[One], project: Project) -> set[str]:
    """The codes that hold, said without asking the database."""
    said = {str(party_keys(name)) for name in row["_parties"]}
    brought_by = row["_by"]
    by_colleague = brought_by is not None and drawn[brought_by].colleague
    about_house = str(party_keys(HOUSE)) in said
    valid = one.qualified and (one.credential_until is None or one.credential_until >= 0)
    facts = {
        "no_role": not one.role,
        "paused": project.paused_at is not None,
        "qualified_in_sector": project.qualified_only and not valid,
        "on_a_break": one.break_until is not None and one.break_until >= 0,
        "language": project.language_required and row["_language"] not in ("", *one.languages),
        "conflict": bool(said & {str(party_keys(name)) for name in one.interests}),
        "author": brought_by == at,
        "colleague": project.bar_colleagues and one.colleague and (by_colleague or about_house),
    }
    return {code for code, holds in facts.items() if holds}


@SCENES
@given(
    drawn=st.lists(people, min_size=1, max_size=3),
    drawn_items=st.lists(items, min_size=1, max_size=4),
    how=project_settings,
)
def test_nobody_is_given_what_a_rule_bars_and_every_reason_is_true(
    ours: World, drawn: list[One], drawn_items: list[Any], how: dict[str, bool]
) -> None:
    with transaction.atomic():
        check(ours, drawn, drawn_items, how)
        transaction.set_rollback(True)


def check(ours: World, drawn: list[One], drawn_items: list[Any], how: dict[str, bool]) -> None:
    paused = timezone.now() if how["paused"] else None
    rules = {key: value for key, value in how.items() if key != "paused"}
    Project.objects.filter(pk=ours.project.pk).update(**rules)
    ours.project.refresh_from_db()
    owner = cast.person("house")
    house = create_organisation(name=HOUSE, by=owner)
    rows: list[Any] = [
        {
            "text": f"Item {at}",
            "_language": language,
            "_parties": parties,
            "_by": at % len(drawn) if by_one and drawn[at % len(drawn)].brings else None,
        }
        for at, (language, parties, by_one) in enumerate(drawn_items)
    ]
    others = [
        {key: value for key, value in row.items() if key != "_by"} for row in rows if row["_by"] is None
    ]
    if others:
        cast.bring(ours.project, ours.lead, cast.jsonl(others))
    users = [make(ours, at, one, rows, house, owner) for at, one in enumerate(drawn)]
    cast.drain()
    Project.objects.filter(pk=ours.project.pk).update(paused_at=paused)
    ours.project.refresh_from_db()
    stored = {item.data["text"]: item for item in Item.objects.select_related("project")}
    for at, (one, user) in enumerate(zip(drawn, users, strict=True)):
        expert = Expert.objects.get(user=user)
        true = {row["text"]: truth(one, at, row, drawn, ours.project) for row in rows}
        for text, codes in true.items():
            verdict = eligible(stored[text], expert)
            assert set(verdict.codes) == codes
            assert bool(verdict) == (not codes)
        may = allowed(Item.objects.filter(project=ours.project), Candidate.of(ours.project, expert))
        assert {item.data["text"] for item in may} == {text for text, codes in true.items() if not codes}
        taken: set[str] = set()
        refused = ""
        try:
            while len(taken) < len(rows) and (assignment := cast.take(ours.project, user)):
                taken.add(assignment.item.data["text"])
                lease.skip(assignment=assignment, by=user, reason="unclear")
        except Refusal as refusal:
            refused = refusal.code
        assert refused in set.union(*true.values()) | {"", "not_allowed"}
        assert taken == {text for text, codes in true.items() if not codes}


def test_the_answer_about_many_experts_is_the_answer_about_each(ours: World) -> None:
    (item,) = cast.bring_texts(ours.project, ours.lead, 1).items.select_related("project")
    experts = list(Expert.objects.order_by("pk"))
    interests.declare(expert=experts[0], by=experts[0].user, kind="matter", name="nothing to do with it")
    assert eligible_of(item, experts) == [(expert, eligible(item, expert)) for expert in experts]


def test_fifty_experts_are_asked_about_in_one_statement(ours: World, django_assert_num_queries: Any) -> None:
    (item,) = cast.bring_texts(ours.project, ours.lead, 1).items.select_related("project")
    experts = [evidence.expert_of(cast.person(f"p-{at}")) for at in range(50)]
    with django_assert_num_queries(1):
        assert not any(verdict for _expert, verdict in eligible_of(item, experts))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_sentence_and_a_code_of_its_own(rule: Any) -> None:
    assert str(rule.why).endswith(".")
    assert [one.code for one in RULES].count(rule.code) == 1
