"""Which addresses pass the guard, however they are spelled."""

from ipaddress import ip_address
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from core.outbound import allowed, guard
from core.outbound.ranges import Address, inner, why_not
from core.outbound.refusing import AddressRefused
from core.outbound.target import read
from tests.core.outbound.servers import Resolver

OURS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://2130706433/",
    "http://127.0.0.1./",
    "http://localhost/",
    "http://LocalHost./",
    "http://a.localhost/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://10.1.2.3/",
    "http://172.31.255.255:8080/",
    "http://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
]
NO_ADDRESS = [
    "",
    "not a url",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "http:///x",
    "http://user:secret@example.com/",
    "http://@example.com/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://example.com:x/",
    "http://exa mple.com/",
    "http://example.com\\@127.0.0.1/",
    "http://example.com/\r\nX: y",
    "http://\t127.0.0.1/",
    "http://[::1",
    "http://[fe80::1%25eth0]/",
    "http://%31%32%37.0.0.1/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://09.1.1.1/",
    "http://example..com/",
    "http://-a.com/",
    "http://" + "a" * 64 + ".com/",
    "http://\ud800.com/",
    "http://example.com/" + "a" * 3000,
]


@pytest.mark.parametrize("url", OURS)
def test_an_address_that_is_not_the_internet_s_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        guard.check(url)
    assert refused.value.where == "url"
    assert not guard.is_allowed(url)


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    assert not guard.is_allowed(url)


@pytest.mark.parametrize(
    ("url", "called"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTPS://Example.COM.:443/a b?x=é".replace(" ", "%20"), "https://example.com/a%20b?x=%C3%A9"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://8.8.8.8:80/", "http://8.8.8.8/"),
        ("http://0x08080808/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]:8080/x#y", "http://[2606:4700::1111]:8080/x"),
        ("http://[::ffff:8.8.8.8]/", "http://[::ffff:808:808]/"),
        ("http://under_score.example/?a=1&b=%20", "http://under_score.example/?a=1&b=%20"),
    ],
)
def test_what_passes_is_called_by_one_spelling(url: str, called: str) -> None:
    assert guard.check(url).url == called
    assert read(called).url == called


def test_a_refusal_says_which_address_and_why() -> None:
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is not called: this machine's own address"):
        guard.check("http://2130706433/")
    with pytest.raises(AddressRefused, match="a name or a password") as refused:
        guard.check("http://user:secret@example.com/")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("entry", "passes", "refused"),
    [
        ("127.0.0.1", "http://127.1:99/", "http://127.0.0.2/"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/", "http://127.0.0.1/"),
        ("10.0.0.0/8", "http://10.200.1.1/", "http://11.0.0.1.localhost/"),
        ("10.0.0.0/8:80", "http://[::ffff:10.1.1.1]/", "http://10.1.1.1:81/"),
        ("localhost", "http://LOCALHOST:5/", "http://127.0.0.1/"),
        ("[::1]:8000", "http://[::1]:8000/", "http://[::1]/"),
        ("fd00::/8", "http://[fd00::5]/", "http://[fc00::5]/"),
        ("[fd00::/8]:80", "http://[fd00::5]/", "http://[fd00::5]:81/"),
    ],
)
def test_the_operator_may_allow_it(settings: Any, entry: str, passes: str, refused: str) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = ["", entry]
    assert guard.is_allowed(passes)
    assert not guard.is_allowed(refused)


@pytest.mark.parametrize(
    "entry", ["10.0.0.0/33", "a b", "http://x/", "host:99999", "-", "[::1", "10.1.1.1/8"]
)
def test_a_wrong_entry_of_the_list_is_named(entry: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ASSAY_OUTBOUND_ALLOW"):
        allowed.parse(entry)


def test_every_address_of_a_name_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "lookup", Resolver(["8.8.8.8", "10.0.0.1"]))
    with pytest.raises(AddressRefused, match=r"mixed\.example \(10\.0\.0\.1\) is not called: a private"):
        guard.addresses("mixed.example", 80, 1)


@given(st.ip_addresses())
def test_what_passes_is_global_to_the_standard_library_too(address: Address) -> None:
    if why_not(address) is None and inner(address) is None:
        assert address.is_global


def test_the_registries_agree_with_the_standard_library() -> None:
    """Whatever Python's own tables call local is refused here too."""
    for text in ("192.0.0.8", "198.19.0.1", "203.0.113.9", "100::1", "2001:2::1", "5f00::1", "4000::1"):
        assert why_not(ip_address(text)) is not None, text
    for text in (
        "1.1.1.1",
        "100.128.0.1",
        "172.32.0.1",
        "2606:4700::1",
        "64:ff9b::101:101",
        "2002:808:808::",
    ):
        assert why_not(ip_address(text)) is None, text
