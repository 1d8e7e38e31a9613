"""The example's releases: one while the work goes on, and one when it is done and an appeal has changed a label."""

from __future__ import annotations

from annotation.formats.release.registry import FORMATS, USUAL, misfits
from annotation.models import Project, Release
from annotation.models.release_view import view_now
from annotation.stages import release
from annotation.stages.release.policy import change_policy
from core.roles import Role
from demo.hands import drain, staff

RELEASED = "finance-en"  # every dispute of it is decided: a release asks for that
FIRST = 0.8  # share of the labelling that the first release waits for
# What its policy asks of each item. Agreement it does not ask: there are too few items to vouch for it.
ANSWERS = 2
SAID = {
    "use": "To train and test models that read what listed companies say: tone, amounts and guidance.",
    "limits": "Short invented texts in English, most of them about results; no real company is described.",
    "contact": "gold@quillmere.example",
}


def first(project: Project) -> None:
    """In the usual formats, under the policy, unless it is there."""
    change_policy(project=project, by=staff(Role.LEAD), least_overlap=ANSWERS, **SAID)
    _release(project, 1, list(USUAL))


def second(project: Project) -> None:
    """In every format that can say what was labelled, unless it is there."""
    unfit = misfits(view_now(project))
    _release(project, 2, [key for key in FORMATS if key not in unfit])


def _release(project: Project, number: int, formats: list[str]) -> None:
    if Release.objects.filter(project=project).count() < number:
        release.request_release(project=project, by=staff(Role.LEAD), formats=formats)
        drain()
