"""How the API describes itself: what it answers as types, and the one shape of every error.

The serializers of this module only describe; what they describe is made in `annotation/payloads.py`.
"""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from annotation.api.base import Result
from annotation.api.paging import PageQuery
from annotation.formats.schema import FieldKind, Kind


class ProblemOut(serializers.Serializer[Any]):
    """RFC 9457. Some codes bring more: `stale_draft` and `other_answer` have `theirs`, `invalid` has `fields`."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="What happened, for people.")
    action = serializers.CharField(help_text="What to do next, for people.")
    where = serializers.CharField(allow_null=True, help_text="The place in what was sent.")


def _header(name: str, told: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, location=OpenApiParameter.HEADER, description=told, **more)


IF_NONE_MATCH = _header("If-None-Match", "The `ETag` of what the caller has: 304 where it is that still.")
IF_MATCH = _header(
    "If-Match",
    "The `ETag` of what was read here: 412 where it has changed. Compared by what it says, weak or not.",
)
IDEMPOTENCY_KEY = _header(
    "Idempotency-Key",
    "A UUID, for example. Sent again within 24 hours with the same body: the first answer comes back, with "
    "`Idempotent-Replayed: true`, and nothing is done twice. With another body 422, while the first call is under "
    "way 409.",
    type={"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!#-\[\]-~]+$"},
)
ETAG = _header("ETag", "A hash of the answer.", response=["200"])
NEXT = {"description": "The address of the next page, as `rel=next`.", "schema": {"type": "string"}}
REPLAYED = _header(
    "Idempotent-Replayed",
    "`true` where this is the answer to an earlier call.",
    response=["200", "201", "202", "204"],
)
LIMITS = [
    _header("RateLimit-Policy", "How many calls (`q`) in how many seconds (`w`).", response=True),
    _header("RateLimit", "How many calls are left (`r`), for how many seconds (`t`).", response=True),
    _header("Retry-After", "After how many seconds to try again.", response=["409", "429"]),
]
REFUSALS = {
    "4XX": "A refusal",
    "409": "It has moved on, or the first call with this idempotency key is under way",
    "412": "It is not what `If-Match` names",
    "422": "It does not fit, or the idempotency key was used for another call",
    "429": "Too many calls within a minute",
}


class Schema(AutoSchema):
    """Adds to every operation what they all share, and groups them by the first part of the path."""

    def get_override_parameters(self) -> list[Any]:
        """The headers of tags, idempotency keys, pages and limits."""
        view: Any = self.view
        if not getattr(view, "has_manners", False):
            return []
        if self.method == "GET":
            return [IF_NONE_MATCH, ETAG, *LIMITS]
        found = [] if view.tells_secrets else [IDEMPOTENCY_KEY, REPLAYED]
        if hasattr(view, "get"):
            found.append(IF_MATCH)
        return [*found, *LIMITS]

    def get_tags(self) -> list[str]:
        """`/api/v1/projects/…` is about projects."""
        return [self.path.split("/")[3]]

    def _get_response_headers_for_code(self, status_code: str, direction: Any = "response") -> Any:
        found = super()._get_response_headers_for_code(status_code, direction)
        asked = [one for one in self.get_override_parameters() if isinstance(one, type)]
        if status_code == "200" and any(issubclass(one, PageQuery) for one in asked):
            found["Link"] = NEXT
        return found

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        told = self._refusals()
        return {**bodies, **told}

    def _refusals(self) -> dict[str, Any]:
        reads = self.method == "GET"
        found: dict[str, Any] = {
            code: {
                **self._get_response_for_code(  # type: ignore[no-untyped-call]
                    ProblemOut, code, media_types=["application/problem+json"]
                ),
                "description": told,
            }
            for code, told in REFUSALS.items()
            if code in {"4XX", "429"} or not reads
        }
        return {**found, "304": {"description": "It is what `If-None-Match` names"}} if reads else found


class FieldOut(serializers.Serializer[Any]):
    """What follows `kind` is there where it says something."""

    name = serializers.CharField()
    key = serializers.CharField(help_text="Where it stands in the item's data.")
    kind = serializers.ChoiceField([kind.value for kind in FieldKind], required=False)
    title = serializers.CharField(required=False)
    granularity = serializers.ChoiceField(["symbol", "word", "sentence", "paragraph"], required=False)
    text_key = serializers.CharField(required=False)
    name_key = serializers.CharField(required=False)


class LabelOut(serializers.Serializer[Any]):
    """What follows `text` is there where it says something."""

    key = serializers.CharField()
    text = serializers.CharField()
    hotkey = serializers.CharField(allow_null=True, required=False)
    colour = serializers.CharField(allow_null=True, required=False)
    selected = serializers.BooleanField(required=False)
    max_usage = serializers.IntegerField(allow_null=True, required=False)
    parent = serializers.CharField(  # type: ignore[assignment]  # a field called parent
        allow_null=True, required=False, help_text="In a tree: the key of the label above."
    )
    part = serializers.CharField(
        required=False, help_text="In a tree: what a written path says for it; its key when absent."
    )
    hint = serializers.CharField(required=False)


class ConditionOut(serializers.Serializer[Any]):
    on = serializers.ChoiceField(["choice", "no_choice", "region", "no_region"])
    tag = serializers.CharField(required=False, help_text="A question's key.")
    values = serializers.ListField(child=serializers.CharField(), required=False)
    roles = serializers.ListField(child=serializers.CharField(), required=False)


class SnippetOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    title = serializers.CharField(required=False)
    hotkey = serializers.CharField(allow_null=True, required=False)


class CriterionOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    weight = serializers.FloatField(required=False)
    most = serializers.IntegerField(required=False)


class QuestionOut(serializers.Serializer[Any]):
    """What follows `required_message` is there where it says something."""

    key = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in Kind])
    tag = serializers.CharField(required=False, help_text="The config's tag, in small letters.")
    field = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field called required
    required_message = serializers.CharField(allow_blank=True)
    also = serializers.ListField(child=serializers.CharField(), required=False)
    labels = LabelOut(many=True, required=False)
    per_region = serializers.BooleanField(required=False)
    when = ConditionOut(many=True, required=False)
    multiple = serializers.BooleanField(required=False)
    most = serializers.IntegerField(allow_null=True, required=False)
    leaves_only = serializers.BooleanField(required=False)
    filter = serializers.BooleanField(required=False)
    filter_placeholder = serializers.CharField(required=False)
    filter_hotkey = serializers.CharField(allow_null=True, required=False)
    filter_least = serializers.IntegerField(allow_null=True, required=False)
    max_rating = serializers.IntegerField(allow_null=True, required=False)
    minimum = serializers.FloatField(allow_null=True, required=False)
    maximum = serializers.FloatField(allow_null=True, required=False)
    step = serializers.FloatField(allow_null=True, required=False)
    only = serializers.CharField(required=False)
    earliest = serializers.CharField(required=False)
    latest = serializers.CharField(required=False)
    placeholder = serializers.CharField(allow_blank=True, required=False)
    rows = serializers.IntegerField(required=False)
    max_texts = serializers.IntegerField(allow_null=True, required=False)
    markdown = serializers.BooleanField(required=False)
    prefilled = serializers.CharField(required=False)
    snippets = SnippetOut(many=True, required=False)
    buckets = LabelOut(many=True, required=False)
    roles = serializers.ListField(child=serializers.CharField(), required=False)
    min_messages = serializers.IntegerField(allow_null=True, required=False)
    max_messages = serializers.IntegerField(allow_null=True, required=False)
    criteria = CriterionOut(many=True, required=False)
    key_of_data = serializers.CharField(required=False, help_text="The item's key of what is on offer.")


class SchemaNoteOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    tag = serializers.CharField()
    line = serializers.IntegerField()
    attribute = serializers.CharField(required=False)
    near = serializers.CharField(required=False)
    name = serializers.CharField(required=False)


class SchemaOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    fields = FieldOut(many=True)  # type: ignore[assignment]  # a field called fields
    questions = QuestionOut(many=True)
    layout = serializers.ListField(
        child=serializers.DictField(),
        help_text="A tree in page order: header, field, question, and view with children.",
    )
    notes = SchemaNoteOut(many=True, required=False)


class SchemaSourceOut(SchemaOut):
    config = serializers.CharField(help_text="The labelling config, byte for byte.")


class ClauseOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    title = serializers.CharField(allow_blank=True)


class ClauseChangeOut(serializers.Serializer[Any]):
    clause = serializers.CharField(
        allow_blank=True, help_text="Empty for what stands before the first clause."
    )
    title = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(["changed", "added", "removed"])
    words = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2),
        help_text='Pieces as ["same", …], ["removed", …] or ["added", …]; none where it is too long to compare.',
    )


class GuidelineOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    html = serializers.CharField(allow_blank=True)
    clauses = ClauseOut(many=True)
    read = serializers.IntegerField(
        allow_null=True, help_text="The version that the caller has marked as read, or answered under last."
    )
    changes = ClauseChangeOut(many=True, help_text="What is different from that version.")


class GuidelineSourceOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Markdown.")


class ItemOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # a field called data
    hashes = serializers.DictField(
        child=serializers.CharField(), help_text="SHA-256 of each text, by field name."
    )
    texts = serializers.DictField(
        child=serializers.CharField(),
        required=False,
        help_text="The texts of fields written in HTML, by field name: what offsets count over.",
    )
    columns = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True)),
        required=False,
        help_text="The columns of tables (of one object its keys) in the order of the source, by field name.",
    )
    language = serializers.CharField(allow_blank=True)


class ProjectName(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class DraftOut(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    result = Result()
    seconds = serializers.FloatField()
    dismissed = serializers.ListField(child=serializers.CharField())


class SuggestionOut(serializers.Serializer[Any]):
    """What a model or an import suggests, in the form of an answer."""

    id = serializers.CharField()
    model = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(allow_null=True)
    result = Result()


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
    suggestions = SuggestionOut(many=True)
    lease_until = serializers.DateTimeField()
    now = serializers.DateTimeField(
        help_text="The server's clock: how long the item is held is the difference."
    )
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
