"""Numbers of credentials: how an issuer writes them, and how two that mean the same are compared. Pure.

A format is `{"jurisdiction", "pattern", "check"}`: it applies where the credential's jurisdiction begins with its own
(empty: everywhere); the whole number must match the pattern, and pass the check if one is named.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

NPI_PREFIX = "80840"
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol to Unicode, and blank
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def luhn(number: str) -> bool:
    """Whether the last digit is the Luhn digit of those before it (ISO/IEC 7812-1, annex B)."""
    if not (number.isascii() and number.isdigit()):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def npi(number: str) -> bool:
    """A US National Provider Identifier: ten digits, Luhn over them after 80840 (45 CFR 162.406, CMS)."""
    return len(number) == 10 and number[0] in "12" and luhn(NPI_PREFIX + number)


def uscc(number: str) -> bool:
    """A Chinese unified social credit identifier: 18 characters, the last a check modulo 31 (GB 32100-2015)."""
    if len(number) != 18 or any(character not in _USCC for character in number):
        return False
    total = sum(_USCC.index(character) * pow(3, at, 31) for at, character in enumerate(number[:17]))
    return _USCC[(31 - total % 31) % 31] == number[17]


CHECKS: dict[str, Callable[[str], bool]] = {"luhn": luhn, "npi": npi, "uscc": uscc}


def written_right(number: str, jurisdiction: str, formats: Iterable[Mapping[str, str]]) -> bool:
    """Whether the number fits one of the formats that apply; true where none does. Spaces and hyphens do not count."""
    applying = [one for one in formats if jurisdiction.startswith(one.get("jurisdiction", ""))]
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()
    return not applying or any(_fits(plain, one) for one in applying)


def _fits(number: str, form: Mapping[str, str]) -> bool:
    check = CHECKS.get(form.get("check", ""))
    return re.fullmatch(form["pattern"], number) is not None and (check is None or check(number))


def is_visible(text: str) -> bool:
    """Whether anything of it is seen: a character that is no space, control, format or lone mark, and no filler."""
    return any(unicodedata.category(one)[0] not in "CZM" and one not in _FILLERS for one in text)


def claim(issuer: str, number: str) -> str:
    """Issuer and number in the form in which two claims are compared: letters and digits only, NFKC, casefolded."""
    return f"{_plain(issuer)[:309]}|{_plain(number)[:309]}"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
