"""The control tags, one family a file. A new tag is a file and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from annotation.formats.tags.boxes import POLYGON, POLYGONS, RECTANGLE, RECTANGLES
from annotation.formats.tags.chat import CHAT
from annotation.formats.tags.choices import CHOICES, TAXONOMY
from annotation.formats.tags.family import Family
from annotation.formats.tags.grades import GRADES
from annotation.formats.tags.marks import HYPERTEXT, LABELS, PARAGRAPHS
from annotation.formats.tags.moment import DATETIME
from annotation.formats.tags.pairwise import PAIRWISE
from annotation.formats.tags.ranker import RANKER
from annotation.formats.tags.relations import RELATIONS
from annotation.formats.tags.rubric import RUBRIC
from annotation.formats.tags.scales import NUMBER, RATING
from annotation.formats.tags.textarea import TEXTAREA

FAMILIES: tuple[Family, ...] = (
    CHOICES,
    TAXONOMY,
    PAIRWISE,
    RATING,
    NUMBER,
    DATETIME,
    TEXTAREA,
    RANKER,
    LABELS,
    HYPERTEXT,
    PARAGRAPHS,
    RECTANGLES,
    POLYGONS,
    RECTANGLE,
    POLYGON,
    CHAT,
    RELATIONS,
    RUBRIC,
    GRADES,
)

BY_CONFIG: Mapping[str, Family] = {name: family for family in FAMILIES for name in family.config}
"""Families by the names of their tags in configs, in small letters."""

BY_TAG: Mapping[str, Family] = {family.tag: family for family in FAMILIES}
"""Families by `Question.tag`."""

MARKING = frozenset(family.tag for family in FAMILIES if family.marks)
"""Tags of questions whose regions others can be about."""
