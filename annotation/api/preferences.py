"""What the caller prefers: language, theme, keys."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from core.preferences import MOST_KEYS, THEMES, change_preferences, preferences_of

_ID = r"^[^\x00-\x1f\x7f]{1,250}\Z"
_CHORD = r"^(?:(?:(?:ctrl|alt|shift)\+){0,3}(?:[^\s+\x00-\x1f\x7f]{1,12}|\+))?\Z"


class Keys(serializers.DictField):
    """A chord by command id; "" for none. In a PUT null for the default."""

    child = serializers.RegexField(_CHORD, allow_blank=True, allow_null=True)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given = super().to_internal_value(data)
        ids = serializers.RegexField(_ID)
        if len(given) > MOST_KEYS:
            raise serializers.ValidationError(_("There are too many keys."))
        return {ids.run_validation(name): chord for name, chord in given.items()}


class PreferencesShape(serializers.Serializer[Any]):
    """In a PUT: what is left out stays as it is, also of `keys`."""

    language = serializers.ChoiceField(
        [code for code, _name in settings.LANGUAGES], allow_blank=True, required=False
    )
    theme = serializers.ChoiceField([one for one in THEMES if one], allow_blank=True, required=False)
    single_keys = serializers.BooleanField(required=False, help_text="Whether keys of one sign work.")
    word_snap = serializers.BooleanField(required=False, help_text="Whether selections snap to words.")
    keys = Keys(required=False, help_text="The person's own keys: a chord by command, empty for none.")


class Preferences(Handler):
    """One's own preferences: read them, or change some."""

    @extend_schema(responses=PreferencesShape, operation_id="get_preferences")
    def get(self, request: Request) -> Response:
        return Response(preferences_of(person(request)))

    @extend_schema(request=PreferencesShape, responses=PreferencesShape, operation_id="change_preferences")
    def put(self, request: Request) -> Response:
        user = person(request)
        change_preferences(user=user, **self.body(request, PreferencesShape))
        return Response(preferences_of(user))
