"""A query string that no database could look for."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/accounts/login/?next=%00", "/projects/?q=a%00b", "/?x=\0"])
def test_a_nul_in_the_query_is_a_bad_request(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_what_only_looks_like_one_is_read(db: None) -> None:
    assert Client().get("/accounts/login/?next=%2500").status_code == 200
