"""Random histories of a project's answers, and its figures computed from all answers at once."""

import random
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.spans import span_f1
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from annotation.formats.answers import check
from annotation.models import Annotation, AnnotationVersion, Item, Judgement, Project, noting
from annotation.stages import project as projects
from tests import cast
from tests.cast import World

VERDICTS = ("breach", "no breach", "unsure")
LEVELS = {"verdict": "nominal", "topics": "masi", "stars": "ordinal", "amount": "interval"}


def says(draw: random.Random) -> cast.Result:
    """An answer to some of the questions."""
    said = cast.choice(draw.choice(VERDICTS))
    if draw.random() < 0.9:
        topics = draw.sample(["price", "term", "notice"], draw.randint(1, 3))
        said.append(cast.region("topics", "choices", {"choices": topics}))
    for start, end, text in ((0, 6, "Clause"), (0, 8, "")):
        if text and draw.random() < 0.6:
            value = {"start": start, "end": end, "text": text, "labels": [draw.choice(["Party", "Date"])]}
            said.append(cast.region("span", "labels", value))
    if draw.random() < 0.8:
        said.append(cast.region("stars", "rating", {"rating": draw.randint(1, 5)}))
    if draw.random() < 0.8:
        said.append(cast.region("amount", "number", {"number": draw.choice([0, 1, 2.5, 700])}))
    return said


def step(world: World, draw: random.Random) -> None:
    """One of the things that change what is counted."""
    kinds = [answer, answer, answer, correct, retract, widen, new_guideline]
    draw.choice(kinds)(world, draw)


def answer(world: World, draw: random.Random) -> None:
    """Somebody answers up to four items."""
    user = world.people[draw.choice(["annotator", "annotator2", "annotator3"])]
    cast.answer_all(world.project, user, lambda _: says(draw), most=draw.randint(1, 4))


def correct(world: World, draw: random.Random) -> None:
    """An answer gets another version."""
    found = _one(world, draw)
    if found is None or found.current is None:
        return
    result, old = says(draw), found.current
    values = check(old.label_schema.schema, found.item.data, result, complete=True)
    with transaction.atomic():
        version = AnnotationVersion.objects.create(
            annotation=found,
            number=old.number + 1,
            label_schema=old.label_schema,
            guideline=old.guideline,
            result=result,
            predictions_shown=["model"] if draw.random() < 0.2 else [],
            created_by=old.created_by,
            created_at=timezone.now(),
        )
        Annotation.objects.filter(pk=found.pk).update(current=version)
        found.judgements.all().delete()
        Judgement.objects.bulk_create(
            Judgement(
                project_id=found.project_id,
                item_id=found.item_id,
                annotation=found,
                expert_id=found.expert_id,
                question=question,
                value=value,
            )
            for question, value in values.items()
        )
        noting.note(found.project_id, [found.item_id])


def retract(world: World, draw: random.Random) -> None:
    """An answer is taken back."""
    found = _one(world, draw)
    if found is not None:
        with transaction.atomic():
            Annotation.objects.filter(pk=found.pk).update(retracted_at=timezone.now())
            noting.note(found.project_id, [found.item_id])


def widen(world: World, draw: random.Random) -> None:
    """An item asks for an answer more, because of what was said."""
    items = list(Item.objects.filter(project=world.project, overlap__lt=3).order_by("pk"))
    if items:
        item = draw.choice(items)
        with transaction.atomic():
            Item.objects.filter(pk=item.pk).requeue(
                overlap=F("overlap") + 1,
                open_slots=F("open_slots") + 1,
                widened=F("widened") + draw.randint(0, 1),
                labelled_at=None,
            )
            noting.note(world.project.pk, [item.pk])


def new_guideline(world: World, draw: random.Random) -> None:
    """From here on another version of the guideline is followed."""
    text = f"{cast.GUIDELINE}\n{draw.random()}\n"
    projects.add_guideline(project=world.project, by=world.lead, text=text)


def _one(world: World, draw: random.Random) -> Annotation | None:
    there = list(Annotation.objects.counted().filter(project=world.project).order_by("pk"))
    return draw.choice(there) if there else None


def counted(project: Project) -> list[Annotation]:
    """The answers that agreement is measured from: the rule, written another way."""
    found: list[Annotation] = []
    rows = Annotation.objects.filter(project=project).select_related("item", "current__guideline")
    for item in Item.objects.filter(project=project, control=False):
        mine = [one for one in rows.order_by("pk") if one.item_id == item.pk]
        good = [one for one in mine if one.retracted_at is None and not one.surplus and one.tier == "first"]
        shown = [
            one for one in good if one.current and one.current.blind and not one.current.predictions_shown
        ]
        found += shown[: item.overlap - item.widened]
    return found


def batch(project: Project, question: str) -> list[Statistic]:
    """The figures of a question as a whole, from all answers at once."""
    values: dict[tuple[int, str], Any] = {
        (one.annotation_id, one.question): one.value for one in Judgement.objects.filter(project=project)
    }
    if question == "span":
        return [
            span_f1(
                [
                    (one.item_id, one.expert_id, frozenset(map(tuple, values.get((one.pk, "span"), []))))
                    for one in counted(project)
                ],
                seed=0,
            )
        ]
    said = [
        (one.item_id, one.expert_id, _label(values[one.pk, question]))
        for one in counted(project)
        if (one.pk, question) in values
    ]
    study = Study.from_triples(said)
    return [krippendorff_alpha(study, level=LEVELS[question], seed=0), percent_agreement(study, seed=0)]


def reasons(project: Project, expected: Statistic) -> set[str]:
    """The reasons that may be given. Whether there is one person only is asked of the project, not of the question."""
    both = {"no_shared_items", "one_annotator"}
    if expected.reason not in both:
        return {expected.reason or ""}
    return {"one_annotator"} if len({one.expert_id for one in counted(project)}) == 1 else both


def _label(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
