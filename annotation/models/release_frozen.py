"""What a release freezes of its items: which gold labels, which answers, and what their authors could show for it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from annotation.models.annotation import Annotation
from annotation.models.gold import GoldLabel
from annotation.models.project import Project
from experts.models import Qualification

NONE = "none"
Entries = dict[int, list[dict[str, Any]]]


class CredentialClasses:
    """The class of credential behind a person's qualification in the project's sector at the time they spoke.

    A later qualification changes nothing about an earlier answer. In a project open to every member it is "none".
    """

    def __init__(self, project: Project, experts: Iterable[int]) -> None:
        self._held: dict[int, list[tuple[datetime, datetime | None, str]]] = defaultdict(list)
        if not project.qualified_only:
            return
        rows = Qualification.objects.filter(
            expert__in=set(experts), organisation=project.organisation_id, sector=project.sector_id
        ).order_by("granted_at", "pk")
        for expert, granted, revoked, class_ in rows.values_list(
            "expert_id", "granted_at", "revoked_at", "credential__kind__credential_class"
        ):
            self._held[expert].append((granted, revoked, class_))

    def at(self, expert: int, moment: datetime) -> str:
        """The class in force then, or "none"."""
        for granted, revoked, class_ in reversed(self._held.get(expert, [])):
            if granted <= moment and (revoked is None or revoked > moment):
                return class_
        return NONE


def frozen_gold(project: Project, items: list[int]) -> Entries:
    """`{"gold": id, "class": the adjudicator's credential class or null}` of each item's current gold labels."""
    labels = list(
        GoldLabel.objects.current()
        .filter(item__in=items)
        .order_by("pk")
        .values_list("pk", "item_id", "adjudication__adjudicator_id", "adjudication__decided_at")
    )
    classes = CredentialClasses(project, {row[2] for row in labels if row[2]})
    found: Entries = {item: [] for item in items}
    for pk, item, adjudicator, decided_at in labels:
        class_ = classes.at(adjudicator, decided_at) if adjudicator else None
        found[item].append({"gold": pk, "class": class_})
    return found


def frozen_versions(project: Project, items: list[int]) -> Entries:
    """`{"version": id, "class": credential class}` of each item's counted answers: no surplus, no earlier round."""
    given = list(
        Annotation.objects.counted()
        .filter(item__in=items)
        .order_by("pk")
        .values_list("current_id", "item_id", "expert_id", "created_at")
    )
    classes = CredentialClasses(project, {row[2] for row in given})
    found: Entries = {item: [] for item in items}
    for version, item, expert, created_at in given:
        found[item].append({"version": version, "class": classes.at(expert, created_at)})
    return found
