"""What a project asks of its releases, over the API."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.formats.release.format import SPLITS
from annotation.models.access import load_project
from annotation.models.release_policy import ReleasePolicy, SplitBy, policy_of
from annotation.stages.release import policy as stage
from core.roles import Capability


class SharesBody(serializers.Serializer[Any]):
    """They add up to 1, and there is something to train on."""

    train = serializers.FloatField()
    validation = serializers.FloatField(required=False)
    test = serializers.FloatField(required=False)


class ReleasePolicyBody(serializers.Serializer[Any]):
    """What is null is not asked. In a PATCH what is left out stays. `shares` add up to 1; `split_by`, `seed` and
    `stratify` (a question's key) stay once items are drawn, which `drawn` tells."""

    alpha_floor = serializers.FloatField(
        allow_null=True, required=False, help_text="Least lower end of alpha's interval."
    )
    least_overlap = serializers.IntegerField(
        allow_null=True, required=False, help_text="Least independent answers an item."
    )
    disputes_settled = serializers.BooleanField(required=False)
    second_look_share = serializers.FloatField(allow_null=True, required=False)
    second_look_agreement = serializers.FloatField(allow_null=True, required=False)
    credentials = serializers.BooleanField(required=False)
    licences = serializers.BooleanField(required=False)
    licence = serializers.CharField(
        allow_blank=True, required=False, help_text="Empty: the project's, or else the organisation's."
    )
    personal = serializers.BooleanField(required=False)
    duplicates = serializers.BooleanField(required=False)
    shares = SharesBody(required=False)
    split_by = serializers.ChoiceField(SplitBy.choices, required=False)
    stratify = serializers.CharField(allow_blank=True, required=False)
    seed = serializers.IntegerField(required=False)
    contact = serializers.CharField(allow_blank=True, required=False)
    limits = serializers.CharField(allow_blank=True, required=False)
    use = serializers.CharField(allow_blank=True, required=False)


class ReleasePolicyOut(ReleasePolicyBody):
    drawn = serializers.BooleanField(read_only=True)


class ReleasePolicyDetail(Handler):
    """A project's release policy; where nobody has set one, the usual one."""

    @extend_schema(responses=ReleasePolicyOut, operation_id="get_release_policy")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_shown(policy_of(load_project(person(request), uid, Capability.SEE_WORK))))

    @extend_schema(
        request=ReleasePolicyBody, responses=ReleasePolicyOut, operation_id="change_release_policy"
    )
    def patch(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, ReleasePolicyBody)
        return Response(_shown(stage.change_policy(project=project, by=user, **given)))


def _shown(policy: ReleasePolicy) -> dict[str, Any]:
    shares = {split: policy.shares.get(split, 0) for split in SPLITS}
    found = {**policy.frozen(), "shares": shares, "drawn": stage.is_drawn(policy.project)}
    return ReleasePolicyOut(found).data


urls = [
    path("projects/<slug:uid>/release-policy", ReleasePolicyDetail.as_view(), name="release-policy"),
]
