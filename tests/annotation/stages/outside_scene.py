"""A project that outside scripts founded and label, with calls as they make them."""

from typing import Any

from annotation import scripted
from annotation.formats.label_studio_task import BroughtTask
from annotation.models import Item, Project, StudioAnswer
from annotation.stages.outside import Sent
from core.models import User
from experts.evidence import expert_of
from tests import cast
from tests.cast import World

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="verdict" toName="text"><Choice value="yes"/><Choice value="no"/></Choices></View>"""


def founded(ours: World, **more: Any) -> Project:
    """A project of Label Studio's defaults, in the place of the cast's own."""
    given = {"title": "Outside", "label_config": CONFIG, **more}
    return scripted.create_project(organisation=ours.organisation, by=ours.owner, given=given)


def said(verdict: str = "yes") -> list[dict[str, Any]]:
    """A result in Label Studio's form."""
    return [
        {
            "id": "a",
            "from_name": "verdict",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": [verdict]},
        }
    ]


def tasks(many: int, *answers: dict[str, Any], text: str = "Text") -> list[BroughtTask]:
    """So many tasks, each with these answers."""
    return [
        BroughtTask(data={"text": f"{text} {at}"}, meta={}, annotations=list(answers), predictions=[])
        for at in range(many)
    ]


def brought(
    project: Project, by: User, many: int = 1, *answers: dict[str, Any], text: str = "Text"
) -> list[Item]:
    """Import them and have them opened."""
    made = scripted.bring(
        project=project, by=by, tasks=tasks(many, *answers, text=text), content=b"[]", name="tasks.json"
    )
    cast.drain()
    return [whole(item) for item in made.items]


def whole(item: Item) -> Item:
    """As it is stored now."""
    return Item.everything.select_related("project__organisation", "project__sector", "lane").get(pk=item.pk)


def answer(item: Item, user: User, verdict: str = "yes", **more: Any) -> StudioAnswer:
    """An answer, or with `cancelled` a skip."""
    return scripted.answer(
        item=whole(item), expert=expert_of(user), by=user, sent=Sent(result=said(verdict), **more)
    )


def slots(item: Item) -> tuple[int, int, int]:
    """Overlap, open and filled."""
    found = whole(item)
    return found.overlap, found.open_slots, found.filled
