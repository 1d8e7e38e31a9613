"""What scripts may send of a project."""

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from annotation.studio.projects import SAMPLING, SKIPPING


class ProjectIn(serializers.Serializer[Any]):
    """What may be sent; other names are left alone, as Label Studio does."""

    title = serializers.CharField(required=False, min_length=3, max_length=50)
    description = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=20_000)
    label_config = serializers.CharField(required=False, trim_whitespace=False)
    maximum_annotations = serializers.IntegerField(required=False, min_value=1, max_value=10)
    show_collab_predictions = serializers.BooleanField(required=False)
    expert_instruction = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, max_length=200_000
    )
    show_instruction = serializers.BooleanField(required=False)
    show_skip_button = serializers.BooleanField(required=False)
    enable_empty_annotation = serializers.BooleanField(required=False)
    show_annotation_history = serializers.BooleanField(required=False)
    reveal_preannotations_interactively = serializers.BooleanField(required=False)
    evaluate_predictions_automatically = serializers.BooleanField(required=False)
    show_ground_truth_first = serializers.BooleanField(required=False)
    show_overlap_first = serializers.BooleanField(required=False)
    start_training_on_annotation_update = serializers.BooleanField(required=False)
    color = serializers.CharField(
        required=False, allow_null=True, validators=[RegexValidator(r"\A#[0-9a-fA-F]{6}\Z")]
    )
    sampling = serializers.ChoiceField(required=False, choices=SAMPLING)
    skip_queue = serializers.ChoiceField(required=False, choices=SKIPPING)
    overlap_cohort_percentage = serializers.IntegerField(required=False, min_value=0, max_value=100)
    min_annotations_to_start_training = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1
    )
    model_version = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=100)
    control_weights = serializers.DictField(required=False, allow_null=True)
    is_draft = serializers.BooleanField(required=False)
    is_published = serializers.BooleanField(required=False)
    pinned_at = serializers.DateTimeField(required=False, allow_null=True)
    task_data_login = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=256)
    task_data_password = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, max_length=256
    )

    def validate_pinned_at(self, value: Any) -> str | None:
        """As text: options are kept as JSON."""
        return value.isoformat() if value else None
