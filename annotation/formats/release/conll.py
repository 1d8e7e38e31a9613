"""CoNLL-2003: a token and its tag a line, a blank line between sentences, `-DOCSTART-` before each text.

The columns are token, part of speech (`-X-`, not known), chunk (`O`, not known) and BIO tag. A sentence ends with a
line of the text, except within a span. White space within a label becomes `_`.
"""

from __future__ import annotations

from itertools import pairwise

from annotation.formats.release import marked_texts
from annotation.formats.release.format import Out, View
from annotation.formats.release.marked_texts import Marked
from annotation.formats.release.reading import names_of, span_questions
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.tagged_lines import TaggedTexts, Tokens
from annotation.formats.release.token_tags import Tagged

_HEAD = "-DOCSTART- -X- O O\n\n"


class Conll:
    """The `conll` format."""

    key = "conll"
    folder = "conll"
    ending = ".conll"

    def misfit(self, view: View) -> str:
        """It needs marked text, and labels that stay apart without their spaces."""
        labels = {name for one in span_questions(view.schema) for name in names_of(view, one)}
        if len({joined(label) for label in labels}) < len(labels):
            return "release_labels_alike"
        return marked_texts.misfit(view)

    def open(self, out: Out, view: View) -> TaggedTexts:
        """A text after the other."""
        return TaggedTexts(out, view, _document)


def joined(label: str) -> str:
    """A label without white space."""
    return "_".join(label.split()) or "_"


def _document(row: ReleaseRow, marked: Marked, tokens: Tokens, tagged: Tagged) -> bytes:
    text, tags = marked.text, tagged.tags(len(tokens))
    lines = [
        f"{text[start:end]} -X- O {joined(tag)}\n" for (start, end), tag in zip(tokens, tags, strict=True)
    ]
    for at, ((_, end), (start, _)) in enumerate(pairwise(tokens)):
        if not tags[at + 1].startswith("I-") and _ends_line(text[end:start]):
            lines[at] += "\n"
    return (_HEAD + "".join(lines) + "\n").encode()


def _ends_line(between: str) -> bool:
    return bool(between) and len(f".{between}.".splitlines()) > 1
