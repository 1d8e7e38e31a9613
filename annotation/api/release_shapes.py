"""What the API answers about a release's gate, rows and changes."""

from typing import Any, ClassVar

from rest_framework import serializers

from annotation.api.jobs import JobOut
from annotation.api.paging import PageQuery
from annotation.formats.release.format import SPLITS
from annotation.models import Release, ReleaseMember, ReleaseWaiver
from annotation.models.release_diff import Kind
from annotation.models.release_lineage import Lineage


class ReleaseIn(serializers.Serializer[Any]):
    files = serializers.BooleanField(
        default=False, help_text="Hold the PDFs and pictures that items show too, not only their hashes."
    )
    formats = serializers.ListField(
        child=serializers.CharField(max_length=40),
        default=None,
        allow_null=True,
        max_length=100,
        help_text="Formats beside the record and Parquet; null: the usual ones that fit.",
    )
    licence = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=100,
        help_text="Its licence, for this once; else the policy's.",
    )


class WaiverIn(serializers.Serializer[Any]):
    check = serializers.CharField(max_length=40, help_text="The check that failed.")
    reason = serializers.CharField(max_length=2000, help_text="Printed in the card, with your name.")


class WaiverOut(serializers.ModelSerializer[ReleaseWaiver]):
    check = serializers.CharField(source="check_name")
    by = serializers.CharField(source="by.name")

    class Meta:
        model = ReleaseWaiver
        fields: ClassVar[list[str]] = ["check", "reason", "by", "created_at"]


class CheckOut(serializers.Serializer[Any]):
    """`figure` is the one number that it comes to; `params` fills its sentence, and `because` in it says why."""

    check = serializers.CharField()
    passed = serializers.BooleanField(allow_null=True)
    asked = serializers.BooleanField(help_text="Whether the project's policy asks for it.")
    figure = serializers.FloatField(allow_null=True)
    params = serializers.DictField()


class ReleaseOut(serializers.ModelSerializer[Release]):
    id = serializers.CharField(source="uid")
    job = JobOut()
    gate = CheckOut(many=True)
    waivers = WaiverOut(many=True)

    class Meta:
        model = Release
        fields: ClassVar[list[str]] = [
            "id",
            "number",
            "items",
            "formats",
            "licence",
            "splits",
            "gate",
            "waivers",
            "held_at",
            "dropped_at",
            "manifest",
            "manifest_sha256",
            "root",
            "key",
            "created_at",
            "frozen_at",
            "published_at",
            "job",
        ]


class ReleaseSummary(ReleaseOut):
    """One of many: without its manifest, which names every file."""

    class Meta(ReleaseOut.Meta):
        fields: ClassVar[list[str]] = [name for name in ReleaseOut.Meta.fields if name != "manifest"]


class RowQuery(PageQuery):
    split = serializers.ChoiceField(SPLITS, default="", help_text="Rows of this split alone.")


class RowOut(serializers.ModelSerializer[ReleaseMember]):
    item = serializers.CharField(source="item.uid")

    class Meta:
        model = ReleaseMember
        fields: ClassVar[list[str]] = ["position", "item", "split"]


class LineageOut(serializers.Serializer[Lineage]):
    """`record` is the row as the release's files say it; what follows says where it came from, with names."""

    record = serializers.DictField()
    file = serializers.CharField()
    line = serializers.IntegerField(help_text="From 1.")
    batch = serializers.DictField(child=serializers.CharField())
    answers = serializers.ListField(child=serializers.DictField())
    labels = serializers.ListField(child=serializers.DictField())


class ChangesQuery(serializers.Serializer[Any]):
    since = serializers.CharField(
        default="", max_length=40, help_text="An earlier release; else the one before."
    )


class ChangeQuery(PageQuery, ChangesQuery):
    kind = serializers.ChoiceField([one.value for one in Kind], default=Kind.CHANGED.value)


class ChangeOut(serializers.Serializer[Any]):
    item = serializers.CharField()
    kind = serializers.CharField()
    why = serializers.CharField()
    split = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    gold = serializers.ListField(child=serializers.DictField())
