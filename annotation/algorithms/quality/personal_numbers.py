"""Numbers and dates that name one person or one account, in English and Chinese texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotation.algorithms.quality import personal_checks as checks
from annotation.algorithms.quality.personal_kind import GAP, Kind, has, has_digits, word

_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}\.?,? (?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)

NUMBERS: Mapping[str, tuple[Kind, ...]] = {
    "resident_id": (
        Kind(
            has_digits,
            re.compile(r"(?<![\dA-Za-z.])(?P<it>[1-8]\d{16}[\dXx])(?![\dA-Za-z])"),
            checks.is_resident_id,
        ),
        Kind(
            has("身份证", "公民身份"),
            re.compile(
                rf"(?:身份证|公民身份){GAP}(?P<it>[1-8]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}})(?!\d)"
            ),
        ),
    ),
    "iban": (
        Kind(
            has_digits,
            re.compile(
                r"(?<![A-Za-z0-9])(?P<it>[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?)(?![A-Za-z0-9])"
            ),
            checks.is_iban,
        ),
    ),
    "card": (
        Kind(
            has_digits,
            re.compile(
                r"(?<![\d.,-])(?<!\d )(?P<it>\d{4}(?P<by>[ -])\d{4}(?P=by)\d{4}(?P=by)\d{4})(?![\d.,]\d|\d| \d|-)"
            ),
            checks.is_card,
        ),
        Kind(
            has_digits,
            re.compile(
                word(
                    "card|visa|mastercard|amex|american express|unionpay",
                    "卡号|信用卡|银行卡|储蓄卡|借记卡|银联",
                )
                + r"[^\d\n]{0,40}?(?P<it>\d(?:[ -]?\d){12,18})(?!\d)"
            ),
            checks.is_card,
        ),
    ),
    "us_ssn": (
        Kind(has_digits, re.compile(r"(?<![\w.-])(?P<it>\d{3}-\d{2}-\d{4})(?![\w-])"), checks.is_ssn),
        Kind(
            has_digits,
            re.compile(
                word(r"ssn|social security (?:number|no\.?|#)", "社会安全号码?")
                + rf"{GAP}(?P<it>\d{{3}} ?\d{{2}} ?\d{{4}})(?!\d)"
            ),
            checks.is_ssn,
        ),
    ),
    "nhs_number": (
        Kind(
            has("NHS", "nhs"),
            re.compile(r"(?:NHS|nhs)[^\d\n]{0,25}?(?P<it>\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)"),
            checks.is_nhs,
        ),
    ),
    "medical_record": (
        Kind(
            has_digits,
            re.compile(
                word(
                    r"mrn|medical record (?:number|no\.?|#)|patient (?:id|number|no\.?)|hospital (?:number|no\.?)",
                    "病历号码?|病案号|住院号|门诊号|就诊卡号|患者编号",
                )
                + r"[^\w\n]{0,6}(?:is |为|是)?[^\w\n]{0,2}(?P<it>[A-Z]{0,4}-?\d{5,12})(?![\d%])"
            ),
        ),
    ),
    "passport": (
        Kind(
            lambda text: "护照" in text or "passport" in text.lower(),
            re.compile(
                word("passport", "护照")
                + r"(?: ?(?i:number|no\.?|nr\.?|#|card)|号码?)?[^\w\n]{0,6}(?:is |为|是)?"
                r"(?P<it>[A-Z]{1,2}\d{6,8}|\d{9})(?![\dA-Za-z])"
            ),
        ),
    ),
    "birth_date": (
        Kind(
            has_digits,
            re.compile(
                word(
                    r"dob|d\.o\.b\.?|date of birth|birth ?date|birthday|born(?: on)?",
                    "出生日期|出生年月|生日|出生于|生于",
                )
                + rf"[^\w\n]{{0,6}}(?:is |was |on |为|是)?(?P<it>{_DATE})(?!\d)"
            ),
        ),
        Kind(
            has("生"),
            re.compile(r"(?P<it>(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)出?生(?![效产])"),
        ),
    ),
}
