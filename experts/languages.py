"""Languages of texts and people, as codes and as names in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: tuple[tuple[str, str | Promise], ...] = (
    ("en", _("English")),
    ("zh-hans", _("Chinese, simplified")),
    ("zh-hant", _("Chinese, traditional")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ga", _("Irish")),
    ("hi", _("Hindi")),
    ("it", _("Italian")),
    ("ja", _("Japanese")),
    ("ko", _("Korean")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("vi", _("Vietnamese")),
    ("yo", _("Yoruba")),
)
LEVELS: tuple[tuple[str, str | Promise], ...] = (
    ("native", _("native")),
    *((level, level) for level in ("C2", "C1", "B2", "B1", "A2", "A1")),
)
_NAMES = {**dict(LANGUAGES), "zh": _("Chinese")}
"""Of a text one sees that it is Chinese before one knows in which of its scripts it is."""
_LEVEL_NAMES = dict(LEVELS)


def known(code: str, level: str) -> bool:
    """Whether language and level are in the lists."""
    return code in _NAMES and level in _LEVEL_NAMES


def language_name(code: str) -> str:
    """The name of a language; a code that is not in the list stands for itself."""
    return str(_NAMES.get(code, code))


def level_name(code: str) -> str:
    """How well somebody reads a language; a code that is not in the list stands for itself."""
    return str(_LEVEL_NAMES.get(code, code))
