"""What a new version of the questions may show of items that are there: they are stored as the old one shows them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.answers import check_item
from annotation.formats.offered import offers
from annotation.formats.schema import Field, FieldKind, Question, Schema
from annotation.models import Item, Project
from annotation.problems import sentence
from core.refusals import InvalidConfig

_MADE_READY = frozenset({FieldKind.HTML, FieldKind.PAGES, FieldKind.IMAGE})
"""What is stored otherwise than it came: cleaned, or as a file."""
AT_ONCE = 200  # items in memory


def check_fields(project: Project, old: Schema, new: Schema) -> None:
    """Refuse a version that shows the project's items otherwise than they are stored, or asks for what they lack."""
    items = Item.objects.filter(project=project)
    if not items.exists():
        return
    for field in new.fields:
        before = old.by_name.get(field.name)
        if before is not None and _data_of(before) != _data_of(field):
            raise _changed(before, field)
        _check_ready(old, field)
    known = set(_keys(old))
    for name, key in _named(new):
        if key not in known and (lacking := _lacking(items, key)):
            raise InvalidConfig(
                _("“%(name)s” needs “%(key)s” of every item; items that are here have none: %(count)s."),
                action=_("Show what the items have, or start another project and bring them in again."),
                code="field_lacking",
                params={"name": name, "key": key, "count": lacking},
            )
    _check_fit(items, _otherwise(old, new))


def _otherwise(old: Schema, new: Schema) -> Schema:
    """What the new version takes from items that the old one did not take in the same way."""
    shown = {_data_of(field) for field in old.fields}
    fields = tuple(field for field in new.fields if _data_of(field) not in shown)
    taken = {(one.key_of_data, one.tag, one.labels, one.criteria) for one in old.questions}
    questions = tuple(
        one
        for one in new.questions
        if _takes(one) and (one.key_of_data, one.tag, one.labels, one.criteria) not in taken
    )
    return Schema(fields, questions, ())


def _check_fit(items: QuerySet[Item], taken: Schema) -> None:
    """Look at the items one after another, until one does not fit: nothing else tells what they hold."""
    if not taken.fields and not taken.questions:
        return
    for uid, data in items.values_list("uid", "data").iterator(chunk_size=AT_ONCE):
        try:
            check_item(taken, data)
        except AnswerInvalid as error:
            raise InvalidConfig(
                _("The new version does not fit an item that is here (%(item)s): %(cause)s"),
                action=_("Show what the items have, or start another project and bring them in again."),
                code="field_not_fitting",
                params={"item": uid, "cause": sentence(error.code, error.params)},
            ) from error


def _data_of(field: Field) -> tuple[FieldKind, str, str]:
    return field.kind, field.key, field.text_key if field.kind is FieldKind.DIALOGUE else ""


def _changed(before: Field, field: Field) -> InvalidConfig:
    return InvalidConfig(
        _(
            "The field “%(name)s” shows “%(key)s” as %(kind)s, and items are stored for that, so it cannot become"
            " “%(new_key)s” as %(new_kind)s."
        ),
        action=_("Keep its tag and value, or start another project."),
        code="field_in_use",
        params={
            "name": field.name,
            "key": before.key,
            "kind": before.kind.value,
            "new_key": field.key,
            "new_kind": field.kind.value,
        },
    )


def _check_ready(old: Schema, field: Field) -> None:
    """HTML is cleaned and files are read when items come in: what came in as something else was not."""
    if field.kind not in _MADE_READY:
        return
    if any(one.key == field.key and one.kind is field.kind for one in old.fields):
        return
    raise InvalidConfig(
        _(
            "The field “%(name)s” shows “%(key)s” as %(kind)s, and the items that are here came in without that."
        ),
        action=_("Keep the fields as they are, or start another project and bring the items in again."),
        code="field_not_ready",
        params={"name": field.name, "key": field.key, "kind": field.kind.value},
    )


def _named(schema: Schema) -> Iterator[tuple[str, str]]:
    """What every item must have: names in the config, with the keys of their data."""
    for field in schema.fields:
        yield field.name, field.key
    for question in schema.questions:
        if _takes(question):
            yield question.key, question.key_of_data


def _takes(question: Question) -> bool:
    """Whether the question cannot be asked without something of the item."""
    return bool(question.key_of_data) and (offers(question) or question.tag == "grades")


def _keys(schema: Schema) -> Iterator[str]:
    return (key for _name, key in _named(schema))


def _lacking(items: QuerySet[Item], key: str) -> int:
    """How many items have nothing under this key."""
    return items.annotate(told=KeyTextTransform(key, "data")).filter(told__isnull=True).count()
