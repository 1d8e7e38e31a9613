"""Find what a person reads and no catalogue holds: `.venv/bin/python -m tools.untranslated`, a part of `make lint`.

Templates: words outside `{% translate %}` and `{% blocktranslate %}`. The browser's sources: words in a template of Lit
outside `t(…)`, in its expressions, in an attribute that is read out, and in what is announced. Python: messages, forms
and refusals without gettext. Catalogues: gettext's without a translation or with a doubtful one; the browser's, where
the languages have not the same keys, or a key is used nowhere.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

from babel.messages.pofile import read_po

from tools.lit_templates import HOLE, argument, literals, values
from tools.python_words import families, in_python
from tools.steps import ROOT, files

SPOKEN = {"aria-label", "title", "placeholder", "alt", "aria-description", "data-confirm", "data-copied"}
SILENT = {"script", "style", "code", "pre", "kbd", "svg"}
NAMES = re.compile(
    r"\b(?:Assay|Label Studio|JSON Lines|JSONL?|CSV|TSV|PDF|UTC|OpenAPI|SHA-256|SVG|PNG|F1|US-NY)\b"
    r"|\bv(?=[\d\x00])|α|&\w+;"
)
"""What has one name in every language."""
WORD = re.compile(r"[A-Za-z]{2}|[^\W\d_A-Za-z]")
"""One Latin letter is a sign: a key, or the B of bold."""
BY_SCRIPT = re.compile(
    r"""(?:\.(?:textContent|innerText|title|placeholder|ariaLabel)\s*=|setAttribute\(\s*"(?:aria-label|title|placeholder)",)"""
    r"""\s*["'`]([^"'`$]*)["'`]"""
)
DJANGO = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*block\s+\w*class\s*%\}.*?\{%\s*endblock\b.*?%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\s[.]?([\w-]+)\s*=\s*(?:"[^"]*|'[^']*)?$""")
TOLD = re.compile(r"\b(?:announce|say)\(")
PYTHON = ("annotation", "core", "experts")
KEY = re.compile(r'^  "([\w.]+)":', re.MULTILINE)


@dataclass
class Words(HTMLParser):
    """What a piece of HTML says by itself: `found` holds line and words."""

    found: list[tuple[int, str]] = field(default_factory=list)
    _silent: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        for name, value in attrs:
            if name in SPOKEN:
                self._look(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._silent -= tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._look(data)

    def _look(self, text: str) -> None:
        if WORD.search(NAMES.sub("", text)):
            self.found.append((self.getpos()[0], " ".join(text.replace(HOLE, "…").split())))


def words_in(html: str) -> list[tuple[int, str]]:
    """Line and words of every piece that has letters of its own."""
    reader = Words()
    reader.feed(html)
    reader.close()
    return reader.found


def _hole(found: re.Match[str]) -> str:
    return f" {HOLE} " + "\n" * found[0].count("\n")


def in_template(text: str) -> list[tuple[int, str]]:
    """Of a template of Django, HTML or a letter."""
    return words_in(DJANGO.sub(_hole, text))


def in_source(text: str) -> Iterator[tuple[int, str]]:
    """Of a source of the browser's."""
    for at, literal in literals(text):
        line = text.count("\n", 0, at) + 1
        yield from ((line + below - 1, words) for below, words in words_in(literal.text))
        before = ""
        for piece, hole in zip(literal.text.split(HOLE), literal.holes, strict=False):
            before += piece
            if _is_read(before):
                yield from _said(text, *hole)
            before += HOLE
    for found in TOLD.finditer(text):
        yield from _said(text, found.end(), argument(text, found.end()))
    for found in BY_SCRIPT.finditer(text):
        if WORD.search(NAMES.sub("", found[1])):
            yield text.count("\n", 0, found.start()) + 1, found[1]


def _is_read(before: str) -> bool:
    """Whether what stands behind this piece of HTML is read: between tags, or in an attribute that is read out."""
    if before.rfind("<") > before.rfind(">"):
        name = ATTRIBUTE.search(before)
        return name is not None and name[1] in SPOKEN
    return not any(
        len(re.findall(rf"<{tag}\b", before)) > len(re.findall(rf"</{tag}\b", before)) for tag in SILENT
    )


def _said(text: str, at: int, end: int) -> Iterator[tuple[int, str]]:
    for place, words in values(text, at, end):
        if WORD.search(NAMES.sub("", words)):
            yield text.count("\n", 0, place) + 1, " ".join(words.replace(HOLE, "…").split())


def in_modules(sources: dict[Path, str]) -> Iterator[tuple[Path, int, str]]:
    """Of modules in Python: path, line and words."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    refusals = families(trees.values())
    for path, tree in trees.items():
        for line, words in in_python(tree, refusals):
            if WORD.search(NAMES.sub("", words)):
                yield path, line, words


def in_catalogue(path: Path) -> Iterator[str]:
    """What gettext's catalogue lacks."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    for message in catalogue:
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield f"{path.relative_to(ROOT)}: {message.id!r} is {'fuzzy' if message.fuzzy else 'not translated'}"


def _keys(language: str) -> dict[str, Path]:
    folder = ROOT / "frontend" / "src" / "i18n"
    found = [*folder.glob(f"{language}.ts"), *folder.glob(f"*-{language}.ts")]
    return {key: path for path in sorted(found) for key in KEY.findall(path.read_text("utf-8"))}


def in_browsers_catalogues() -> Iterator[str]:
    """Keys that one language lacks, and keys that nothing uses."""
    english, chinese = _keys("en"), _keys("zh-hans")
    for key in sorted(english.keys() ^ chinese.keys()):
        yield f"frontend/src/i18n: {key!r} is only in {'English' if key in english else 'Chinese'}"
    sources = [one for one in files(ROOT / "frontend" / "src", suffix=".ts") if one.parent.name != "i18n"]
    code = "\n".join(one.read_text("utf-8") for one in sources)
    literal = set(re.findall(r'["`]([\w.]+)["`]', code))
    begun = tuple(set(re.findall(r"`([\w.]+\.)\$\{", code)))
    for key, path in sorted(english.items()):
        if key not in literal and not key.startswith(begun):
            yield f"{path.relative_to(ROOT)}: {key!r} is used nowhere"


def complaints() -> Iterator[str]:
    """Every complaint as a line: where, and what it says."""
    for path in chain(files(ROOT / "templates", suffix=".html"), files(ROOT / "templates", suffix=".txt")):
        for line, words in in_template(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {words}"
    for path in files(ROOT / "frontend" / "src", suffix=".ts"):
        for line, words in in_source(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {words}"
    modules = [
        path for name in PYTHON for path in files(ROOT / name, suffix=".py") if "migrations" not in path.parts
    ]
    for path, line, words in in_modules({path: path.read_text("utf-8") for path in modules}):
        yield f"{path.relative_to(ROOT)}:{line}: {words}"
    for path in files(ROOT / "locale", suffix=".po"):
        yield from in_catalogue(path)
    yield from in_browsers_catalogues()


def main() -> None:
    """Exit code 1 when anything is not translated."""
    found = list(complaints())
    print("\n".join(found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
