"""Personal data in what people wrote into a release: answers in free text, and the reasons of decisions. Read-only.

The check at the door looks through what items bring; this one through what is added to them. For jobs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef

from annotation.models.annotation import AnnotationVersion
from annotation.models.gold import GoldLabel
from annotation.models.release import Release
from annotation.models.release_repeats import MOST_EXAMPLES
from annotation.models.schema import LabelSchema
from core.json_columns import as_text, decoded

AT_ONCE = 200
"""Rows of which the answers are held: a text may be long."""
TAGS = frozenset({"textarea", "chat"})
"""Tags of questions that are answered in one's own words."""

Member = tuple[str, Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


@dataclass
class Written:
    """`findings` counts kinds of personal data, each in each text, on `items` items.

    `examples`: up to MOST_EXAMPLES pairs of an item's id and the code of what was found, never the data.
    """

    findings: int = 0
    items: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def count(self, item: str, codes: Sequence[str]) -> None:
        """What was found in the texts of one item."""
        self.findings += len(codes)
        self.items += bool(codes)
        room = MOST_EXAMPLES - len(self.examples)
        self.examples += [(item, code) for code in dict.fromkeys(codes)][:room]


def written_personal(release: Release) -> Written:
    """Look through the frozen answers and decisions, AT_ONCE rows by two statements each.

    Where no question asks for text only decisions are read, where nothing was decided nothing is.
    """
    from annotation.algorithms.quality.personal_patterns import places_of  # its patterns take time to compile

    found, free = Written(), _asked_for_text(release)
    members = release.members.order_by("position")
    if not free:
        decided = GoldLabel.objects.filter(item=OuterRef("item"), adjudication__isnull=False)
        members = members.filter(Exists(decided))
    rows = members.values_list("item__uid", "gold", "versions").iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        texts = _texts(some, free)
        for item, _gold, _versions in some:
            found.count(item, [code for text in texts[item] for code in places_of(text)])
    return found


def _asked_for_text(release: Release) -> frozenset[str]:
    """The keys of such questions in any version of the project's: answers to earlier ones are released too."""
    schemas = LabelSchema.objects.filter(project=release.project_id).iterator(chunk_size=20)
    return frozenset(one.key for each in schemas for one in each.schema.questions if one.tag in TAGS)


def _texts(some: Sequence[Member], free: frozenset[str]) -> Mapping[str, dict[str, None]]:
    """By item each text once: an answer and the gold made of it are the same words."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    of_gold = {one["gold"]: item for item, gold, _versions in some for one in gold}
    labels = GoldLabel.objects.filter(pk__in=of_gold).order_by("pk")
    columns = ("pk", "question", "adjudication__rationale", as_text("result"), as_text("value"))
    for pk, question, reason, result, value in decoded(labels.values_list(*columns), (3, 4)):
        told = [*words(result or ())] or [*(_strings(value) if question in free else ())]
        texts[of_gold[pk]].update(dict.fromkeys([reason or "", *told]))
    if free:
        of_version = {one["version"]: item for item, _gold, versions in some for one in versions}
        answers = AnnotationVersion.objects.filter(pk__in=of_version).order_by("pk")
        for pk, result in decoded(answers.values_list("pk", as_text("result")), (1,)):
            texts[of_version[pk]].update(dict.fromkeys(words(result)))
    return texts


def words(result: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What stands in one's own words in a result."""
    for region in result:
        value = region.get("value") or {}
        match region.get("type"):
            case "textarea":
                yield from _strings(value.get("text"))
            case "chatmessage":
                yield from _strings((value.get("chatmessage") or {}).get("content"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))
