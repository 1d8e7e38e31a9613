"""What the API asks and answers about disputes, decisions, appeals, doubts and second looks."""

from typing import Any

from rest_framework import serializers

from annotation.api.base import Result
from annotation.api.openapi import GuidelineOut, ItemOut, ProjectName, SchemaOut
from annotation.api.paging import PageQuery
from annotation.models.adjudication import Outcome, Review
from annotation.models.dispute_draft import Way
from annotation.models.dispute_queue import Order
from annotation.stages.adjudicate.citing import MOST_CITED


class QueueQuery(PageQuery):
    order = serializers.ChoiceField(Order.choices, default=Order.GAIN)


class DecideBody(serializers.Serializer[Any]):
    """`clause` is the number of a clause of the guideline. A bad item has no `result`."""

    result = Result(required=False)
    rationale = serializers.CharField(allow_blank=True, trim_whitespace=True)
    clause = serializers.CharField(allow_blank=True, default="", max_length=60)
    outcome = serializers.ChoiceField(Outcome.choices, default=Outcome.ANSWER)
    unclear = serializers.CharField(
        allow_blank=True, default="", help_text="What is unclear in the guideline, for the lead."
    )
    cites = serializers.ListField(
        child=serializers.CharField(max_length=40),
        default=list,
        help_text=f"Ids of earlier decisions, at most {MOST_CITED}.",
    )
    guideline_version = serializers.IntegerField(
        min_value=1, required=False, help_text="The one that was seen; the newest where it is left out."
    )


class DecisionDraftBody(serializers.Serializer[Any]):
    """A decision as far as it is written. `revision` is the one that it was written from, 0 for the first."""

    revision = serializers.IntegerField(min_value=0)
    result = Result()
    way = serializers.ChoiceField(Way.choices, default=Way.ANSWER)
    rationale = serializers.CharField(allow_blank=True, trim_whitespace=False, default="")
    clause = serializers.CharField(allow_blank=True, default="", max_length=60)
    unclear = serializers.CharField(allow_blank=True, trim_whitespace=False, default="")
    cites = serializers.ListField(child=serializers.CharField(max_length=40), default=list)


class DecisionDraftOut(DecisionDraftBody):
    """The caller's own; nobody else is shown it."""

    saved_at = serializers.DateTimeField()


class DecisionSavedOut(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class HoldBody(serializers.Serializer[Any]):
    note = serializers.CharField(
        allow_blank=True, default="", help_text="What is unclear in the guideline. It must say something."
    )
    clause = serializers.CharField(allow_blank=True, default="", max_length=60)
    guideline_version = serializers.IntegerField(min_value=1, required=False)


class AppealBody(serializers.Serializer[Any]):
    reason = serializers.CharField(
        allow_blank=True, default="", help_text="What the decision overlooked. It must say something."
    )


class ResumeBody(serializers.Serializer[Any]):
    doubts = serializers.ListField(child=serializers.CharField(max_length=40), max_length=500)
    answer = serializers.CharField(
        allow_blank=True, default="", help_text="May be left out after a new version of the guideline."
    )


class ReviewBody(serializers.Serializer[Any]):
    review = serializers.ChoiceField(Review.choices)


class AnswerOut(serializers.Serializer[Any]):
    """A letter instead of a name; `value` is null where the disputed question was not answered."""

    name = serializers.CharField()
    result = Result()
    value = serializers.JSONField(allow_null=True)


class ReferenceOut(serializers.Serializer[Any]):
    """A decision by its id, and the dispute that it can be read at."""

    id = serializers.CharField()
    dispute = serializers.CharField()


class DecisionOut(serializers.Serializer[Any]):
    """Never who decided."""

    id = serializers.CharField()
    outcome = serializers.ChoiceField(Outcome.choices)
    result = Result()
    value = serializers.JSONField(allow_null=True)
    rationale = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)
    clause_title = serializers.CharField(allow_blank=True, help_text="Empty for what was typed freely once.")
    guideline_version = serializers.IntegerField()
    cites = ReferenceOut(many=True)
    cited_by = ReferenceOut(many=True)
    decided_at = serializers.DateTimeField()


class PrecedentOut(serializers.Serializer[Any]):
    """An earlier decision like this dispute. `quotes` are the texts of the spans in `value`, in their order."""

    id = serializers.CharField()
    dispute = serializers.CharField()
    outcome = serializers.ChoiceField(Outcome.choices)
    value = serializers.JSONField(allow_null=True)
    quotes = serializers.ListField(child=serializers.CharField(allow_blank=True))
    rationale = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)
    guideline_version = serializers.IntegerField()
    excerpt = serializers.CharField(allow_blank=True)
    same_labels = serializers.BooleanField(help_text="The same labels were contested.")
    similarity = serializers.FloatField(help_text="Of the texts, from 0 to 1, estimated.")


class NoteOut(serializers.Serializer[Any]):
    """What was unclear when this dispute was put on hold, and what the lead answered."""

    clause = serializers.CharField(allow_blank=True)
    note = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)


class DisputeOut(serializers.Serializer[Any]):
    """One question of one item on which the annotators differ.

    `appeal` holds the reasons of those who appealed. `earlier` is the first decision, once the appeal is decided;
    `later` what an appeal came to.
    """

    dispute = serializers.CharField()
    question = serializers.CharField()
    project = ProjectName()
    item = ItemOut()
    schema = SchemaOut()
    guideline = GuidelineOut()
    answers = AnswerOut(many=True)
    draft = DecisionDraftOut(allow_null=True)
    place = serializers.CharField(help_text="Why it stands where it does in the queue.")
    appeal = serializers.ListField(child=serializers.CharField())
    notes = NoteOut(many=True)
    precedents = PrecedentOut(many=True)
    held = serializers.BooleanField(help_text="It waits for the lead.")
    decided = DecisionOut(allow_null=True)
    earlier = DecisionOut(many=True)
    later = DecisionOut(many=True)
    closed_with = DecisionOut(
        allow_null=True, help_text="The decision that the item is bad, about another question."
    )


class DisputeLine(serializers.Serializer[Any]):
    """`gain` is `uncertainty`, in bits, times the weight of the question: what settling it is worth."""

    id = serializers.CharField()
    question = serializers.CharField()
    item = serializers.CharField()
    opened_at = serializers.DateTimeField()
    gain = serializers.FloatField()
    uncertainty = serializers.FloatField()
    place = serializers.CharField()
    appeal = serializers.BooleanField(help_text="An annotator has appealed against a decision.")


class DecidedOut(serializers.Serializer[Any]):
    adjudication = serializers.CharField()
    next = serializers.CharField(allow_null=True, help_text="The next dispute.")


class HeldOnOut(serializers.Serializer[Any]):
    doubt = serializers.CharField()
    next = serializers.CharField(allow_null=True, help_text="The next dispute.")


class AppealedOut(serializers.Serializer[Any]):
    appeal = serializers.CharField()


class DoubtOut(serializers.Serializer[Any]):
    """Where an adjudicator found the guideline unclear. `holds`: the dispute waits for an answer."""

    id = serializers.CharField(source="uid")
    dispute = serializers.CharField(source="dispute.uid")
    clause = serializers.CharField(allow_blank=True)
    guideline_version = serializers.IntegerField(source="guideline.version")
    note = serializers.CharField()
    decided = serializers.BooleanField(help_text="The dispute was decided all the same.")
    holds = serializers.BooleanField()
    raised_at = serializers.DateTimeField()
    answer = serializers.CharField(allow_blank=True)
    resumed_at = serializers.DateTimeField(allow_null=True)


class DoubtQuery(PageQuery):
    state = serializers.ChoiceField([("", "all"), ("holding", "holding")], default="")


class ResumedOut(serializers.Serializer[Any]):
    resumed = serializers.IntegerField(help_text="How many disputes are in the queue again.")


class SecondLookFigureOut(serializers.Serializer[Any]):
    """How many of `pairs` second looks came to the same. `expert` null: over everybody; `question` empty: over all.

    `few`: it rests on too little to say something about a person.
    """

    expert = serializers.CharField(source="adjudicator.uid", allow_null=True, default=None)
    name = serializers.CharField(source="adjudicator", allow_null=True, default=None)
    question = serializers.CharField(allow_blank=True)
    pairs = serializers.IntegerField()
    same = serializers.IntegerField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    kappa = serializers.FloatField(allow_null=True)
    kappa_low = serializers.FloatField(allow_null=True)
    kappa_high = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="Why there is no kappa.")
    few = serializers.BooleanField(source="is_few")
    computed_at = serializers.DateTimeField()


class PairOut(serializers.Serializer[Any]):
    """A second look that came to something else than the first decision. `review` is empty until a lead has said."""

    dispute = serializers.CharField(source="look.uid")
    question = serializers.CharField(source="look.question")
    item = serializers.CharField(source="look.item.uid")
    first = serializers.JSONField(source="first.value", allow_null=True)
    first_outcome = serializers.CharField(source="first_said", help_text="As of a decision.")
    second = serializers.JSONField(source="second.value", allow_null=True)
    second_outcome = serializers.CharField(source="second_said")
    review = serializers.ChoiceField(Review.choices, source="look.review", allow_blank=True)


class SecondLooksOut(serializers.Serializer[Any]):
    figures = SecondLookFigureOut(many=True)
    differing = PairOut(many=True, help_text="Newest first.")


class RulesBody(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    weights = serializers.DictField(
        child=serializers.FloatField(), required=False, help_text="By question; 1 where none is named."
    )
    appeal_days = serializers.IntegerField(required=False, help_text="0: no appeals.")
    second_look_share = serializers.FloatField(required=False, help_text="From 0 to 1.")


class RulesOut(serializers.Serializer[Any]):
    weights = serializers.DictField(child=serializers.FloatField())
    appeal_days = serializers.IntegerField()
    second_look_share = serializers.FloatField()
