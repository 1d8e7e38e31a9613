"""What the API answers about qualifications."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rest_framework import serializers

from annotation.api.credential_shapes import NameOut
from annotation.models import Project
from experts.models import Qualification
from experts.models.qualification import How


class QualificationOut(serializers.Serializer[Any]):
    """An organisation's decision; it holds in one project only where `project` is named."""

    id = serializers.CharField()
    expert = serializers.CharField()
    organisation = NameOut()
    sector = serializers.CharField()
    project = serializers.CharField(allow_null=True)
    kind = serializers.CharField(allow_blank=True, help_text="Of item; empty: any.")
    how = serializers.ChoiceField(How.choices)
    credential = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    valid_until = serializers.DateField(allow_null=True)
    granted_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    in_force = serializers.BooleanField(help_text="Today: its credential's end counts, too.")


def qualification_lines(rows: Sequence[Qualification], today: date) -> list[dict[str, Any]]:
    """Qualifications as QualificationOut says. Two statements, where `expert`, `organisation` … are loaded."""
    numbers = {row.pk for row in rows}
    in_force = set(Qualification.objects.in_force(today).filter(pk__in=numbers).values_list("pk", flat=True))
    projects = dict(Project.objects.filter(pk__in={row.project_id for row in rows}).values_list("pk", "uid"))
    names = ("kind", "how", "reason", "valid_until", "granted_at", "revoked_at")
    return [
        {
            **{name: getattr(row, name) for name in names},
            "id": row.uid,
            "expert": row.expert.uid,
            "organisation": {"id": row.organisation.uid, "name": row.organisation.name},
            "sector": row.sector.key,
            "project": projects.get(row.project_id) if row.project_id else None,
            "credential": row.credential.uid if row.credential else None,
            "in_force": row.pk in in_force,
        }
        for row in rows
    ]
