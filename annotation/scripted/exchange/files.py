"""Bring a file's tasks in: the same as from a server, known again by the file's name and the numbers in it."""

from typing import Any

from annotation.formats.messages import FormatError
from annotation.formats.strict_json import strict_loads
from annotation.models import Project
from annotation.refuse import refusal
from annotation.scripted.exchange.change import keep_page
from annotation.scripted.exchange.keep import Inward
from annotation.scripted.exchange.people import People
from annotation.scripted.exchange.pull import PAGE, Progress
from annotation.scripted.exchange.report import Report
from core.models import User
from core.refusals import InvalidInput


def bring_file(
    *,
    project: Project,
    by: User,
    name: str,
    content: bytes,
    report: Report,
    refuse: bool,
    progress: Progress,
) -> None:
    """Store the tasks of a JSON export. Raises InvalidInput for what is no list of tasks.

    Tasks without a number are known by their place in the file: the same file brings nothing twice.
    """
    tasks = _tasks(content)
    people = People(project=project, by=by, report=report, users={}, place="file.invalid", refuse=refuse)
    way = Inward(project, by, f"file:{name}"[:300], people, report, name)
    for start in range(0, len(tasks), PAGE):
        keep_page(way, tasks[start : start + PAGE])
        progress(name, min(start + PAGE, len(tasks)), len(tasks))


def _tasks(content: bytes) -> list[dict[str, Any]]:
    try:
        found = strict_loads(content)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise refusal(FormatError("import_not_tasks"), InvalidInput)
    return [_numbered(one, -at) for at, one in enumerate(found, 1)]


def _numbered(task: dict[str, Any], number: int) -> dict[str, Any]:
    whole = task if "data" in task else {"data": task}
    return whole if type(whole.get("id")) is int else {**whole, "id": number}
