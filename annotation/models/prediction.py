"""What a model or an import suggests for an item. It never counts as an expert's answer."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.item import Item
from annotation.models.project import Project
from core.ids import new_uid
from core.refusals import InvalidInput
from core.roles import Capability
from core.verbatim import VerbatimJSONField

if TYPE_CHECKING:
    from core.models import User

OUTCOMES = frozenset({"accepted", "changed", "dismissed", "ignored"})
MOST_SHOWN = 5
"""So many suggestions of an item are shown at most: the newest of each model first."""


class PredictionQuerySet(models.QuerySet["Prediction"]):
    def visible_to(self, user: "User") -> "PredictionQuerySet":
        """Where one may see the work. An annotator meets those of an item in its work only."""
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))


class Prediction(models.Model):
    """`result` holds regions in the stored form of an answer; `model` names who suggests, `score` how sure it is.

    `brought` is what an outside script sent (`models.studio`).
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="predictions")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="predictions")
    model = models.CharField(max_length=100, blank=True)
    score = models.FloatField(null=True, blank=True)
    result = models.JSONField()
    brought = VerbatimJSONField(null=True)
    number = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PredictionQuerySet] = PredictionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "model", "number"], name="a_prediction_once_an_item"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.model}"

    @property
    def region_ids(self) -> list[str]:
        """The ids of its regions; where there are none, nothing of it can be shown."""
        return [region["id"] for region in self.result if region.get("id")]


def shown_of(project: Project, item: Item) -> list[Prediction]:
    """What an item's workers are shown, where the project shows suggestions. One statement at most."""
    if not project.suggestions:
        return []
    return list(Prediction.objects.filter(item=item).order_by("-pk")[:MOST_SHOWN])


def shown_with(project: Project, item: Item, told: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """What was shown beside an answer, and what became of each region: `told` by the editor, else "ignored".

    Each of `told` is `{"prediction", "region", "outcome"}`. Raises InvalidInput for a prediction that is none of the
    item's, and for an unknown outcome.
    """
    if not told and not project.suggestions:
        return []
    named = {one["prediction"] for one in told}
    rows = Prediction.objects.filter(item=item).order_by("-pk")
    known = {one.uid: one for one in rows}
    shown = {one.uid for one in list(known.values())[:MOST_SHOWN] if project.suggestions}
    outcomes: dict[str, dict[str, str]] = {}
    for at, one in enumerate(told):
        if one["prediction"] not in known:
            raise InvalidInput(_("The item has no such suggestion."), where=f"suggestions[{at}].prediction")
        if one["outcome"] not in OUTCOMES:
            raise InvalidInput(
                _("A suggestion is accepted, changed, dismissed or ignored."),
                where=f"suggestions[{at}].outcome",
            )
        outcomes.setdefault(one["prediction"], {})[one["region"]] = one["outcome"]
    return [
        {
            "prediction": uid,
            "model": one.model,
            "regions": {id_: outcomes.get(uid, {}).get(id_, "ignored") for id_ in one.region_ids},
        }
        for uid, one in known.items()
        if uid in shown | named and one.region_ids
    ]


def payload(predictions: list[Prediction]) -> list[dict[str, Any]]:
    """Suggestions as the editor reads them."""
    return [
        {"id": one.uid, "model": one.model, "score": one.score, "result": one.result} for one in predictions
    ]
