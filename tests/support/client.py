"""A person's HTTP session with a running Assay."""

from typing import Any
from urllib.parse import urljoin

import requests
from django.urls import reverse

PATIENCE = 60.0  # seconds; a web server that was killed is back before


class Client(requests.Session):
    """`requests`, with paths relative to Assay's address and the CSRF token of the session's cookie."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def request(self, method: str | bytes, url: str | bytes, **options: Any) -> requests.Response:  # type: ignore[override]
        """One call. Unsafe methods carry the token that the page's own script would send."""
        headers = {"Referer": self.base, **(options.pop("headers", None) or {})}
        if token := self.cookies.get("csrftoken"):
            headers.setdefault("X-CSRFToken", token)
        options.setdefault("timeout", PATIENCE)
        return super().request(method, urljoin(self.base, str(url)), headers=headers, **options)

    def log_in(self, email: str, password: str) -> "Client":
        """Log in through the page that people use; fail when it does not let this person in."""
        path = reverse("account_login")
        self.get(path).raise_for_status()
        answer = self.post(path, data={"login": email, "password": password}, allow_redirects=False)
        assert answer.is_redirect, f"{email} was not let in: {answer.status_code}\n{answer.text[:2000]}"
        return self
