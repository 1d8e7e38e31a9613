"""Disputes that were decided, with a second adjudicator at hand."""

from annotation.models import Adjudication, Dispute, Item
from core.models import User
from core.organisations import grant
from core.roles import Role
from tests import cast
from tests.cast import World


def second_adjudicator(ours: World, name: str = "heidi") -> User:
    """One more qualified adjudicator of the organisation."""
    user = cast.person(name)
    grant(user=user, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    cast.qualify(user, ours.organisation, ours.project.sector, ours.lead)
    return user


def disputed(ours: World, count: int = 1, start: int = 0) -> list[Dispute]:
    """So many items on whose verdict the two annotators differ: breach and unsure."""
    cast.bring_texts(ours.project, ours.lead, count, start)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.everything())
    cast.answer_all(ours.project, ours.people["annotator2"], lambda _: cast.everything("unsure"))
    cast.drain()
    rows = Dispute.objects.select_related("project__organisation", "item__lane").order_by("pk")
    return list(rows.filter(project=ours.project, closed_at=None))


def decided(ours: World, verdict: str = "breach") -> tuple[Dispute, Adjudication]:
    """A dispute that Erin decided, of a settled item."""
    [dispute] = disputed(ours)
    decision = cast.decide(dispute, ours.people["adjudicator"], cast.choice(verdict))
    cast.drain()
    return fresh(dispute), decision


def fresh(dispute: Dispute) -> Dispute:
    """The dispute as it stands in the database."""
    return Dispute.objects.select_related("project__organisation", "item__lane").get(pk=dispute.pk)


def gold_of(item: Item, question: str = "verdict") -> object:
    """The value that holds for the question now; None where there is none."""
    return item.gold.filter(question=question, superseded_at=None).values_list("value", flat=True).first()
