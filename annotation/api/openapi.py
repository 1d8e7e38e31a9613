"""How the API describes itself: what it answers as types, and the one shape of every error.

The serializers of this module only describe; what they describe is made in `annotation/payloads.py`.
"""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from annotation.api.base import Result
from annotation.formats.schema import Kind


class ProblemOut(serializers.Serializer[Any]):
    """RFC 9457. Some codes bring more: `stale_draft` has `theirs`, `invalid` has `fields`."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="What happened, for people.")
    action = serializers.CharField(help_text="What to do next, for people.")
    where = serializers.CharField(allow_null=True, help_text="The place in what was sent.")


class Schema(AutoSchema):
    """Adds the problem to every operation, and groups them by the first part of the path."""

    def get_tags(self) -> list[str]:
        """`/api/v1/projects/…` is about projects."""
        return [self.path.split("/")[3]]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(  # type: ignore[no-untyped-call]
            ProblemOut, "4XX", media_types=["application/problem+json"]
        )
        return {**bodies, "4XX": {**problem, "description": "A refusal"}}


class FieldOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    key = serializers.CharField(help_text="Where the text stands in the item's data.")


class LabelOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    text = serializers.CharField()
    hotkey = serializers.CharField(allow_null=True)
    colour = serializers.CharField(allow_null=True)
    selected = serializers.BooleanField()
    max_usage = serializers.IntegerField(allow_null=True)


class QuestionOut(serializers.Serializer[Any]):
    """What follows `required_message` is there for some kinds only."""

    key = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in Kind])
    field = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field called required
    required_message = serializers.CharField(allow_blank=True)
    labels = LabelOut(many=True, required=False)
    max_rating = serializers.IntegerField(allow_null=True, required=False)
    minimum = serializers.FloatField(allow_null=True, required=False)
    maximum = serializers.FloatField(allow_null=True, required=False)
    step = serializers.FloatField(allow_null=True, required=False)
    placeholder = serializers.CharField(allow_blank=True, required=False)
    rows = serializers.IntegerField(required=False)
    max_texts = serializers.IntegerField(allow_null=True, required=False)


class SchemaOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    fields = FieldOut(many=True)  # type: ignore[assignment]  # a field called fields
    questions = QuestionOut(many=True)
    layout = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))


class SchemaSourceOut(SchemaOut):
    config = serializers.CharField(help_text="The labelling config, byte for byte.")


class ClauseOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    title = serializers.CharField(allow_blank=True)


class GuidelineOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    html = serializers.CharField(allow_blank=True)
    clauses = ClauseOut(many=True)


class GuidelineSourceOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Markdown.")


class ItemOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # a field called data
    hashes = serializers.DictField(
        child=serializers.CharField(), help_text="SHA-256 of each text, by field name."
    )
    language = serializers.CharField(allow_blank=True)


class ProjectName(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class DraftOut(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    result = Result()
    seconds = serializers.FloatField()


class LeaseOut(serializers.Serializer[Any]):
    minutes = serializers.IntegerField(help_text="How long an item is held in this project.")
    extended = serializers.IntegerField(help_text="Minutes beyond these that were asked for, in all.")
    most_extra = serializers.IntegerField(help_text="How many can be, in all.")


class PartOut(serializers.Serializer[Any]):
    """A part of the score by which the item was given: `value` is from 0 to 1."""

    key = serializers.CharField()
    name = serializers.CharField()
    meaning = serializers.CharField()
    value = serializers.FloatField()


class InExamOut(serializers.Serializer[Any]):
    """Which question of a sitting this is. After `until` no answer is taken."""

    attempt = serializers.CharField()
    title = serializers.CharField()
    until = serializers.DateTimeField()
    seconds_left = serializers.IntegerField()
    at = serializers.IntegerField()
    of = serializers.IntegerField()


class WorkOut(serializers.Serializer[Any]):
    """One item to label. `draft` is the expert's own, or their answer once it is submitted."""

    assignment = serializers.CharField()
    submitted = serializers.BooleanField()
    project = ProjectName()
    item = ItemOut()
    schema = SchemaOut()
    guideline = GuidelineOut()
    draft = DraftOut(allow_null=True)
    lease_until = serializers.DateTimeField()
    lease = LeaseOut()
    reasons = serializers.ListField(child=serializers.CharField())
    parts = PartOut(many=True)
    left = serializers.IntegerField()
    exam = InExamOut(allow_null=True)


class SavedOut(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    lease_until = serializers.DateTimeField()


class NextOut(serializers.Serializer[Any]):
    next = WorkOut(allow_null=True)


class SubmittedOut(NextOut):
    annotation = serializers.CharField()
    surplus = serializers.BooleanField()


class BadRowOut(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
