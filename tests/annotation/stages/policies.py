"""What the tests of overlap policies share: a project with one question, and annotators with a record."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.models import Annotation, Dispute, GoldLabel, Item, Project, Reliability
from annotation.stages import overlap
from core.models import User
from core.organisations import grant
from experts import evidence
from tests import cast
from tests.cast import World

VERDICTS = ("breach", "no breach", "unsure")
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="breach"/><Choice value="no breach"/><Choice value="unsure"/>
  </Choices>
</View>"""


def project_of(ours: World, *, items: int, **settings: Any) -> Project:
    """A project under the policy that `settings` name, with so many open items."""
    project = cast.found_project(
        ours.organisation, ours.lead, config=CONFIG, qualified_only=False, dispute_rule="no_majority"
    )
    overlap.change_overlap(project=project, by=ours.lead, **settings)
    cast.bring_texts(project, ours.lead, items)
    return project


def annotators(ours: World, count: int, project: Project | None = None, right: int = 0) -> list[User]:
    """So many people who may label; with a project, each with `right` of 100 control items behind them."""
    people = []
    for _ in range(count):
        user = cast.person(f"annotator-{User.objects.count()}")
        grant(user=user, organisation=ours.organisation, role="annotator", by=ours.owner)
        people.append(user)
        if project:
            rely(project, user, right)
    return people


def rely(project: Project, user: User, right: int, kind: str = "") -> None:
    """Give a person a record in the project: `right` of 100."""
    expert = evidence.expert_of(user)
    Reliability.objects.create(project=project, expert=expert, kind=kind, right=right, asked=100)


def say(project: Project, user: User, *verdicts: str) -> list[Annotation]:
    """The person answers their next items with these verdicts; then every job is run."""
    given = []
    for verdict in verdicts:
        assignment = cast.take(project, user)
        assert assignment, f"nothing left for {user}"
        given.append(cast.submit(assignment, user, cast.choice(verdict)).annotation)
    cast.drain()
    return given


def item() -> Item:
    """The only item, as the pipeline reads it."""
    return Item.objects.select_related("project", "lane").get()


def slots(one: Item) -> tuple[int, int, int, int]:
    """Overlap, open slots, filled, and how many of the overlap came later."""
    one.refresh_from_db()
    return one.overlap, one.open_slots, one.filled, one.widened


def play(
    project: Project, people: Sequence[User], said: Mapping[tuple[str, str], str], decide: User
) -> dict[str, str]:
    """Everybody answers a few items in turn until nothing is left, then disputes are decided by `decide`.

    `said` is (person's address, text) -> verdict; under `decide`'s own address stands the truth. Returns text -> gold.
    """
    busy = True
    while busy:
        busy = False
        for user in people:
            given = cast.answer_all(
                project,
                user,
                lambda work, user=user: cast.choice(said[user.email, work.item.data["text"]]),  # type: ignore[misc]
                most=3,
            )
            busy = busy or bool(given)
            cast.drain()
    for dispute in Dispute.objects.filter(project=project, closed_at=None).select_related("item"):
        cast.decide(dispute, decide, cast.choice(said[decide.email, dispute.item.data["text"]]))
    cast.drain()
    gold = GoldLabel.objects.current().filter(project=project).select_related("item")
    return {one.item.data["text"]: str(one.value) for one in gold}
