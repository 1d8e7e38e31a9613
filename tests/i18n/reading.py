"""What a page says to those who read and who listen: texts, titles, names and hints, without the data it shows."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-copied")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "pre", "code", "textarea", "template"}
DATA = {"mono", "hash", "verbatim", "item-text", "prose", "excerpt"}
"""Classes of what is shown as it was brought in or written by people."""


@dataclass
class _Open:
    tag: str
    quiet: bool


@dataclass
class Reader(HTMLParser):
    """Collects `said`; an element in another language says so by `lang` and is not ours to translate."""

    said: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        quiet = self._quiet or tag in SILENT or bool(DATA & set(given.get("class", "").split()))
        quiet = quiet or ("lang" in given and not given["lang"].startswith("zh"))
        self.said += [given[name] for name in SPOKEN if given.get(name) and not quiet]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.said.append(given.get("value", ""))
        if tag not in VOID:
            self._open.append(_Open(tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._quiet:
            self.said.append(" ".join(data.split()))

    @property
    def _quiet(self) -> bool:
        return bool(self._open) and self._open[-1].quiet


def read(html: str) -> list[str]:
    """Everything that the page says, piece by piece."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.said
