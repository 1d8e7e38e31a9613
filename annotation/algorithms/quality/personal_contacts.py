"""How a person is reached, or found on the net, in English and Chinese texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotation.algorithms.quality import personal_checks as checks
from annotation.algorithms.quality.personal_kind import Kind, has, has_digits, word

_CALL = (
    r"tel|telephone|phone|mobile|cell(?= ?[:#]| phone| no)|cellphone|fax|facsimile|telecopier|dial|whatsapp"
    r"|call (?:me|us|him|her|them) (?:at|on)"
)
_ROLE_NAMES = """
    abuse accounts admin billing bookings careers compliance contact customercare customerservice dpo enquiries
    feedback git hello help helpdesk hostmaster hr info inquiries investor investors ir jobs legal licensing mail
    marketing media news newsletter no-reply noreply notices office orders permissions postmaster pr press privacy
    reception recruitment sales security service services subscriptions support team webmaster
"""
_ROLES = frozenset(_ROLE_NAMES.split())
_PATH_NAMES = """
    about business company dialog events explore features groups hashtag help home i intent jobs legal login news p
    pages plugins policies privacy pulse reel search settings share sharer signup status stories terms topics watch
"""
_PATHS = frozenset(_PATH_NAMES.split())


def _not_role(text: str) -> bool:
    name = text.partition("@")[0].lower()
    return name not in _ROLES and set(name) != {"x"}


def _is_person(text: str) -> bool:
    name = text.rstrip("/").rsplit("/", 1)[-1].lower()
    return name.lstrip("@") not in _PATHS


def _is_plain_address(text: str) -> bool:
    """Not a clause's or a version's number."""
    return sum(len(part) == 3 for part in text.split(".")) >= 2 and checks.is_public_address(text)


CONTACTS: Mapping[str, tuple[Kind, ...]] = {
    "mobile": (
        # Eleven digits beside Chinese words, and no amount, share or code of theirs.
        Kind(
            lambda text: not text.isascii(),
            re.compile(
                r"(?<![\d.,$¥￥A-Za-z_/-])(?P<it>1[3-9]\d(?P<by>[ -]?)\d{4}(?P=by)\d{4})"
                r"(?![\d.,]\d|\d|[A-Za-z_%‰]| ?(?:[亿万千百]|元|股|美元|港元|欧元|吨|份|手|人次))"
            ),
        ),
    ),
    "phone": (
        Kind(
            has("+"),
            re.compile(r"(?<![\w+.])(?P<it>\+(?:[ .()-]{0,2}\d){8,15})(?![\d%]|[.,]\d)"),
            checks.is_international,
        ),
        Kind(
            has("("),
            re.compile(r"(?<![\w.(])(?P<it>\([2-9]\d{2}\)[ -]{0,2}[2-9]\d{2}[-. ]\d{4})(?![\d%])"),
        ),
        Kind(
            has_digits,
            re.compile(
                r"(?:" + word(_CALL, "(?!)") + r"\.?(?: ?(?i:numbers?|no\.?|#))?(?: is )?\.?[^\w\n+.]{1,6}"
                r"|(?:电话|手机|联系方式|传真|致电|热线)(?:号码?)?(?:为|是)?[^\w\n+]{0,6})"
                r"(?P<it>\(?\d(?:[ .()/-]{0,2}\d){6,13})(?![\d%]|[.,]\d)"
            ),
            lambda text: len(set(checks.digits_of(text))) > 2,
        ),
    ),
    "profile_link": (
        Kind(
            has("/"),
            re.compile(
                r"(?i:(?<![\w.@/-])(?:https?://)?(?:www\.|m\.|[a-z]{2}\.)?)"
                r"(?P<it>(?i:(?:linkedin\.com/in|facebook\.com|twitter\.com|x\.com|instagram\.com|threads\.net|tiktok\.com"
                r"|t\.me|github\.com|reddit\.com/u(?:ser)?|weibo\.com/(?:u|n)|zhihu\.com/people|space\.bilibili\.com"
                r"|douban\.com/people))/@?[\w.-]{2,60}/?)(?![\w/?=-])"
            ),
            _is_person,
        ),
        Kind(
            has("@"),
            re.compile(r"(?i:(?:https?|ftp)://)(?P<it>[^\s/@:]{1,60}(?::[^\s/@]{0,60})?@)[A-Za-z0-9.-]{3,}"),
        ),
    ),
    "email": (
        Kind(
            has("@"),
            re.compile(
                r"(?<![A-Za-z0-9.+_-])(?P<it>[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})"
                r"(?![A-Za-z0-9-])"
            ),
            _not_role,
        ),
    ),
    "ip_address": (
        Kind(
            has_digits,
            re.compile(r"(?<![\w.])(?P<it>(?:\d{1,3}\.){3}\d{1,3})(?![\w.]\d|\w|%)"),
            _is_plain_address,
        ),
        Kind(
            has_digits,
            re.compile(
                r"(?:(?<![A-Za-z])IP(?:v4)?(?![A-Za-z])|ip地址)[^\d\n]{0,16}?(?P<it>(?:\d{1,3}\.){3}\d{1,3})(?![\w.]\d|\w)"
            ),
            checks.is_public_address,
        ),
        Kind(
            has(":"),
            re.compile(r"(?<![\w:.])(?P<it>[0-9a-fA-F]{1,4}(?:::?[0-9a-fA-F]{1,4}){3,7})(?![\w:])"),
            checks.is_public_address,
        ),
    ),
    "chat_account": (
        Kind(
            has("微信", "QQ", "qq", "WeChat"),
            re.compile(
                r"(?:微信号?(?:码|为|是)?|WeChat(?: ID)?) ?[:：] ?(?P<it>[A-Za-z][A-Za-z0-9_-]{5,19})(?![\w-])"
            ),
        ),
        Kind(
            has("QQ", "qq"),
            re.compile(
                r"(?:QQ|qq)(?:号码?)?(?:群)?(?:为|是)? ?[:：]? ?(?P<it>[1-9]\d{5,10})(?![\d.,%]|[万亿元])"
            ),
        ),
    ),
}
