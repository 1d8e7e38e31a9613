"""What the API asks and answers about the items of a project."""

from datetime import MAXYEAR, date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from annotation.api.base import Result
from annotation.api.credential_shapes import NameOut
from annotation.api.paging import PageQuery
from annotation.models import Annotation, Dispute, GoldLabel, QualityFinding
from annotation.models.adjudication import Turn
from annotation.models.gold import HowSettled
from annotation.models.item import ItemState
from annotation.models.items_like import ANY_FLAG
from annotation.models.lane import SPECIALIST
from annotation.models.quality import Outcome, StepKey

NOT_LOOKED_AT = "open"
MARKS = (NOT_LOOKED_AT, Outcome.CLEAR.value, Outcome.ASIDE.value)
"""What can be said of a flag of personal data."""


class ItemQuery(PageQuery):
    """Each filter narrows further. `pair`, `label`, `week`, `guideline` and `least` are about a `question`.

    What says something of unsettled answers shows only settled items to who may still answer or decide.
    """

    state = serializers.ChoiceField(ItemState.choices, default="", help_text="`disputed` among them.")
    language = serializers.CharField(default="", max_length=20)
    batch = serializers.CharField(default="", max_length=40)
    kind = serializers.CharField(default="", max_length=60, help_text="The kind of item, as its row said.")
    tier = serializers.ChoiceField([SPECIALIST], default="")
    flag = serializers.ChoiceField(
        [ANY_FLAG, *StepKey.values], default="", help_text="A step of the check at the door that flagged it."
    )
    question = serializers.CharField(default="", max_length=100, help_text="A question's key.")
    pair = serializers.ListField(
        child=serializers.CharField(max_length=2000),
        required=False,
        min_length=2,
        max_length=2,
        help_text="Two labels: one said the first, another the second.",
    )
    label = serializers.CharField(  # type: ignore[assignment]  # a field called label
        default="", max_length=2000, help_text="One said it, others did not."
    )
    week = serializers.DateField(default=None, help_text="The Monday of the week of the last answer.")
    guideline = serializers.IntegerField(
        default=None, min_value=1, max_value=2_000_000_000, help_text="Answered under this version of it."
    )
    least = serializers.FloatField(
        default=None, min_value=0, max_value=100, help_text="Answers differ by so many bits or more."
    )
    most = serializers.FloatField(
        default=100, min_value=0, max_value=100, help_text="And by fewer than so many."
    )
    expert = serializers.CharField(
        default="", max_length=40, help_text="Who answered it, while answers differ."
    )
    clause = serializers.CharField(default="", max_length=40, help_text="A decision names this clause.")
    with_data = serializers.BooleanField(default=False, help_text="Whether each line brings its `data`.")

    def validate_week(self, week: date | None) -> date | None:
        """A week later must be a day too."""
        if week is not None and week.year == MAXYEAR:
            raise serializers.ValidationError(_("There is no such week."))
        return week


class ItemLine(serializers.Serializer[Any]):
    """`answers` of the `wanted` are in. `blocked` is a code, empty where nothing holds it back."""

    id = serializers.CharField(source="uid")
    batch = serializers.CharField(source="batch.uid")
    line = serializers.IntegerField(help_text="Where it stands in the batch's file.")
    state = serializers.ChoiceField(ItemState.choices)
    language = serializers.CharField(allow_blank=True)
    kind = serializers.CharField(source="lane.kind", allow_blank=True)
    tier = serializers.CharField(source="lane.tier", allow_blank=True)
    answers = serializers.IntegerField(source="filled")
    wanted = serializers.IntegerField(source="overlap")
    blocked = serializers.CharField(allow_blank=True)
    group = serializers.CharField(source="group_key", allow_blank=True)
    created_at = serializers.DateTimeField()
    routed_at = serializers.DateTimeField(allow_null=True)
    labelled_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    bad_at = serializers.DateTimeField(allow_null=True)


class ListedItem(ItemLine):
    data = serializers.DictField(required=False)  # type: ignore[assignment]  # a field called data


class FlagOut(serializers.Serializer[Any]):
    """`params` are what fills the code's sentence: counts, languages, places, the id of another item.

    Of personal data `outcome` says what somebody found who looked, `seen_by` who that was; of other steps it is empty.
    """

    id = serializers.IntegerField(help_text="Until the batch is checked again.")
    step = serializers.ChoiceField(StepKey.choices)
    code = serializers.CharField()
    params = serializers.DictField()
    outcome = serializers.ChoiceField([*MARKS, ""])
    seen_by = NameOut(allow_null=True)
    seen_at = serializers.DateTimeField(allow_null=True)


class ItemAnswer(serializers.Serializer[Any]):
    """`values`: judgement values by question."""

    id = serializers.CharField()
    expert = NameOut()
    created_at = serializers.DateTimeField()
    surplus = serializers.BooleanField()
    values = serializers.DictField()
    result = Result()


class ItemGold(serializers.Serializer[Any]):
    question = serializers.CharField()
    value = serializers.JSONField(allow_null=True)
    how = serializers.ChoiceField(HowSettled.choices)
    chance = serializers.FloatField(
        allow_null=True, help_text="The probability at which it was certain enough to ask nobody else."
    )
    soft = serializers.ListField(
        allow_null=True,
        child=serializers.ListField(),
        help_text="What the answers come to: `[value, probability]`, the likeliest first. Null: not counted.",
    )
    dissent = serializers.ListField(help_text="The values of those who said otherwise.")
    settled_at = serializers.DateTimeField()
    result = Result()


class ItemDispute(serializers.Serializer[Any]):
    id = serializers.CharField()
    question = serializers.CharField()
    turn = serializers.ChoiceField(Turn.choices)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    adjudicator = NameOut(allow_null=True)


class ItemWhole(ItemLine):
    """`answers_given`, `gold` and `disputes` are null for who may still label or decide it, until it is settled."""

    data = serializers.DictField()  # type: ignore[assignment]  # a field called data
    meta = serializers.JSONField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field called source
    licence = serializers.CharField(allow_blank=True)
    seems_to_be = serializers.CharField(
        allow_blank=True, help_text="The language that its text seems to be in."
    )
    flags = FlagOut(many=True, help_text="At most 50.")
    answers_given = ItemAnswer(many=True, allow_null=True)
    gold = ItemGold(many=True, allow_null=True)
    disputes = ItemDispute(many=True, allow_null=True)


def flag_line(finding: QualityFinding) -> dict[str, Any]:
    """A flag as FlagOut says; who looked is loaded with it."""
    by = finding.seen_by
    is_personal = finding.step == StepKey.PERSONAL
    return {
        "id": finding.pk,
        **{name: getattr(finding, name) for name in ("step", "code", "params", "seen_at")},
        "outcome": (finding.outcome or NOT_LOOKED_AT) if is_personal else "",
        "seen_by": {"id": by.uid, "name": str(by)} if by else None,
    }


def answer_line(given: Annotation) -> dict[str, Any]:
    """An answer as ItemAnswer says; its judgements are prefetched."""
    return {
        "id": given.uid,
        "expert": {"id": given.expert.uid, "name": str(given.expert)},
        "created_at": given.created_at,
        "surplus": given.surplus,
        "values": {judgement.question: judgement.value for judgement in given.judgements.all()},
        "result": given.current.result if given.current else [],
    }


def gold_line(gold: GoldLabel) -> dict[str, Any]:
    """A settled answer as ItemGold says."""
    names = ("question", "value", "how", "chance", "soft", "settled_at", "result")
    return {
        **{name: getattr(gold, name) for name in names},
        "dissent": [one.get("value") for one in gold.dissent],
    }


def dispute_line(dispute: Dispute) -> dict[str, Any]:
    """A dispute as ItemDispute says."""
    decision: Any = getattr(dispute, "adjudication", None)
    by = decision.adjudicator if decision else None
    return {
        "id": dispute.uid,
        **{name: getattr(dispute, name) for name in ("question", "turn", "opened_at", "closed_at")},
        "decided_at": decision.decided_at if decision else None,
        "adjudicator": {"id": by.uid, "name": str(by)} if by else None,
    }
