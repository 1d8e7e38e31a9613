"""ASSAY_RELEASES: what it may say, and what stops the start."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.bucket import ADDRESSING, Bucket, bucket

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
names = st.text(LETTERS, min_size=3, max_size=20)
prefixes = st.lists(st.text("aZ9-_%?&#=+ü金", min_size=1, max_size=6), max_size=3).map("/".join)


@given(names, prefixes, st.sampled_from(["", "http://127.0.0.1:9000", "https://oss.example/s3"]), names)
def test_an_address_is_read_as_it_was_written(name: str, prefix: str, endpoint: str, region: str) -> None:
    for addressing in ADDRESSING:
        written = Bucket(name, prefix, endpoint, region, addressing)
        assert bucket(written.address) == written


def test_what_is_left_out_is_amazon_s_own() -> None:
    assert bucket("s3://gold") == Bucket("gold")
    assert bucket("s3://gold/a/b/") == Bucket("gold", "a/b")
    assert Bucket("gold", "a/b").key("uid", "x.json") == "a/b/uid/x.json"
    assert Bucket("gold").key("uid", "x.json") == "uid/x.json"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("gold", "not an address"),
        ("https://gold/x", "not an address"),
        ("s3:///x", "not an address"),
        ("s3://gold#x", "not an address"),
        ("s3://[gold", "not an address"),
        ("s3://gold?endpoint", "not an address"),
        ("s3://key:secret@gold", "keys do not belong"),
        ("s3://Gold", "small letters"),
        ("s3://go", "3 to 63"),
        ("s3://gold?acl=public", "“acl”"),
        ("s3://gold?endpoint=oss.example", "http://"),
        ("s3://gold?endpoint=https://", "a host"),
        ("s3://gold?endpoint=https://k:s@oss.example", "more than"),
        ("s3://gold?addressing=host", "“host”"),
        ("s3://gold/a//b", "prefix"),
        ("s3://gold/a/../b", "prefix"),
        ("s3://gold/" + "a" * 300, "longer than"),
    ],
)
def test_what_cannot_be_used_is_told(address: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"^it|^its|^keys|^the") as error:
        bucket(address)
    assert said in str(error.value)


def test_a_wrong_one_stops_the_start() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "ASSAY_RELEASES": "s3://Gold"}
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode
    assert "ASSAY_RELEASES cannot be used: the bucket's name has" in done.stderr
