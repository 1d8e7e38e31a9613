"""A project with people and items to measure on."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.utils import timezone

from annotation.models import Batch, Project, noting
from annotation.stages import ingest
from annotation.work import HANDLERS
from core import jobs
from core.models import Job, User
from core.models.job import JobState
from tests.stories.founding import Founding, found

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/><Choice value="maybe"/>
  </Choices>
</View>"""
WORDS = "The lessee shall keep the premises in good repair. 承租人应当妥善保管租赁物。 "


def found_project(title: str, overlap: int = 3) -> tuple[Project, User, User]:
    """A project, its owner and an annotator."""
    founding = Founding(
        title=title,
        sector="legal",
        people={"annotator": "annotator"},
        config=CONFIG,
        settings={"overlap": overlap},
    )
    told = io.StringIO()
    with redirect_stdout(told):
        found(json.dumps(asdict(founding)))
    owner, annotator = (User.objects.get(email=founding.address(name)) for name in ("owner", "annotator"))
    return Project.objects.get(uid=json.loads(told.getvalue())["project"]), owner, annotator


def bring(project: Project, owner: User, rows: int) -> Batch:
    """Upload rows of about 600 characters; nothing is stored until `drain`."""
    lines = (
        json.dumps({"text": f"{project.name} {at}. {WORDS * 8}"}, ensure_ascii=False) for at in range(rows)
    )
    content = ContentFile("\n".join(lines).encode())
    return ingest.begin_batch(project=project, by=owner, file=content, name="rows.jsonl")


def drain() -> None:
    """Run every job that is owed, in this process; before it is due, so that what is noted next may find none."""
    owed = Job.objects.filter(state=JobState.WAITING, open_children=0)
    noting.fold_waiting()
    while due := list(owed.order_by("pk").values_list("pk", flat=True)):
        owed.update(due_at=timezone.now())
        for pk in due:
            jobs.run(pk, HANDLERS)
        noting.fold_waiting()
