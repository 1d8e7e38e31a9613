"""Who may judge an item and who may not, for those who lead. Read-only."""

from annotation.models import Item
from annotation.models.eligibility import Verdict, eligible_of
from core.models import Membership
from core.roles import Capability
from experts.models import Expert

MOST = 50


def judges_of(item: Item) -> tuple[list[tuple[Expert, Verdict]], bool]:
    """The project's annotators by name, at most MOST of them, and whether there are more. Two statements."""
    members = Membership.objects.current().filter(item.project.memberships_that(Capability.LABEL))
    found = Expert.objects.filter(user__in=members.values("user")).select_related("user")
    experts = list(found.order_by("user__name", "pk")[: MOST + 1])
    return eligible_of(item, experts[:MOST]), len(experts) > MOST
