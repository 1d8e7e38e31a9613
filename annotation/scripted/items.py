"""Items that outside scripts bring in, correct and take away."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.label_studio_config import data_keys
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.text import content_hash
from annotation.models import Annotation, Assignment, Item, Project
from annotation.models.access import may
from annotation.scripted.projects import members_of, note_version
from annotation.stages import ingest, remove
from annotation.studio import telling
from core import audit
from core.models import User
from core.refusals import InvalidInput
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert


def bring(
    *,
    project: Project,
    by: User,
    tasks: Sequence[BroughtTask],
    content: bytes,
    name: str,
    later: bool = False,
) -> ingest.Brought:
    """Store tasks, all or none. Who does not lead the project brings in answers of nobody but themselves.

    `later`: `content` is their JSON, and a job stores them where they are many.
    """
    source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
    named = {ingest.author_of(one) for task in tasks for one in task.annotations}
    authors: dict[int | str, Expert] = {"": expert_of(by)} if named else {}
    addresses = {one.lower(): one for one in named if isinstance(one, str) and one}
    numbers = [one for one in named if isinstance(one, int) and abs(one) < 2**63]
    leads = may(by, project, Capability.LEAD_PROJECT)
    people = members_of(project) if leads else User.objects.filter(pk=by.pk)
    for user in people.filter(Q(pk__in=numbers) | Q(email__in=addresses)):
        authors[user.pk] = authors[addresses.get(user.email, user.email)] = expert_of(user)
    keys = data_keys(source)
    models = [str(one.get("model_version") or "") for task in tasks for one in task.predictions]

    def told(brought: ingest.Brought) -> None:
        if version := next((one[:100] for one in reversed(models) if one), ""):
            note_version(project, version)
        telling.items_came(project, [item.pk for item in brought.items])

    return ingest.bring_tasks(
        project=project,
        by=by,
        tasks=tasks,
        authors=authors,
        content=content,
        name=name,
        keys=keys,
        later=later and ingest.may_wait(tasks),
        told=told,
    )


@transaction.atomic
def change_item(*, item: Item, by: User, given: Mapping[str, Any]) -> None:
    """Correct an item's data or what is said of it. Data that answers were given to stay. Raises InvalidInput."""
    changed: dict[str, Any] = {}
    if "meta" in given:
        changed["meta"] = given["meta"] or {}
    if "data" in given and given["data"] != item.data:
        ingest.check_task(item.project, given["data"])
        held = Assignment.objects.open().filter(item=item).order_by("pk")
        list(held.select_for_update(no_key=True).values_list("pk", flat=True))  # who is handing in goes first
        if Annotation.objects.filter(item=item, retracted_at=None).exists():
            raise InvalidInput(
                _("The item has answers, so its data cannot change."),
                action=_("Delete the answers first, or import the new data as another task."),
                where="data",
            )
        changed |= {"data": given["data"], "content_hash": content_hash(given["data"]), "copy": -item.pk}
    if changed:
        if "data" in changed:
            ingest.name_parties_anew(item, changed["data"])
        Item.objects.filter(pk=item.pk).update(**changed, changed_at=timezone.now(), changed_by=by)
        audit.record(
            "item.changed",
            by=by,
            on=item,
            project_id=item.project_id,
            organisation_id=item.project.organisation_id,
            changes={"fields": sorted(given)},
        )


def delete_items(*, project: Project, by: User, items: Sequence[int]) -> int:
    """Take items out of a project. Returns how many."""
    return remove.remove_items(project=project, by=by, items=items, told=partial(telling.items_gone, project))


def delete_repeated(*, project: Project, by: User, items: Sequence[int]) -> int:
    """Of these items take away all of one content but the oldest; answers keep an item. Returns how many.

    Where one of the same content has answers, those without are the repeated ones, the oldest too.
    """
    mine = Item.objects.filter(project=project, pk__in=items)
    first = mine.order_by().values("content_hash").annotate(first=Min("pk")).values("first")
    answered = Annotation.objects.filter(item__in=items, retracted_at=None).values("item")
    known = mine.filter(pk__in=answered).order_by().values("content_hash")
    gone = mine.exclude(pk__in=answered).exclude(~Q(content_hash__in=known), pk__in=first)
    return delete_items(project=project, by=by, items=list(gone.order_by("pk").values_list("pk", flat=True)))
