"""Whether a number can be what it looks like: check digits, lengths and ranges that its issuers publish.

IBAN: ISO 13616 and its registry of lengths. Cards: ISO/IEC 7812-1 (Luhn) and the issuers' ranges. NHS number: NHS Data
Dictionary (modulus 11). Resident identity number: GB 11643-1999 (ISO 7064, MOD 11-2). SSN: the numbers that the Social
Security Administration never issues. Calling codes: ITU-T E.164.
"""

from __future__ import annotations

import re
from datetime import date
from ipaddress import ip_address

_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FO FI GL NL SD FK",
        19: "MK SI",
        20: "AT BA EE KZ XK LT LU MN",
        21: "HR LV LI CH",
        22: "BH BG CR GE DE IE ME RS GB VA",
        23: "AE GI IL IQ TL OM SO",
        24: "AD CZ MD PK RO SA SK ES SE TN VG",
        25: "PT LY ST",
        26: "IS TR",
        27: "FR GR IT MR MC SM BI DJ",
        28: "AL AZ BY CY DO SV GT HU LB PL NI",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|(?:6011\d\d|64[4-9]\d{3}|65\d{4})\d{10,13}"  # Discover
    r"|62\d{14,17}"  # UnionPay
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|3(?:0[0-5]|[689]\d)\d{11,16}"  # Diners Club
)
_CALLING = re.compile(
    r"1[2-9]\d{2}[2-9]\d{6}$|7\d{10}$|86(?:1[3-9]\d{9}|[2-9]\d{8,10})$"
    r"|(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[124]|9[0-58])\d{7,12}$"
    r"|(?:2[1-69]|3[578]|42|5[09]|6[789]|8[58]|9[679])\d{8,12}$"
)
_PROVINCE_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def digits_of(text: str) -> str:
    """Its digits, 0 to 9."""
    return "".join(sign for sign in text if "0" <= sign <= "9")


def is_iban(text: str) -> bool:
    """An international bank account number: its country's length, and a remainder of 1 modulo 97."""
    bare = text.replace(" ", "").replace("-", "").upper()
    if _IBAN_LENGTHS.get(bare[:2]) != len(bare):
        return False
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """A payment card's number: an issuer's range and length, and the Luhn digit."""
    bare = digits_of(text)
    if not _ISSUERS.fullmatch(bare):
        return False
    doubled = [int(sign) * (1 + at % 2) for at, sign in enumerate(reversed(bare))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def is_ssn(text: str) -> bool:
    """A United States social security number that may have been issued."""
    bare = digits_of(text)
    area, group, serial = bare[:3], bare[3:5], bare[5:]
    # The last two stood in advertisements and are no person's.
    return (
        len(bare) == 9
        and area not in {"000", "666"}
        and area < "900"
        and group != "00"
        and serial != "0000"
        and bare not in {"078051120", "219099999"}
    )


def is_nhs(text: str) -> bool:
    """A number of the National Health Service in England: ten digits, the last by modulus 11."""
    bare = digits_of(text)
    if len(bare) != 10 or len(set(bare)) == 1:
        return False
    check = 11 - sum(int(sign) * (10 - at) for at, sign in enumerate(bare[:9])) % 11
    return check % 11 == int(bare[9])  # 11 is written 0; 10 is never issued and equals no digit


def is_resident_id(text: str) -> bool:
    """A Chinese resident identity number of 18 signs: province, date of birth, check sign."""
    bare = text.upper()
    if len(bare) != 18 or bare[:2] not in _PROVINCES or not _is_birth(bare[6:14]):
        return False
    rest = sum(int(sign) * weight for sign, weight in zip(bare[:17], _RESIDENT_WEIGHTS, strict=True)) % 11
    return bare[17] == "10X98765432"[rest]


def is_international(text: str) -> bool:
    """A telephone number behind its plus sign: an assigned calling code, and as many digits as its plan allows."""
    return bool(_CALLING.match(digits_of(text)))


def is_public_address(text: str) -> bool:
    """An IP address that can be somebody's: not private, not reserved, not of documentation."""
    try:
        return ip_address(text).is_global
    except ValueError:
        return False


def _is_birth(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2099
