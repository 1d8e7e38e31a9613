"""Rules about one item: whom it concerns, who brought it in, who has had it."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.assignment import Assignment
from annotation.models.batch import Batch
from annotation.models.candidate import Candidate
from annotation.models.party import ItemParty
from annotation.models.rule import About, Rule, always
from core.models import Membership, Organisation
from core.roles import Capability
from experts.models import ConflictKey
from experts.names import party_keys

HAD = "had_before"
MOST_ORGANISATIONS = 50


def _conflicted(candidate: Candidate, at: str) -> Q:
    declared = ConflictKey.objects.filter(
        expert=candidate.expert, key=OuterRef("key"), conflict__ended_at=None
    )
    return Q(Exists(ItemParty.objects.filter(Exists(declared), item=OuterRef("pk"))))


def _author(candidate: Candidate, at: str) -> Q:
    return Q(Exists(Batch.objects.filter(pk=OuterRef("batch"), created_by=candidate.user)))


def _colleague(candidate: Candidate, at: str) -> Q:
    """Of a party, or of who brought the batch in; in the organisation that runs the project everybody would be one."""
    own = Organisation.objects.filter(pk__in=candidate.organisations().values("organisation"))
    keys = [
        key for name in own.values_list("name", flat=True)[:MOST_ORGANISATIONS] for key in party_keys(name)
    ]
    elsewhere = candidate.organisations().exclude(organisation=candidate.project.organisation_id)
    colleagues = (
        Membership.objects.current()
        .filter(project_id=None, organisation__in=elsewhere.values("organisation"))
        .values("user")
    )
    brought = Batch.objects.filter(project=candidate.project.pk, created_by__in=colleagues)
    party = ItemParty.objects.filter(item=OuterRef("pk"), key__in=keys)
    return Q(batch__in=brought.values("pk")) | Q(Exists(party))


def _had(candidate: Candidate, at: str) -> Q:
    given = Assignment.objects.filter(
        item=OuterRef("pk"), expert=candidate.expert, round=OuterRef("round"), aside=0
    )
    return Q(Exists(given))


ITEM_RULES: tuple[Rule, ...] = (
    Rule(
        "conflict",
        About.ITEM,
        always,
        _conflicted,
        _("The person has declared an interest in a party of the item."),
        private=True,
    ),
    Rule(
        "author",
        About.ITEM,
        lambda one: one.project.bar_authors,
        _author,
        _("The person brought the item's batch in."),
    ),
    Rule(
        "colleague",
        About.ITEM,
        lambda one: one.project.bar_colleagues,
        _colleague,
        _("A party of the item, or who brought it in, belongs to an organisation of the person."),
        private=True,
    ),
    Rule(
        HAD,
        About.ITEM,
        lambda one: one.part is Capability.LABEL,
        _had,
        _("The person has had this item before."),
    ),
)
