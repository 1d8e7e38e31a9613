"""Personal data at the door: what is found, and what only looks like it."""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from annotation.algorithms.quality import personal
from annotation.algorithms.quality.chunk import Text, added
from annotation.algorithms.quality.personal_patterns import KINDS, places_of
from tests.annotation.shared_data import shared


def held(text: str) -> list[tuple[str, str]]:
    """Each kind with the very words, as they stand in the text."""
    return [(code, text[begin:end]) for code, places in places_of(text).items() for begin, end in places]


@pytest.mark.parametrize(
    ("text", "code", "it"),
    [
        ("Write to jane.roe+lease@chambers.co.uk, please.", "email", "jane.roe+lease@chambers.co.uk"),
        ("邮箱zhang.wei@qq.com，谢谢", "email", "zhang.wei@qq.com"),
        ("邮箱：ｚｗ＠qq.com", "email", "ｚｗ＠qq.com"),
        ("Reach her on +44 20 7946 0958.", "phone", "+44 20 7946 0958"),
        ("Reach him on +1 (212) 736-5000 today", "phone", "+1 (212) 736-5000"),
        ("Call (212) 736-5000", "phone", "(212) 736-5000"),
        ("Tel. no.: 020 7946 0958", "phone", "020 7946 0958"),
        ("fax 030/1234567 or so", "phone", "030/1234567"),
        ("联系电话：010-62345678。", "phone", "010-62345678"),
        ("患者家属手机号为138 1234 5678", "mobile", "138 1234 5678"),
        ("请联系13812345678确认", "mobile", "13812345678"),
        ("请联系１３８１２３４５６７８确认", "mobile", "１３８１２３４５６７８"),
        ("Pay to GB82 WEST 1234 5698 7654 32 now", "iban", "GB82 WEST 1234 5698 7654 32"),
        ("IBAN DE89370400440532013000", "iban", "DE89370400440532013000"),
        ("charged to 4111 1111 1111 1111 by", "card", "4111 1111 1111 1111"),
        ("Visa card number 4012888888881881", "card", "4012888888881881"),
        ("American Express 378282246310005", "card", "378282246310005"),
        ("银行卡号：6212345678901232", "card", "6212345678901232"),
        ("His number is 219-09-9998.", "us_ssn", "219-09-9998"),
        ("SSN: 219099998", "us_ssn", "219099998"),
        ("NHS number 943 476 5919", "nhs_number", "943 476 5919"),
        ("身份证号11010519491231002X，汉族", "resident_id", "11010519491231002X"),
        ("ID 440524188001010014 of the plaintiff", "resident_id", "440524188001010014"),
        ("身份证：110105491231002", "resident_id", "110105491231002"),
        ("passport no. E12345678", "passport", "E12345678"),
        ("护照号码：G28233311", "passport", "G28233311"),
        ("logged in from 185.199.108.153 at noon", "ip_address", "185.199.108.153"),
        ("IP地址为8.8.4.4。", "ip_address", "8.8.4.4"),
        ("seen at 2a00:1450:4009:81f::200e twice", "ip_address", "2a00:1450:4009:81f::200e"),
        ("MRN: 00482913", "medical_record", "00482913"),
        ("住院号：ZY0012345", "medical_record", "ZY0012345"),
        ("DOB 04/12/1961", "birth_date", "04/12/1961"),
        ("She was born on 4 December 1961 in Leeds", "birth_date", "4 December 1961"),
        ("出生日期：1961年12月4日", "birth_date", "1961年12月4日"),
        ("王某，1961年12月4日出生", "birth_date", "1961年12月4日"),
        ("see https://www.linkedin.com/in/jane-roe-1961/ for", "profile_link", "linkedin.com/in/jane-roe-1961/"),
        ("ftp://jane:secret@files.example.org/x", "profile_link", "jane:secret@"),
        ("加微信：zhangwei_88 详谈", "chat_account", "zhangwei_88"),
        ("QQ：123456789", "chat_account", "123456789"),
    ],
)  # fmt: skip
def test_what_is_found(text: str, code: str, it: str) -> None:
    assert held(text) == [(code, it)]


def test_there_is_a_case_of_every_kind() -> None:
    marks: list[Any] = test_what_is_found.pytestmark  # type: ignore[attr-defined]
    assert {case[1] for case in marks[0].args[1]} == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Net sales rose to EUR 1 234 567 890 from 1,134,567,890, or +12.5 %.",
        "an increase of +1 234 567 890 and of +4 512 000",
        "Clause 10.2.3.1 and section 12.10.3.1 of version 2.0.1.15 apply.",
        "Case No. 2:19-cv-01234, docket 02-1234-5678, 571 U.S. 1234 (2014); File No. 001-34567",
        "ISIN US0378331005, CUSIP 037833100, LEI 5493001KJTIIGC8Y1R12, WKN 865985",
        "CAS 7732-18-5; Grant no. R01-123-45-678; order 900-12-3456 and 000-12-3456",
        "between 2016 2017 2018 2019 and 4500 3200 2100 1801",
        "1 January 2019 to 31 December 2019; 12/31/2018; 2018-12-31",
        "doi:10.1016/j.cell.2019.01.001, PMID 31234567, NCT01234567",
        "Born in Leeds, the company was founded on 4 December 1961.",
        "a cell 2019 01 001; Cell 1234567; call 1 800 000 times",
        "Contact info@example.org or privacy@example.org.",
        "share on https://twitter.com/share or facebook.com/groups and x.com/home",
        "server 127.0.0.1 and 192.168.100.200, at 10:30:15:20",
        "实现营业收入13812345678元，同比增长12.5%，股票代码600519",
        "成交13812345678股，涉及金额15,912,345,678.90元",
        "（2019）京0105民初12345号判决书第18条第3款，2019年5月6日生效",
        "统一社会信用代码91110000100000000X；合同编号201905060001",
        "身份证号110105194912310021（校验位错误）",
        "IBAN GB82 WEST 1234 5698 7654 33 with a wrong check digit",
        "card 4111 1111 1111 1112 with a wrong check digit",
        "NHS number 943 476 5918 with a wrong check digit",
        "NHS trusts treated 1,234,567,890 patients",
        "the phone 1111111111 rang; the phone cost 1,200,000 dollars",
        "passport holders rose to 123,456,789 in 2018",
        "",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert held(text) == []


def test_a_flag_tells_kind_and_places_and_not_the_data() -> None:
    text = "Call +44 20 7946 0958 or +44 20 7946 0959, jane@roe.org."
    seen = personal.look([Text(7, text), Text(8, "nothing")])
    assert [(one.number, one.code) for one in seen.found] == [(7, "phone"), (7, "email")]
    assert seen.found[0].params == {"count": 2, "places": [[5, 21], [25, 41]]}
    assert seen.figures == {"texts": 2, "kinds": {"phone": 1, "email": 1}, "places": 3}
    assert "jane" not in json.dumps([dict(one.params) for one in seen.found])


def test_places_are_told_up_to_a_number_and_all_are_counted() -> None:
    text = " ".join(f"a{at}@roe.org" for at in range(50))
    (flag,) = personal.look([Text(1, text)]).found
    assert (flag.params["count"], len(flag.params["places"])) == (50, personal.MOST_PLACES)


def test_a_text_that_is_not_looked_through_says_so() -> None:
    seen = personal.look([Text(1, "the beginning", rest=b"more")])
    assert [one.code for one in seen.found] == [personal.UNREAD]
    assert seen.figures["kinds"] == {personal.UNREAD: 1}


def test_figures_of_chunks_add_up() -> None:
    texts = [Text(1, "a@roe.org"), Text(2, "MRN 00482913, b@roe.org"), Text(3, "c")]
    whole = personal.look(texts).figures
    assert added(personal.look(texts[:1]).figures, personal.look(texts[1:]).figures) == whole


@pytest.mark.parametrize(
    "sign",
    [
        *(
            "1",
            "1 ",
            "1-",
            "1.",
            "+1",
            "(1",
            "a@",
            "a.",
            "A1",
            "AA11 ",
            "tel ",
            "born ",
            "x.com/",
            "://a",
            "a:",
        ),
        *("card 1", "1:", "1年1", "电话", "身份证1"),
    ],
)
def test_a_long_monotonous_text_takes_no_longer_than_another(sign: str) -> None:
    begun = time.process_time()
    places_of((sign * 200_000)[:200_000])
    assert time.process_time() - begun < 2


def words_of(value: Any) -> Iterator[str]:
    """Every string in a row, at any depth, but those that name it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"id", "file", "index", "uid", "task"}:
                yield from words_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)


def test_real_texts_of_the_three_sectors_are_flagged_for_what_stands_in_them() -> None:
    """Every flag was read: numbers and addresses of people and firms. Of 4,937 texts none is flagged falsely."""
    texts, flagged = 0, Counter[tuple[str, str]]()
    for path in sorted(shared("data/domain").glob("*/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                texts += 1
                words = "\n".join(words_of(json.loads(line)))
                flagged.update((path.name.split(".")[0], code) for code in places_of(words))
    assert texts == 4937
    assert flagged == {
        ("contract_nli", "phone"): 13,
        ("contract_nli", "email"): 6,
        ("financial_phrasebank_50agree", "phone"): 3,
        ("legalbench_train", "phone"): 3,
        ("legalbench_train", "email"): 3,
    }
