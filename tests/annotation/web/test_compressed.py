"""What is sent compressed, and what is not."""

import gzip

from django.urls import reverse

from tests.annotation.web.conftest import As
from tests.cast import Scene

GZIP = {"Accept-Encoding": "gzip, br"}


def test_pages_and_json_are_compressed_for_who_takes_it(ours: Scene, as_: As) -> None:
    lead = as_("lead")
    for address in ("/projects/", f"/api/v1/projects/{ours.project.uid}"):
        plain = lead.get(address)
        small = lead.get(address, headers=GZIP)
        assert "Content-Encoding" not in plain
        assert small["Content-Encoding"] == "gzip", address
        assert len(small.content) < len(plain.content)
        assert "Accept-Encoding" in small["Vary"]
        assert ours.project.name in gzip.decompress(small.content).decode()


def test_a_download_keeps_its_length(ours: Scene, as_: As) -> None:
    address = reverse("web:release-file", args=[ours.project.uid, ours.release.uid, "manifest.json"])
    sent = as_("lead").get(address, headers=GZIP)
    assert "Content-Encoding" not in sent
    assert int(sent["Content-Length"]) == len(sent.getvalue())


def test_a_compressed_fragment_is_known_again(ours: Scene, as_: As) -> None:
    lead = as_("lead")
    address = reverse("web:dashboard-figures", args=[ours.project.uid, "agreement"])
    first = lead.get(address, headers=GZIP)
    assert first["Content-Encoding"] == "gzip"
    assert lead.get(address, headers={**GZIP, "If-None-Match": first["ETag"]}).status_code == 304
