"""What a frozen release is checked for before it is published (`formats.release.gate`), measured on its own rows."""

from annotation.formats.release.gate import Check
from annotation.models.project import Project
from annotation.models.release import Release


def checks_of(release: Release) -> list[Check]:
    """Every check with its figure, in order. For jobs: it reads each row of the release once, a bounded number at a time.

    The same rows give the same checks: what happened after the rows were frozen does not count.
    """
    raise NotImplementedError


def preview(project: Project) -> list[Check]:
    """What can be told before a release is asked for, by a few bounded statements; the rest is left out."""
    raise NotImplementedError
