"""The order in which disputes are listed: by what settling them is worth, or by age. Paged by what came last."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.adjudication import Dispute


class Order(models.TextChoices):
    GAIN = "gain", _("Worth most first")
    OLDEST = "oldest", _("Oldest first")


def in_order(
    rows: "models.QuerySet[Dispute]", order: str, after: str = "", size: int = 50
) -> tuple[list[Dispute], str]:
    """The page after the dispute of that uid (empty or unknown: the first), and what to ask the next one with.

    A dispute that changes its place between two pages may be seen twice, or on the page that one has turned.
    """
    here = rows.order_by("-gain", "pk") if order == Order.GAIN else rows.order_by("pk")
    last = Dispute.objects.filter(uid=after).values_list("gain", "pk").first() if after else None
    if last is not None:
        gain, pk = last
        behind = Q(gain__lt=gain) | Q(gain=gain, pk__gt=pk) if order == Order.GAIN else Q(pk__gt=pk)
        here = here.filter(behind)
    found = list(here[: size + 1])
    return found[:size], found[size - 1].uid if len(found) > size else ""
