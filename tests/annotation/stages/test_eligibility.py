"""Whatever people, evidence, conflicts and items there are: nobody is given what a rule bars; reasons are true."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.models import Dispute, Item
from annotation.models.eligibility import RULES, Candidate, allowed, eligible, eligible_of
from annotation.stages import adjudicate, interests, lease
from core.models import User
from core.refusals import Refusal
from core.roles import Capability
from experts import evidence
from experts.models import Expert
from tests import cast
from tests.annotation.stages import oracle
from tests.annotation.stages.drawn import Person, Sample, Setting, people, projects, samples
from tests.annotation.stages.staging import author, stage
from tests.cast import World

SCENES = settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Scene:
    """What was drawn, and what was made of it. `been` is where each person has been by now, by their number."""

    drawn: list[Person]
    samples: list[Sample]
    how: Setting
    users: list[User]
    items: list[Item]
    been: list[set[str]]

    def true(self, at: int, item: int, *, decides: bool = False) -> set[str]:
        """The codes of what keeps the person of that number from the item of that number, as the oracle says."""
        one, sample = self.drawn[at], self.samples[item]
        by = author(self.drawn, sample, item)
        return (
            oracle.of_person(one, self.how, decides=decides)
            | oracle.of_lane(one, sample, self.how, self.been[at])
            | oracle.of_item(one, at, sample, None if by is None else self.drawn[by], by or 0, self.how)
        )

    def expert(self, at: int) -> Expert:
        return evidence.expert_of(self.users[at])


@SCENES
@given(
    drawn=st.lists(people, min_size=1, max_size=3),
    drawn_items=st.lists(samples, min_size=1, max_size=4),
    how=projects,
)
def test_nobody_is_given_what_a_rule_bars_and_every_reason_is_true(
    ours: World, drawn: list[Person], drawn_items: list[Sample], how: Setting
) -> None:
    with transaction.atomic():
        users, items = stage(ours, drawn, drawn_items, how)
        scene = Scene(drawn, drawn_items, how, users, items, [set(one.rooms) for one in drawn])
        for at in range(len(drawn)):
            explanations_are_true(scene, at)
            taking_follows_the_rules(ours, scene, at)
        for item in items:
            Dispute.objects.create(
                project=ours.project, item=item, question="verdict", rule="any", opened_at=timezone.now()
            )
        for at in range(len(drawn)):
            deciding_follows_the_rules(scene, at)
        transaction.set_rollback(True)


def explanations_are_true(scene: Scene, at: int) -> None:
    """`eligible` gives every reason and no other, for labelling and for deciding; the queue leaves out the same."""
    expert = scene.expert(at)
    for part in (Capability.LABEL, Capability.ADJUDICATE):
        decides = part is Capability.ADJUDICATE
        open_to_them = set()
        for number, item in enumerate(scene.items):
            verdict = eligible(item, expert, part=part)
            true = scene.true(at, number, decides=decides)
            assert set(verdict.codes) == true
            assert bool(verdict) == (not true)
            if not true:
                open_to_them.add(item.pk)
        project = scene.items[0].project
        may = allowed(Item.objects.filter(project=project), Candidate.of(project, expert, part))
        assert set(may.values_list("pk", flat=True)) == open_to_them


def taking_follows_the_rules(ours: World, scene: Scene, at: int) -> None:
    """Whatever comes next is open to them at that moment, and in the end nothing is left that is."""
    user, person = scene.users[at], oracle.of_person(scene.drawn[at], scene.how, decides=False)
    numbers = {item.pk: number for number, item in enumerate(scene.items)}
    had: set[int] = set()
    refused = ""
    try:
        while assignment := cast.take(ours.project, user):
            number = numbers[assignment.item_id]
            assert number not in had
            assert not scene.true(at, number)
            had.add(number)
            scene.been[at] |= {scene.samples[number].room} - {""}
            lease.skip(assignment=assignment, by=user, reason="unclear")
    except Refusal as refusal:
        refused = refusal.code
    said = {"not_allowed" if code == "no_role" else code for code in person}
    assert refused in said if person else refused == ""
    assert all(scene.true(at, number) for number in range(len(scene.items)) if number not in had)


def deciding_follows_the_rules(scene: Scene, at: int) -> None:
    """A dispute is shown to whom no rule bars from it; the refusal names one that does."""
    for number, dispute in enumerate(Dispute.objects.select_related("project", "item__lane").order_by("pk")):
        if not scene.drawn[at].decides:
            continue
        true = scene.true(at, number, decides=True)
        refused = ""
        try:
            adjudicate.show(dispute, scene.users[at])
        except Refusal as refusal:
            refused = refusal.code
        assert bool(refused) == bool(true)
        assert refused in true | {""} or (refused == "conflicted" and true & oracle.INTERESTS)
        if not true:
            scene.been[at] |= {scene.samples[number].room} - {""}


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
