"""Names of parties: one key for every way to write a party, other keys for other parties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.names import identifier_key, name_key, party_keys

SAME = [
    (
        "Acme Ltd",
        "ACME Limited",
        "acme ltd.",
        "Ａｃｍｅ　Ｌｔｄ",
        "Acme Co., Ltd.",
        "Acme, Inc.",
        "Acme LLC",
        "Acme plc",
    ),
    ("Müller GmbH", "Muller G.m.b.H.", "MÜLLER GmbH & Co. KG", "Müller AG"),
    ("Renault S.A.", "Renault SA", "RENAULT S. A.", "Renault Société Anonyme", "Renault"),
    ("Fiat S.p.A.", "FIAT SpA", "Fiat Società per Azioni"),
    ("Philips B.V.", "Philips N.V.", "philips bv"),
    ("J.P. Morgan", "JP Morgan", "J P MORGAN", "JPMorgan"),
    ("Marks & Spencer plc", "Marks and Spencer"),
    ("华为技术有限公司", "华为技术 有限责任公司", "华为技术股份有限公司", "华为技术"),
    ("阿里巴巴（中国）有限公司", "阿里巴巴(中国)有限公司"),
    ("株式会社日立製作所", "日立製作所株式会社", "㈱日立製作所", "(株)日立製作所", "日立製作所"),
    ("삼성전자 주식회사", "㈜삼성전자", "삼성전자"),
    ("ООО «Ромашка»", "Ромашка, ООО", "РОМАШКА"),
    ("PT Telkom Tbk", "Telkom"),
    ("Novo Nordisk A/S", "Novo Nordisk"),
    ("Cemex S.A.B. de C.V.", "Cemex"),
]
words = st.text(alphabet=st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=12)


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_every_way_to_write_a_party_has_one_key(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme Ltd", "Acme Bank Ltd"), ("华为技术有限公司", "华为终端有限公司"), ("Tata", "Tate"), ("が", "か")],
)
def test_other_parties_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["Limited", "Co", "有限公司", "株式会社", "GmbH & Co. KG", "公司"])
def test_a_name_of_nothing_but_a_legal_form_keeps_a_key(name: str) -> None:
    assert name_key(name)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(
    st.lists(words, min_size=1, max_size=4), st.sampled_from(["Ltd", "GmbH", "S.p.A.", "B.V.", "LLC", "AG"])
)
def test_a_legal_form_at_the_end_changes_nothing(name: list[str], form: str) -> None:
    spelt = " ".join(["Zyx", *name, "Wvu"])
    assert name_key(f"{spelt} {form}") == name_key(f"{spelt}, {form}".upper()) == name_key(spelt)


@given(words, st.sampled_from(["有限公司", "有限责任公司", "股份有限公司", "株式会社"]))
def test_a_chinese_or_japanese_form_changes_nothing(name: str, form: str) -> None:
    assert name_key(f"文{name}字{form}") == name_key(f"文{name}字")


@given(st.text(max_size=40), st.text(max_size=40))
def test_anything_at_all_has_at_most_two_keys_that_fit_their_column(name: str, identifier: str) -> None:
    keys = party_keys(name, identifier)
    assert len(keys) <= 2
    assert all(0 < len(key) <= 170 for key in keys)


def test_identifiers_are_told_apart_by_their_check_digits() -> None:
    assert identifier_key("LEI: 5493 001K JTII GC8Y 1R12") == "lei:5493001KJTIIGC8Y1R12"
    assert identifier_key("统一社会信用代码：91350100M000100Y43") == "uscc:91350100M000100Y43"
    assert identifier_key("5493001KJTIIGC8Y1R13") == "number:5493001KJTIIGC8Y1R13"


def test_a_register_s_number_is_compared_without_leading_zeros() -> None:
    assert identifier_key("00445790") == identifier_key("445790") == "number:445790"
    assert identifier_key("HRB 12 345") == identifier_key("hrb12345")
    assert identifier_key("7") == identifier_key("") == ""
