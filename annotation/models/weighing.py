"""What an item's answers come to under its project's policy. Read-only; `widen`, `agree` and `gold` build on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotation.algorithms.posterior import expected_reliability, posterior
from annotation.algorithms.stopping import Decision, Outcome, StoppingRule, rule_for
from annotation.algorithms.verdict import NO_MAJORITY, Verdict, canonical_value
from annotation.formats.offered import offers
from annotation.formats.schema import Kind, Question
from annotation.models.annotation import Annotation
from annotation.models.control import Reliability
from annotation.models.item import Item
from annotation.models.lane import SPECIALIST
from annotation.models.project import Policy, Project
from annotation.models.reliance import estimate
from annotation.models.truth import ExpertMeasure
from annotation.models.verdicts import Asked, answers_by_item, asked, came_as_truth

DISPUTED = Verdict("disputed", None, ())
IMPORTED, STOPPED = "imported", "stopped"
UNTESTED = expected_reliability(0, 0)
_ALIKE = frozenset({"single", "unanimous"})


@dataclass(frozen=True)
class Weighed:
    """One question. `asked` holds everybody who was asked it; `deciding` those whose answers are compared.

    `trust` is how reliable each annotator (by annotation's uid) is held to be on this question, where the policy asks.
    """

    asked: Asked
    deciding: Asked
    trust: Mapping[str, float]

    @property
    def question(self) -> Question:
        return self.asked.question

    @cached_property
    def chances(self) -> dict[bytes, float]:
        """How probable each value that somebody said is (`posterior`), by its canonical form (`key_of`)."""
        return posterior(self._votes(), labels_of(self.question))

    @cached_property
    def truth(self) -> Verdict | None:
        """What the answer says that came in as ground truth; None where it says nothing, or two differ."""
        true = [one for one in self.asked.annotations if came_as_truth(one)]
        found = [one for one in true if self.asked.said(one) is not None]
        if len({self.key_of(one) for one in found}) != 1:
            return None
        return Verdict(IMPORTED, self.asked.said(found[0]), (found[0].uid,))

    def decision(self, rule: StoppingRule, most: int) -> Decision:
        """What the stopping rule says of the question. What is only collected, or came in, never asks for more."""
        if self.truth or not self.question.kind.compared:
            return Decision(Outcome.SETTLED, 1.0)
        return rule(self._votes(), labels_of(self.question), len(self.deciding.annotations), most)

    def verdict(self, project: Project) -> Verdict:
        """What it comes to: by the posterior where the policy asks for one, else by the project's dispute rule."""
        if self.truth:
            return self.truth
        if not self._by_chance(project):
            return self.deciding.verdict(project.dispute_rule)
        return self._likeliest() if self._enough(project) else DISPUTED

    def settled(self, project: Project) -> Verdict:
        """What it comes to where nobody disputes it, also if the project's rules have changed since it was compared."""
        if self.truth:
            return self.truth
        if not self._by_chance(project):
            verdict = self.deciding.verdict(NO_MAJORITY)
            return verdict if verdict.how != DISPUTED.how else self._likeliest()
        verdict = self._likeliest()
        # Where all say the same, or one was enough, that says more of it than the rule which asked nobody else.
        if verdict.how in _ALIKE or not self._enough(project):
            return verdict
        return replace(verdict, how=STOPPED)

    def chance(self, project: Project) -> float | None:
        """The posterior of the value that `settled` gives, where the policy goes by it."""
        return None if self.truth or not self._by_chance(project) else max(self.chances.values())

    def _by_chance(self, project: Project) -> bool:
        return project.policy == Policy.ADAPTIVE and self.question.kind.compared

    def _enough(self, project: Project) -> bool:
        return self.decision(rule_of(project), most=0).outcome is Outcome.SETTLED

    def _votes(self) -> list[tuple[bytes, float]]:
        return [(self.key_of(one), self.trust.get(one.uid, UNTESTED)) for one in self.deciding.annotations]

    def key_of(self, annotation: Annotation) -> bytes:
        """What the annotation says, equal for equal answers."""
        return canonical_value(self.question.kind, self.deciding.said(annotation))

    def _likeliest(self) -> Verdict:
        """The top of the posterior, called by what it looks like: a majority where it is one, else weighed."""
        top = max(sorted(self.chances), key=lambda key: self.chances[key])
        winners = tuple(one.uid for one in self.deciding.annotations if self.key_of(one) == top)
        plain = self.deciding.verdict(NO_MAJORITY)
        if plain.winners == winners:
            return plain
        first = next(one for one in self.deciding.annotations if one.uid == winners[0])
        return Verdict("weighed", self.deciding.said(first), winners)


def weigh(item: Item) -> list[Weighed]:
    """Every question of the item with the answers that count. Where specialists have answered, theirs decide.

    Five statements at most, whatever the item has.
    """
    return weigh_all([item])[item.pk]


def weigh_all(items: Sequence[Item]) -> dict[int, list[Weighed]]:
    """The same for each of these items, by its id. Two statements where the policy asks for nobody's reliability."""
    given = answers_by_item([item.pk for item in items])
    return {item.pk: _weighed(item, given[item.pk]) for item in items}


def _weighed(item: Item, annotations: list[Annotation]) -> list[Weighed]:
    trust = _trust(item, annotations) if item.project.policy == Policy.ADAPTIVE else {}
    return [
        Weighed(each, _deciding(each, item), trust.get(each.question.key, {})) for each in asked(annotations)
    ]


def rule_of(project: Project) -> StoppingRule:
    """The stopping rule that the project's policy hands in."""
    return rule_for(project.policy, {"threshold": project.stop_at})


def _deciding(each: Asked, item: Item) -> Asked:
    if item.lane.tier != SPECIALIST:
        return each
    theirs = [one for one in each.annotations if one.tier == SPECIALIST]
    return Asked(each.question, theirs) if theirs else each


def labels_of(question: Question) -> int:
    """How many values may be said: a choice's labels, a rating's steps, and none where that is allowed; 0: any."""
    unsaid = 0 if question.required else 1
    if question.kind == Kind.CHOICE and not offers(question):
        return len(question.labels) + unsaid
    if question.kind == Kind.RATING:
        return (question.max_rating or 5) + unsaid
    return 0


def _trust(item: Item, annotations: list[Annotation]) -> dict[str, dict[str, float]]:
    """By question, each annotation's reliability (`reliance`): by its expert's tests, and by their answers to it."""
    experts = [one.expert_id for one in annotations]
    tests = {
        (row.expert_id, row.kind): row
        for row in Reliability.objects.filter(
            project=item.project_id, expert__in=experts, kind__in=["", item.lane.kind]
        )
    }
    learned = {
        (row.expert_id, row.question): row
        for row in ExpertMeasure.objects.filter(project=item.project_id, expert__in=experts)
    }
    trust: dict[str, dict[str, float]] = {}
    for each in asked(annotations):
        for one in each.annotations:
            tested = tests.get((one.expert_id, item.lane.kind)) or tests.get((one.expert_id, ""))
            right, tried = (tested.right, tested.asked) if tested else (0, 0)
            model = learned.get((one.expert_id, each.question.key))
            answers = model.answers if model and model.value is not None else 0
            inferred = (model.value or 0.0) * answers if model else 0.0
            trust.setdefault(each.question.key, {})[one.uid] = estimate(right, tried, inferred, answers)
    return trust
