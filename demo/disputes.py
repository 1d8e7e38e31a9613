"""What happens around disputes in the example: appeals, a bad item, an unclear clause, second looks, citations."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from annotation.models import Adjudication, Appeal, Dispute, GuidelineDoubt, Project
from annotation.models.adjudication import Outcome, Turn
from annotation.models.own_decisions import MAY, decisions_of
from annotation.models.own_work import answers
from annotation.models.precedents import similar
from annotation.payloads import newest
from annotation.stages import adjudicate
from annotation.stages.adjudicate import appealing, doubting, rules
from core.models import User
from core.roles import Role
from demo.hands import able, drain, expert_of, staff
from demo.person import Person
from demo.projects import ProjectData
from demo.rationales import rationale
from demo.simulate import simulate
from demo.truths import load_truths

KEY = "legal-en"
SECOND_LOOKS = 0.5  # share of the decisions that are made twice; a real project would take less
APPEAL_DAYS = 60
LEFT_OPEN = 2  # of the second looks
BAD = "The text is a heading and half a sentence: nobody can say what the clause does."
UNCLEAR = (
    ("3.4", "Does “is entitled to withhold” carry an obligation? 3.4 names modal verbs only."),
    ("3.4", "“Undertakes to” is no modal verb, yet the duty is plain. Is it marked?"),
    ("2.2", "Is a cap that falls away on default one serious feature, or two?"),
)
REASONS = (
    "The first operative sentence is about when the contract ends; the sum comes after it.",
    "The list of features in 2.2 was counted twice: the cap and its exception are one.",
    "The condition after “provided that” was marked with the obligation, against 3.4.",
)


def settle_up(data: ProjectData, project: Project) -> None:
    """Play all of it once, in the project of KEY, after its work."""
    if data.key != KEY or GuidelineDoubt.objects.filter(project=project).exists():
        return
    lead = staff(Role.LEAD)
    rules.change(
        project=project,
        by=lead,
        weights={"clause_type": 2.0},
        appeal_days=APPEAL_DAYS,
        second_look_share=SECOND_LOOKS,
    )
    drain()
    first, second = able(data, Role.ADJUDICATOR)[:2]
    _set_aside(project, _user(first))
    _ask(project, _user(first))
    _decide(data, project, first, 2, Turn.FIRST)  # like decisions are cited
    drain()
    _appeal(data, project)
    _decide(data, project, second, 1, Turn.APPEAL)
    looks = Dispute.objects.to_decide_by(_user(second)).filter(project=project, turn=Turn.SECOND_LOOK)
    _decide(data, project, second, max(0, looks.count() - LEFT_OPEN), Turn.SECOND_LOOK)
    drain()


def _user(person: Person) -> User:
    return User.objects.get(email=person.email)


def _to_decide(project: Project, user: User, turn: str) -> list[Dispute]:
    rows = Dispute.objects.to_decide_by(user).filter(project=project, turn=turn)
    return list(rows.select_related("project__organisation", "item__lane").order_by("-gain", "pk"))


def _set_aside(project: Project, user: User) -> None:
    """The last dispute in the queue is about an item that is no clause at all."""
    schema, guideline = newest(project)
    for dispute in reversed(_to_decide(project, user, Turn.FIRST)):
        adjudicate.decide(
            dispute=dispute,
            expert=expert_of(user.email),
            by=user,
            schema=schema,
            guideline=guideline,
            result=[],
            rationale=BAD,
            clause="4.1",
            outcome=Outcome.BAD_ITEM,
        )
        return


def _ask(project: Project, user: User) -> None:
    """Two disputes wait for the lead, a third one is decided all the same."""
    guideline = newest(project)[1]
    waiting = _to_decide(project, user, Turn.FIRST)
    for dispute, (clause, note) in zip(waiting, UNCLEAR, strict=False):
        doubting.hold(
            dispute=dispute,
            expert=expert_of(user.email),
            by=user,
            guideline=guideline,
            note=note,
            clause=clause,
        )
    held = GuidelineDoubt.objects.holding().filter(project=project).order_by("-pk")[:1]
    if held:
        doubting.resume(
            doubts=list(held),
            by=staff(Role.LEAD),
            answer="One: what matters is that the cap can fall away at all.",
        )


def _decide(data: ProjectData, project: Project, person: Person, most: int, turn: str) -> None:
    """A simulated adjudicator decides so many, and cites what is like it."""
    truths, user = load_truths(data.key), _user(person)
    schema, guideline = newest(project)
    if person.profile is None:
        return
    for dispute in _to_decide(project, user, turn)[:most]:
        content = dispute.item.data
        rng = Random(f"{person.email}:{turn}:{content['ref']}")
        said = simulate(person.profile, data.sector, schema.schema, content, truths[content["ref"]], rng)
        clause, why = rationale(data.key, dispute.question)
        like = [] if turn == Turn.SECOND_LOOK else similar(dispute, schema.schema, 1)
        adjudicate.decide(
            dispute=dispute,
            expert=expert_of(user.email),
            by=user,
            schema=schema,
            guideline=guideline,
            result=_only(said, dispute.question),
            rationale=why,
            clause=clause,
            cites=[one.adjudication.uid for one in like],
        )


def _only(result: list[dict[str, Any]], question: str) -> list[dict[str, Any]]:
    return [region for region in result if region["from_name"] == question]


def _appeal(data: ProjectData, project: Project) -> None:
    """Annotators who were decided against appeal, each once."""
    reasons = list(REASONS)
    for person in able(data, Role.ANNOTATOR):
        user = _user(person)
        mine = list(answers(user).filter(project=project)[:50])
        told = [one for each in decisions_of(user, mine, timezone.now()).values() for one in each]
        found = [one.dispute for one in told if one.appeal == MAY and _differs(user, one.decision)]
        fresh = next((one for one in found if _is_first(one)), None)
        if fresh and reasons:
            appealing.appeal(dispute=fresh, expert=expert_of(user.email), by=user, reason=reasons.pop(0))


def _is_first(dispute: Dispute) -> bool:
    return not Appeal.objects.filter(dispute=dispute).exists()


def _differs(user: User, decision: Adjudication) -> bool:
    """Whether this person had said something else; not that an item is bad, which nobody can say."""
    said = answers(user).filter(item=decision.dispute.item_id).first()
    if said is None or decision.is_bad:
        return False
    values = dict(said.judgements.values_list("question", "value"))
    return values.get(decision.dispute.question) != decision.value
