"""Make a control item of a settled item: a copy, with its gold as the known answer."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.formats.known_answer import KnownAnswer, can_be_known, read_known
from annotation.formats.messages import FormatError
from annotation.models import (
    ControlItem,
    GoldLabel,
    Item,
    ItemAsset,
    ItemParty,
    LabelSchema,
    Prediction,
)
from annotation.models.control import ControlUse
from annotation.models.lane import lane_like
from annotation.refuse import refusal
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

MOST_COPIES = 1000  # of one item, retired ones counted in


@transaction.atomic
def copy_settled(*, item: Item, by: User, explanation: str = "", use: str = ControlUse.BOTH) -> ControlItem:
    """Copy a settled item as a control item of its project; the item itself stays as it is.

    Whoever had the item is not given its copy. Raises InvalidInput (not settled, the gold does not fit the questions of
    today), AlreadyDone when it has a copy in use.
    """
    if use not in ControlUse.values:
        raise InvalidInput(_("There is no such choice."), where="use")
    locked = Item.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "project", "lane__project"
    )
    item = locked.get(pk=item.pk)
    if item.control or item.settled_at is None:
        raise InvalidInput(
            _("Only a settled item has an answer to copy."),
            action=_("Choose a settled item."),
            where="item",
            code="not_settled",
        )
    copies = Item.objects.filter(project=item.project, content_hash=item.content_hash, control=True)
    if ControlItem.objects.current().filter(item__in=copies).exists():
        raise AlreadyDone(_("This item is a control item already."), action=_("Retire that one first."))
    known = _known(item)
    control = ControlItem.objects.create(
        project=item.project,
        item=_copy(item),
        answer=known.values,
        result=known.result,
        explanation=explanation,
        use=use,
        created_by=by,
    )
    audit.record(
        "control.made",
        by=by,
        on=control,
        project_id=item.project_id,
        organisation_id=item.project.organisation_id,
        changes={"item": item.uid},
    )
    return control


def _known(item: Item) -> KnownAnswer:
    schema = LabelSchema.objects.filter(project=item.project).order_by("-version")[0].schema
    gold = GoldLabel.objects.current().filter(item=item).values_list("question", "value")
    known = {key: value for key, value in gold if key in schema.by_key and can_be_known(schema.by_key[key])}
    try:
        return read_known(schema, item.data, known)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error


def _copy(item: Item) -> Item:
    """Out of everybody's queue. Its numbers are below those of a file's rows, and no other copy's."""
    earlier = Item.objects.filter(project=item.project_id, content_hash=item.content_hash, control=True)
    number = -(item.pk * MOST_COPIES + earlier.count() + 1)
    parties = list(ItemParty.objects.filter(item=item.pk).values_list("key", flat=True))
    made = Item.objects.create(
        project_id=item.project_id,
        batch_id=item.batch_id,
        line=item.line,
        offset=number,
        data=item.data,
        meta=item.meta,
        content_hash=item.content_hash,
        copy=number,
        group_key=item.group_key,
        source=item.source,
        licence=item.licence,
        language=item.language,
        overlap=item.overlap,
        lane=lane_like(item.lane, tier="", again=False, priority=0, due_on=None, wants=None),
        control=True,
    )
    ItemParty.objects.bulk_create(
        ItemParty(project_id=item.project_id, item=made, key=key) for key in parties
    )
    shown = ItemAsset.objects.filter(item=item.pk).values_list("asset_id", flat=True)
    ItemAsset.objects.bulk_create([ItemAsset(item=made, asset_id=pk) for pk in shown])
    _copy_predictions(item, made)
    return made


def _copy_predictions(item: Item, made: Item) -> None:
    """Without its suggestions a control item could be told from the others."""
    Prediction.objects.bulk_create(
        Prediction(
            project_id=one.project_id,
            item=made,
            model=one.model,
            score=one.score,
            result=one.result,
            brought=one.brought,
            number=one.number,
        )
        for one in Prediction.objects.filter(item=item).order_by("pk")
    )
