"""Where one row of a release came from: who answered, when, under which guideline, and how each label was settled."""

from dataclasses import dataclass

from annotation.formats.release.rows import GoldAnswer, ReleasedAnnotation, ReleaseRow
from annotation.models.adjudication import Adjudication
from annotation.models.annotation import AnnotationVersion
from annotation.models.gold import GoldLabel
from annotation.models.item import Item
from annotation.models.release import Release, ReleaseMember
from annotation.models.release_record import place_of, row_of
from core.refusals import NotFound


@dataclass(frozen=True)
class Answer:
    """One answer that counts: as the release says it, and the version behind it."""

    said: ReleasedAnnotation
    version: AnnotationVersion


@dataclass(frozen=True)
class Label:
    """One gold label: as the release says it, the row behind it, and the decision, if somebody decided."""

    said: GoldAnswer
    gold: GoldLabel
    decision: Adjudication | None

    @property
    def superseded(self) -> bool:
        """Whether a later decision has taken its place; this release keeps what it said."""
        return self.gold.superseded_at is not None


@dataclass(frozen=True)
class Lineage:
    """All of it; `file` and `line` (from 1) say where the record of the row stands."""

    row: ReleaseRow
    item: Item
    labels: tuple[Label, ...]
    answers: tuple[Answer, ...]
    file: str
    line: int


def lineage(release: Release, item_uid: str) -> Lineage:
    """The lineage of an item's row in a published release, by a fixed number of statements.

    Raises NotFound where the release has no such row.
    """
    members = ReleaseMember.objects.filter(release=release, item__uid=item_uid)
    member = members.select_related("item__batch__created_by").first()
    if member is None or release.published_at is None:
        raise NotFound
    row = row_of(release, member.position)
    file, line = place_of(release, member.position)
    return Lineage(row, member.item, _labels(member, row), _answers(member, row), file, line)


def _labels(member: ReleaseMember, row: ReleaseRow) -> tuple[Label, ...]:
    frozen = [entry["gold"] for entry in member.gold]
    decided = GoldLabel.objects.select_related(
        "adjudication__adjudicator__user", "adjudication__dispute", "adjudication__guideline"
    )
    found = decided.in_bulk(frozen)
    labels = {found[pk].question: found[pk] for pk in frozen}
    told = [(said, labels[said.question]) for said in row.gold]  # a record has them by question
    return tuple(Label(said, one, one.adjudication) for said, one in told)


def _answers(member: ReleaseMember, row: ReleaseRow) -> tuple[Answer, ...]:
    frozen = [entry["version"] for entry in member.versions]
    given = AnnotationVersion.objects.select_related("annotation__expert__user", "label_schema", "guideline")
    found = given.in_bulk(frozen)
    return tuple(Answer(said, found[pk]) for said, pk in zip(row.annotations, frozen, strict=True))
