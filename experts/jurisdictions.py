"""Where somebody may practise: countries (ISO 3166-1 alpha-2), the European Union, states of the US (3166-2)."""

import json
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from core.refusals import InvalidInput
from experts.models.sector import localised

_DATA = json.loads((Path(__file__).parent / "data" / "jurisdictions.json").read_text("utf-8"))
COUNTRIES: tuple[str, ...] = tuple(_DATA["countries"].split())
STATES: dict[str, dict[str, str]] = _DATA["states"]
JURISDICTIONS = frozenset([*COUNTRIES, *_DATA["unions"].split(), *STATES])
_UNKNOWN: Promise = _("There is no jurisdiction “%(code)s”.")
_EXAMPLES: Promise = _("Write a country as two letters (CN, GB), a state of the US as US-NY.")


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # slow to import, and few pages name a country

    return dict(Locale.parse(to_locale(language)).territories)


def jurisdiction_name(code: str) -> str:
    """The name in the reader's language; a code that is not known stands for itself."""
    if code in STATES:
        return localised(STATES[code])
    return _territories(get_language() or "en").get(code, code)


def countries() -> list[tuple[str, str]]:
    """Every country with its name in the reader's language, by name."""
    return sorted(((code, jurisdiction_name(code)) for code in COUNTRIES), key=lambda pair: pair[1])


def checked(code: str, where: str) -> str:
    """The code as it is stored (upper case), empty stays empty. Raises InvalidInput for one that is not known."""
    plain = code.strip().upper()
    if plain and plain not in JURISDICTIONS:
        raise InvalidInput(
            _UNKNOWN, action=_EXAMPLES, where=where, code="unknown_jurisdiction", params={"code": code[:40]}
        )
    return plain
