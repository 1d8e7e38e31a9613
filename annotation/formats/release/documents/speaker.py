"""Words, names and figures in one of a document's two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotation.formats.release.documents.card_terms import term
from annotation.formats.release.documents.card_words import WORDS
from annotation.formats.release.documents.plain import escaped, line

ENGLISH, CHINESE = "en", "zh-hans"
LANGUAGES = (ENGLISH, CHINESE)


class Speaker:
    """Says what a document says. What comes out is Markdown: other people's words in it are escaped."""

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language

    def say(self, key: str, **params: object) -> str:
        """The sentence of a key. Texts among `params` must be escaped already; numbers are written as figures."""
        sentence = WORDS[key][self.language == CHINESE]
        return sentence.format(**{name: self.figure(value) for name, value in params.items()})

    def term(self, table: str, code: object) -> str:
        """The word for a code, escaped where the code stands for itself."""
        found = term(table, str(code), self.language)
        return escaped(found) if found == code else found

    def name(self, names: Mapping[str, str], code: str) -> str:
        """A name in this language, or in English, or the code itself; escaped."""
        return escaped(names.get(self.language) or names.get(ENGLISH) or code)

    def stated(self, text: str) -> str:
        """A text, or that it is not stated."""
        return escaped(text) or self.say("none_stated")

    def figure(self, value: object) -> str:
        """A number without more digits than it has meaning for; anything else as it is."""
        if isinstance(value, bool):
            return self.term("yes", value)
        if isinstance(value, int):
            return f"{value:,}"
        return f"{value:.3g}" if isinstance(value, float) else str(value)

    def told(self, sentences: Mapping[str, str]) -> str:
        """A sentence that is there in both languages; escaped. A dash where there is none."""
        return escaped(sentences.get(self.language) or sentences.get(ENGLISH) or "") or "–"

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row."""
        return self.say("listed").join(words)

    def code(self, text: str) -> str:
        """What stands between backticks in a sentence: nothing ends it early."""
        return line(text).replace("`", "'") or "-"

    def cell(self, text: str) -> str:
        """The same as a cell of a table, where a bar would end it even between backticks."""
        return f"`{self.code(text)}`".replace("|", "\\|")
