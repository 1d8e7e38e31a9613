"""The same items and people under each policy: what it costs, and what gold it gives. `-s` prints the figures."""

import random
from collections import Counter

import pytest

from annotation.models import Agreement, Annotation, Dispute, Project
from annotation.stages import overlap
from core.models import User
from experts import evidence
from tests import cast
from tests.annotation.stages.policies import VERDICTS, annotators, play, project_of, rely
from tests.cast import World

ITEMS = 12
RIGHT = (96, 94, 92, 70, 55)  # of 100: three to rely on, two not


@pytest.fixture
def people(ours: World) -> list[User]:
    return annotators(ours, len(RIGHT))


def answers(people: list[User], erin: User) -> dict[tuple[str, str], str]:
    """What each says of each text, by how often they are right; Erin, who adjudicates, knows the truth."""
    draw = random.Random(11)
    said: dict[tuple[str, str], str] = {}
    for at in range(ITEMS):
        text = f"Clause {at}: the tenant 张三 owes 😀 rent."
        truth = said[erin.email, text] = draw.choice(VERDICTS)
        wrong = [verdict for verdict in VERDICTS if verdict != truth]
        for user, right in zip(people, RIGHT, strict=True):
            said[user.email, text] = truth if draw.random() < right / 100 else draw.choice(wrong)
    return said


def told(name: str, project: Project, gold: dict[str, str], truth: dict[str, str]) -> int:
    """Print what the policy came to; the number of answers that it took."""
    given = Annotation.objects.filter(project=project).count()
    per_item = Counter(Annotation.objects.filter(project=project).values_list("item", flat=True))
    right = sum(gold[text] == verdict for text, verdict in truth.items())
    spread = dict(sorted(Counter(per_item.values()).items()))
    disputes = Dispute.objects.filter(project=project).count()
    print(
        f"\n{name}: {given} answers for {ITEMS} items ({given / ITEMS:.2f} each), items by answers {spread}, "
        f"{disputes} disputes, {right}/{ITEMS} gold labels true"
    )
    return given


def test_adaptive_takes_fewer_answers_than_five_each_and_comes_to_the_same_gold(
    ours: World, people: list[User], erin: User
) -> None:
    said = answers(people, erin)
    truth = {text: verdict for (who, text), verdict in said.items() if who == erin.email}
    fixed = project_of(ours, items=ITEMS, policy="fixed", overlap=5)
    gold = play(fixed, people, said, erin)
    adaptive = project_of(ours, items=ITEMS, policy="adaptive", overlap=2, overlap_max=5, stop_at=0.97)
    for user, right in zip(people, RIGHT, strict=True):
        rely(adaptive, user, right)
    fewer = play(adaptive, people, said, erin)
    assert fewer == gold == truth
    assert told("fixed 5", fixed, gold, truth) == 5 * ITEMS
    assert told("adaptive 2 to 5", adaptive, fewer, truth) < 4 * ITEMS


def test_agreement_is_measured_over_the_first_answers_only(
    ours: World, people: list[User], erin: User
) -> None:
    project = project_of(ours, items=ITEMS, policy="adaptive", overlap=2, overlap_max=5, stop_at=0.97)
    play(project, people, answers(people, erin), erin)
    alpha = Agreement.objects.filter(project=project, measure="alpha", label="").latest("run")
    assert Annotation.objects.filter(project=project).count() > 2 * ITEMS
    assert (alpha.items, alpha.judgements) == (ITEMS, 2 * ITEMS)


def test_tiered_asks_specialists_about_what_differs_only(ours: World, people: list[User], erin: User) -> None:
    said = answers(people, erin)
    truth = {text: verdict for (who, text), verdict in said.items() if who == erin.email}
    project = project_of(ours, items=ITEMS, policy="tiered", overlap=2, specialists=1)
    generalists, specialists = people[3:], people[:1]
    first = play_first(project, generalists, said)
    differing = {text for text in truth if len({said[user.email, text] for user in generalists}) > 1}
    assert first == {text for text in truth if text not in differing}
    gold = play(project, specialists, said, erin)
    assert told("tiered 2 and 1", project, gold, truth) == 2 * ITEMS + len(differing)
    for text in differing:
        assert gold[text] == said[specialists[0].email, text]
    assert not Dispute.objects.filter(project=project).exists()


def play_first(project: Project, people: list[User], said: dict[tuple[str, str], str]) -> set[str]:
    """The first tier's answers; the texts that are settled by them."""
    for user in people:
        cast.answer_all(
            project,
            user,
            lambda work, user=user: cast.choice(said[user.email, work.item.data["text"]]),  # type: ignore[misc]
        )
    cast.drain()
    settled = project.items.exclude(settled_at=None)
    return {one.data["text"] for one in settled}


def test_the_whole_panel_answers_every_item_and_nothing_else(
    ours: World, people: list[User], erin: User
) -> None:
    said = answers(people, erin)
    truth = {text: verdict for (who, text), verdict in said.items() if who == erin.email}
    panel = people[:3]
    project = project_of(ours, items=ITEMS, policy="fixed", overlap=1)
    overlap.change_overlap(
        project=project, by=ours.lead, policy="panel", panel=[evidence.expert_of(user).uid for user in panel]
    )
    cast.drain()
    gold = play(project, panel, said, erin)
    assert told("panel of 3", project, gold, truth) == 3 * ITEMS
    given = Counter(Annotation.objects.filter(project=project).values_list("expert__user__email", flat=True))
    assert given == dict.fromkeys([user.email for user in panel], ITEMS)
