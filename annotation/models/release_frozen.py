"""What a release freezes of its items: which gold labels, which answers, and what their authors could show for it."""

from typing import Any

from annotation.models.annotation import Annotation
from annotation.models.credentials_then import CredentialClasses
from annotation.models.gold import GoldLabel
from annotation.models.item import Item
from annotation.models.project import Project

Entries = dict[int, list[dict[str, Any]]]


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
        .values_list("current_id", "item_id", "expert_id", "current__created_at")
    )
    classes = CredentialClasses(project, {row[2] for row in given})
    found: Entries = {item: [] for item in items}
    for version, item, expert, created_at in given:
        found[item].append({"version": version, "class": classes.at(expert, created_at)})
    return found


def frozen_origin(items: list[int]) -> dict[int, dict[str, Any]]:
    """What is stated of each item: it may be stated otherwise tomorrow, and a release keeps what it was judged by."""
    stated = ("language", "source", "group_key", "content_hash", "licence", "batch__licence", "batch__rights")
    found = {}
    for pk, language, source, group, content, *rights in Item.objects.filter(pk__in=items).values_list(
        "pk", *stated
    ):
        named = rights[0] or rights[1]
        found[pk] = {
            "language": language,
            "source": source,
            "group": group,
            "licence": named or rights[2],
            "named": bool(named) or not rights[2],
            "content": content,
        }
    return found
