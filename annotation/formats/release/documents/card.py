"""The dataset card: `README.md` with Hugging Face's front matter, and its Chinese twin, from the same facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents import sections, sections_work
from annotation.formats.release.documents.blocks import markdown
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.front_matter import front_matter
from annotation.formats.release.documents.plain import escaped
from annotation.formats.release.documents.speaker import CHINESE, ENGLISH, Speaker

CARD, CHINESE_CARD = "README.md", "README.zh-Hans.md"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def cards(facts: Facts, files: Sequence[FileEntry]) -> dict[str, str]:
    """Both cards by path. Only the English one has front matter: the tools read that one."""
    return {
        CARD: front_matter(facts, files) + card(facts, files, ENGLISH),
        CHINESE_CARD: card(facts, files, CHINESE),
    }


def card(facts: Facts, files: Sequence[FileEntry], language: str) -> str:
    """The text of a card in a language."""
    speaker = Speaker(language)
    told = [
        sections.summary(facts, speaker),
        sections.use(facts, speaker),
        sections.loading(facts, speaker, files),
        sections.task(facts, speaker),
        sections.sources(facts, speaker),
        sections_work.personal(facts, speaker),
        sections_work.people(facts, speaker),
        sections_work.guideline(facts, speaker),
        sections_work.process(facts, speaker),
        sections_work.agreement(facts, speaker),
        sections_work.settled(facts, speaker),
        sections.splits(facts, speaker),
        sections_work.gate(facts, speaker),
        sections_work.limits(facts, speaker),
        *sections_work.end(facts, speaker),
    ]
    return markdown(escaped(facts.name), told)


def body_of(card: str) -> str:
    """A card without its front matter, for a page to show."""
    return _FRONT.sub("", card, count=1).lstrip("\n")
