"""The same answer sent many times at once is stored once."""

from typing import Any

import pytest

from annotation.models import Assignment
from tests.annotation.api.label_studio.script import CLS, choice, house
from tests.core.database import committed, together

__all__ = ["committed"]
NAMED = {"unique_id": "00000000-0000-4000-8000-000000000007"}
NEWS = {"result": [choice("news")], **NAMED}


@pytest.mark.parametrize("body", [NEWS, {"result": [], "was_cancelled": True, **NAMED}])
def test_eight_times_at_once(committed: None, body: dict[str, Any]) -> None:
    scripts = house()
    project = scripts.owner.project(CLS)
    (task,) = scripts.owner.load(project, [{"text": "Clause 1."}])
    answers = together([lambda: scripts.ann.annotate(task, **body)] * 8)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert len({one["id"] for one in answers if isinstance(one, dict)}) == 1
    assert Assignment.objects.filter(item=task).exclude(outcome="returned").count() == 1


@pytest.mark.django_db
def test_one_after_the_other() -> None:
    """It also has pytest-django make the database, which it does only where a test asks for one in its own way."""
    scripts = house()
    (task,) = scripts.owner.load(scripts.owner.project(CLS), [{"text": "Clause 1."}])
    assert len({scripts.ann.annotate(task, **NEWS)["id"] for _again in range(2)}) == 1
