"""What happens around disputes in the example: appeals, a bad item, an unclear clause, second looks, citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.utils import timezone

from annotation.models import Adjudication, Appeal, Dispute, GuidelineDoubt, Project
from annotation.models.adjudication import Outcome, Turn
from annotation.models.newest import newest
from annotation.models.own_decisions import MAY, decisions_of
from annotation.models.own_work import answers
from annotation.models.precedents import similar
from annotation.stages import adjudicate
from annotation.stages.adjudicate import appealing, doubting, rules
from core.models import User
from core.roles import Role
from demo.hands import able, drain, expert_of, staff
from demo.person import Person
from demo.projects import ProjectData
from demo.rationales import rationale
from demo.simulate import simulate
from demo.truths import Truth, load_truths

SECOND_LOOKS = 0.5  # share of the decisions that are made twice; a real project would take less
APPEAL_DAYS = 60
LEFT_OPEN = 1  # of the second looks
CITING = 2  # decisions that cite a like one
LEGAL_WEIGHTS = {"clause_type": 2.0}


@dataclass(frozen=True)
class Script:
    """What is said in one project. `unclear`: clause and note; the last one is answered, where there are several.

    `reasons`: of appeals, by the question that was decided. `weights` of questions are set; `second_looks` is the share
    of the decisions that are made twice, and `appeals_decided` how many appeals are.
    """

    reasons: Mapping[str, str]
    unclear: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    bad: str = ""
    weights: Mapping[str, float] = field(default_factory=dict)
    second_looks: float = 0.0
    appeals_decided: int = 1


SCRIPTS = {
    "legal-en": Script(
        unclear=(("3.4", "“Is obliged to” is no modal verb, yet the duty is plain. Is it marked?"),),
        bad="A heading and half a sentence: nobody can say what the clause does.",
        reasons={
            "clause_type": "The first operative sentence is about when the contract ends; the sum comes after it.",
            "risk": "The cap and its exception are one feature by 2.2. They were counted as two.",
            "mentions": "The condition after “provided that” was marked with the obligation, against 3.4.",
        },
        weights=LEGAL_WEIGHTS,
        second_looks=SECOND_LOOKS,
    ),
    "legal-zh": Script(
        unclear=(
            ("3.4", "“有义务”不是“应”或“不得”，但义务很明确，是否标注？"),
            ("3.4", "一句中有两个“应”，后一个省略主语，是否分别标注？"),
            ("2.2", "违约后上限失效，算一项还是两项严重情形？"),
        ),
        answer="算一项：关键在于上限可以失效。",
        bad="只有标题和半句话，无法判断条款类别。",
        reasons={
            "clause_type": "第一个有实际效力的句子讲的是合同何时终止，金额在其后。",
            "risk": "上限及其例外应算作一项，评分多算了一次。",
            "mentions": "“但”之后的条件被一并标为义务，不符合 3.4。",
        },
        weights=LEGAL_WEIGHTS,
        second_looks=SECOND_LOOKS,
    ),
    "finance-en": Script(
        reasons={
            "sentiment": "By 1.4 the outlook outweighs the results, and the outlook is the last sentence.",
            "mentions": "The sign and the unit belong to the amount by 2.2; the mark leaves one of them out.",
            "guidance": "The figure is the company's own, for a period not yet ended: 3.3 asks for it.",
        },
        appeals_decided=3,
    ),
}


def settle_up(data: ProjectData, project: Project) -> None:
    """Play all of it once, in the projects of SCRIPTS, after their work."""
    script = SCRIPTS.get(data.key)
    if script is None or Appeal.objects.filter(dispute__project=project).exists():
        return
    rules.change(
        project=project,
        by=staff(Role.LEAD),
        weights=script.weights,
        appeal_days=APPEAL_DAYS,
        second_look_share=script.second_looks,
    )
    drain()
    first, second = able(data, Role.ADJUDICATOR)[:2]
    _ask(project, _user(first), script)
    if script.bad:
        _set_aside(project, _user(first), script)
    _decide(data, project, first, CITING, Turn.FIRST)
    drain()
    _appeal(data, project, script)
    _decide(data, project, second, script.appeals_decided, Turn.APPEAL)
    looks = _to_decide(project, _user(second), Turn.SECOND_LOOK)
    _decide(data, project, second, max(0, len(looks) - LEFT_OPEN), Turn.SECOND_LOOK)
    drain()


def _user(person: Person) -> User:
    return User.objects.get(email=person.email)


def _to_decide(project: Project, user: User, turn: str) -> list[Dispute]:
    rows = Dispute.objects.to_decide_by(user).filter(project=project, turn=turn)
    if turn == Turn.SECOND_LOOK:  # who looked cannot decide the appeal any more
        rows = rows.exclude(of__in=Appeal.objects.values("dispute"))
    return list(rows.select_related("project__organisation", "item__lane").order_by("-gain", "pk"))


def _set_aside(project: Project, user: User, script: Script) -> None:
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
            rationale=script.bad,
            outcome=Outcome.BAD_ITEM,
        )
        return


def _ask(project: Project, user: User, script: Script) -> None:
    """Some disputes wait for the lead, who has answered one of several."""
    guideline = newest(project)[1]
    waiting = _to_decide(project, user, Turn.FIRST)
    for dispute, (clause, note) in zip(waiting, script.unclear, strict=False):
        doubting.hold(
            dispute=dispute,
            expert=expert_of(user.email),
            by=user,
            guideline=guideline,
            note=note,
            clause=clause,
        )
    held = list(GuidelineDoubt.objects.holding().filter(project=project).order_by("-pk"))
    if script.answer and len(held) > 1:
        doubting.resume(doubts=held[:1], by=staff(Role.LEAD), answer=script.answer)


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


def _appeal(data: ProjectData, project: Project, script: Script) -> None:
    """Annotators who were decided against appeal, each once, and rather where they were right."""
    reasons, truths = dict(script.reasons), load_truths(data.key)
    for person in able(data, Role.ANNOTATOR):
        user = _user(person)
        mine = list(answers(user).filter(project=project)[:50])
        told = [one for each in decisions_of(user, mine, timezone.now()).values() for one in each]
        found = [one.dispute for one in told if one.appeal == MAY and _differs(user, one.decision)]
        found.sort(key=lambda one: not _was_right(user, one, truths))
        fresh = next((one for one in found if one.question in reasons and _is_first(one)), None)
        if fresh:
            reason = reasons.pop(fresh.question)
            appealing.appeal(dispute=fresh, expert=expert_of(user.email), by=user, reason=reason)


def _is_first(dispute: Dispute) -> bool:
    return not Appeal.objects.filter(dispute=dispute).exists()


def _was_right(user: User, dispute: Dispute, truths: Mapping[str, Truth]) -> bool:
    """Whether this person's answer is the one that the example's author had in mind."""
    said = answers(user).filter(item=dispute.item_id).first()
    value = said and said.judgements.filter(question=dispute.question).values_list("value", flat=True).first()
    right: Any = truths[dispute.item.data["ref"]].answers.get(dispute.question)
    return bool(_plain(right) == _plain(value))


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _differs(user: User, decision: Adjudication) -> bool:
    """Whether this person had said something else; not that an item is bad, which nobody can say."""
    said = answers(user).filter(item=decision.dispute.item_id).first()
    if said is None or decision.is_bad:
        return False
    values = dict(said.judgements.values_list("question", "value"))
    return values.get(decision.dispute.question) != decision.value
