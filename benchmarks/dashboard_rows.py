"""The project that the dashboard is measured on: a block that people answered, copied until it is large.

The block goes through the stages that people use, over eight weeks, two guideline versions and 20 experts, and is
folded by the platform's own jobs. Then every row of it is copied by the database, and the sums are multiplied: so the
stored tables say of the large project what they would say if its items had been answered in the same way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from annotation.models import (
    Adjudication,
    Annotation,
    AnnotationVersion,
    Assignment,
    Counted,
    Dispute,
    Item,
    Project,
    noting,
)
from annotation.models.annotation import Judgement
from annotation.models.folding import FoldedItem
from annotation.models.pattern import BoundaryCount, DayCount, ItemPattern, PairCount, PatternCount
from annotation.models.truth import ExpertMeasure, ItemTruth
from annotation.stages import ingest
from annotation.stages import project as projects
from benchmarks.copying import analyse, last, multiply
from core.models import User
from core.organisations import grant
from core.roles import Role
from tests import cast

BLOCK, EXPERTS, OVERLAP, DAYS = 200, 20, 6, 56
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="breach"/><Choice value="no breach"/><Choice value="unsure"/><Choice value="not stated"/>
  </Choices>
  <Choices name="topics" toName="text" choice="multiple">
    <Choice value="price"/><Choice value="term"/><Choice value="notice"/>
  </Choices>
  <Labels name="span" toName="text"><Label value="Party"/><Label value="Date"/></Labels>
  <Rating name="stars" toName="text" maxRating="5"/>
</View>"""
LABELS = ("breach", "no breach", "unsure", "not stated")
TOPICS = ("price", "term", "notice")
GUIDELINE = "# 1. Breach\n\n1.1 A party did not do what it owes.\n\n1.2 A notice is late.\n"


class Clock:
    """What `timezone.now` says while the block is answered."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self) -> datetime:
        """Later with every call, so that what happens has an order."""
        self.at += timedelta(milliseconds=1)
        return self.at


@contextmanager
def clock(start: datetime) -> Iterator[Clock]:
    """Time as the block has it."""
    found = Clock(start)
    with patch.object(timezone, "now", found.now):
        yield found


def build(items: int) -> Project:
    """A project of so many items, rounded down to blocks, with five answers an item."""
    world = cast.world(cast.OURS)
    project = cast.found_project(
        world.organisation,
        world.lead,
        config=CONFIG,
        guideline=GUIDELINE,
        overlap=OVERLAP,
        name="Large",
        dispute_rule="no_majority",
    )
    people = []
    for at in range(EXPERTS):
        user = cast.person(f"expert{at}")
        grant(user=user, organisation=world.organisation, role=Role.ANNOTATOR, by=world.owner)
        cast.qualify(user, world.organisation, cast.sector(), world.lead)
        people.append(user)
    with clock(datetime.now(UTC) - timedelta(days=DAYS)) as time:
        _answer(project, people, world, time)
    with transaction.atomic():
        noting.measure_soon(project)
    cast.drain()
    _fill_in(project)
    _copy(project, items // BLOCK - 1)
    return project


def _answer(project: Project, people: list[User], world: cast.World, time: Clock) -> None:
    begun = time.at
    rows = [{"text": f"Clause {at}: the tenant owes rent. " * 15} for at in range(BLOCK)]
    ingest.begin_batch(
        project=project,
        by=world.lead,
        file=ContentFile(cast.jsonl(rows)),
        name="rows.jsonl",
        licence="CC0-1.0",
    )
    cast.drain()
    total = BLOCK * (OVERLAP - 1)
    given = 0
    while given < total:
        for user in people:
            assignment = cast.take(project, user)
            if assignment:
                draw = Random(f"{user.email}:{assignment.item_id}")
                truth = Random(f"truth:{assignment.item_id}")
                cast.submit(assignment, user, says(draw, truth, assignment.item.data["text"]))
                given += 1
        time.at = max(time.at, begun + timedelta(days=DAYS) * given / total)
        if given * 2 >= total and project.guidelines.count() == 1:
            projects.add_guideline(project=project, by=world.lead, text=GUIDELINE + "\n1.3 More.\n")
    cast.drain()
    _decide(project, world)
    cast.drain()


def says(draw: Random, truth: Random, whole: str) -> cast.Result:
    """Mostly what is true; three of ten slip in one way or another."""
    right, topic, stars, start = (
        truth.choice(LABELS),
        truth.choice(TOPICS),
        truth.randint(1, 5),
        truth.randrange(0, 60),
    )
    said = right if draw.random() < 0.7 else draw.choice(LABELS)
    topics = {topic, draw.choice(TOPICS)} if draw.random() < 0.25 else {topic}
    near = stars if draw.random() < 0.7 else min(5, max(1, stars + draw.choice((-1, 1))))
    end = start + 10 + (draw.randrange(1, 6) if draw.random() < 0.3 else 0)
    return [
        *cast.choice(said),
        cast.region("topics", "choices", {"choices": sorted(topics)}),
        cast.region(
            "span", "labels", {"start": start, "end": end, "text": whole[start:end], "labels": ["Party"]}
        ),
        cast.region("stars", "rating", {"rating": near}),
    ]


def _decide(project: Project, world: cast.World) -> None:
    for at, dispute in enumerate(Dispute.objects.filter(project=project, closed_at=None).order_by("pk")):
        if at % 3:
            result = says(Random(at), Random(at), dispute.item.data["text"])
            asked = [region for region in result if region["from_name"] == dispute.question]
            cast.decide(dispute, world.people["adjudicator"], asked, clause=("1.1", "1.2")[at % 2])


def _fill_in(project: Project) -> None:
    """What the truth model writes, in its shape, where the jobs have not written it."""
    experts = list(Annotation.objects.filter(project=project).values_list("expert", flat=True).distinct())
    if not ExpertMeasure.objects.filter(project=project).exists():
        ExpertMeasure.objects.bulk_create(
            ExpertMeasure(
                project=project, expert_id=pk, question=question, run=1, answers=80, value=0.8, low=0.7, high=0.9,
                drift=0.0, drift_low=-0.1, drift_high=0.1, seconds=30, seconds_low=20, seconds_high=50,
            )
            for pk in experts
            for question in ("", "verdict", "topics", "stars")
        )  # fmt: skip
    if not ItemTruth.objects.filter(project=project).exists():
        ItemTruth.objects.bulk_create(
            ItemTruth(
                project=project, item_id=pk, question=question, value="breach", probability=0.7, entropy=0.9,
                gain=(pk % 97) / 1000, answers=4, open=pk % 5 == 0, run=1,
            )
            for pk in Item.objects.filter(project=project).values_list("pk", flat=True)
            for question in ("verdict", "topics", "stars")
        )  # fmt: skip


_COPIED: tuple[type[Model], ...] = (
    Item,
    Assignment,
    Annotation,
    AnnotationVersion,
    Judgement,
    Dispute,
    Adjudication,
    ItemPattern,
    FoldedItem,
    Counted,
    ItemTruth,
)


def _copy(project: Project, times: int) -> None:
    """Every row of the block once more for each copy, its references moved along; the sums multiplied."""
    step = {model: last(model) for model in _COPIED}
    with transaction.atomic():
        for model in _COPIED:
            multiply(model, times, step)
        for sums, names in (
            (PatternCount, ("items",)),
            (PairCount, ("items",)),
            (BoundaryCount, ("pairs",)),
            (DayCount, ("answers", "seconds", "labelled", "disputed", "settled")),
        ):
            rows: Any = sums._default_manager.filter(project=project)
            rows.update(**{name: F(name) * (times + 1) for name in names})
    analyse()
