"""The project that a release is measured on: a block that three people answered, copied until it is large."""

from datetime import UTC, datetime, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model

from annotation.models import (
    Annotation,
    AnnotationVersion,
    Assignment,
    GoldLabel,
    Item,
    Project,
    ReleasePolicy,
)
from annotation.models.annotation import Judgement
from annotation.stages import ingest
from benchmarks.copying import analyse, last, multiply
from benchmarks.dashboard_rows import GUIDELINE, LABELS, clock, says
from core.models import User
from core.organisations import grant
from core.roles import Role
from tests import cast

BLOCK = 200
_COPIED = (Item, Assignment, Annotation, AnnotationVersion, Judgement, GoldLabel)
WORDS = "Clause "
CONFIG = f"""<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    {"".join(f'<Choice value="{label}"/>' for label in LABELS)}
  </Choices>
  <Labels name="span" toName="text"><Label value="Party"/><Label value="Date"/></Labels>
</View>"""
"""A choice and spans, as the workload asks that is run against Label Studio."""


def build(items: int, answers: int) -> tuple[Project, User]:
    """A project of so many settled items, rounded down to blocks, with so many answers each, and its lead."""
    world = cast.world(cast.OURS)
    project = cast.found_project(
        world.organisation,
        world.lead,
        config=CONFIG,
        guideline=GUIDELINE,
        overlap=answers,
        name="Large",
        dispute_rule="no_majority",
        licence="CC-BY-4.0",
    )
    with clock(datetime.now(UTC) - timedelta(days=8)):  # before they answer: the gate asks
        people = [_expert(world, at) for at in range(answers)]
    rows = [{"text": f"{WORDS}{at}: the tenant owes rent. " * 15} for at in range(BLOCK)]
    ingest.begin_batch(
        project=project,
        by=world.lead,
        file=ContentFile(cast.jsonl(rows)),
        name="rows.jsonl",
        licence="CC0-1.0",
    )
    cast.drain()
    _answer(project, people)
    # The door's checks are not copied with the items: what the gate would say of them is not measured here.
    ReleasePolicy.objects.create(project=project, personal=False, duplicates=False)
    _copy(items // BLOCK - 1)
    return project, world.lead


def _expert(world: cast.World, at: int) -> User:
    user = cast.person(f"expert{at}")
    grant(user=user, organisation=world.organisation, role=Role.ANNOTATOR, by=world.owner)
    cast.qualify(user, world.organisation, cast.sector(), world.lead)
    return user


def _answer(project: Project, people: list[User]) -> None:
    """Everybody says mostly the same; two of three say what is settled."""
    with clock(datetime.now(UTC) - timedelta(days=7)):
        for at, user in enumerate(people):
            while assignment := cast.take(project, user):
                truth = Random(f"truth:{assignment.item_id}")
                slips = Random(f"{at}:{assignment.item_id}")
                same = at < 2 or slips.random() < 0.7
                draw = Random(f"same:{assignment.item_id}") if same else slips
                said = says(draw, truth, assignment.item.data["text"])
                cast.submit(
                    assignment, user, [one for one in said if one["from_name"] in {"verdict", "span"}]
                )
    cast.drain()


def _copy(times: int) -> None:
    if times > 0:
        step: dict[type[Model], int] = {model: last(model) for model in _COPIED}
        with transaction.atomic():
            for model in _COPIED:
                multiply(model, times, step, words=WORDS)
    analyse()
