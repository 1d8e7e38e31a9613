"""Flags of personal data on the pages: told, marked by who leads, and by nobody else."""

import pytest
from django.urls import reverse

from annotation.models import Batch, QualityFinding
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World

TEXTS = [{"text": "Call +44 20 7946 0958 or write to a@roe.org."}, {"text": "b@roe.org"}, {"text": "ok"}]


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def brought(world: World) -> Batch:
    return cast.bring(world.project, world.lead, cast.jsonl(TEXTS))


def test_the_pages_tell_what_was_found_and_what_was_said_of_it(ours: World, as_: As) -> None:
    batch = brought(ours)
    client = as_("lead")
    page = client.get(reverse("web:batch", args=[ours.project.uid, batch.uid])).content.decode()
    assert "3 flags of personal data have not been looked at." in page
    assert "telephone number: 1 · e-mail address: 2" in page
    listed = reverse("web:batch-flags", args=[ours.project.uid, batch.uid])
    flags = client.get(listed, {"step": "personal"}).content.decode()
    assert "telephone number · 1 place · at character 6" in flags
    assert "Set the items aside" in flags
    assert "7946" not in flags
    looked = reverse("web:batch-flags-looked", args=[ours.project.uid, batch.uid])
    phone = QualityFinding.objects.get(code="phone")
    answer = client.post(looked, {"flags": [phone.pk], "outcome": "aside"}, follow=True).content.decode()
    assert "2 flags marked." in answer
    assert "Item set aside · Bob" in answer
    item = client.get(reverse("web:item", args=[ours.project.uid, phone.item.uid])).content.decode()
    assert "Item set aside · Bob" in item
    answer = client.post(looked, {"code": "email", "outcome": "clear"}, follow=True).content.decode()
    assert "1 flag marked." in answer
    page = client.get(reverse("web:batch", args=[ours.project.uid, batch.uid])).content.decode()
    assert "not been looked at" not in page


def test_bad_input_is_told_in_a_sentence(ours: World, as_: As) -> None:
    batch = brought(ours)
    client = as_("lead")
    looked = reverse("web:batch-flags-looked", args=[ours.project.uid, batch.uid])
    for flags in ([], ["x"], ["9" * 30], ["999999999"]):
        answer = client.post(looked, {"flags": flags, "outcome": "clear"}, follow=True)
        assert "Some of these flags are not there any more" in answer.content.decode()
    answer = client.post(looked, {"code": "email", "outcome": "?"}, follow=True)
    assert "It was not said what was found" in answer.content.decode()
    assert set(QualityFinding.objects.values_list("outcome", flat=True)) == {""}


def test_who_does_not_lead_reads_and_marks_nothing(ours: World, as_: As) -> None:
    batch = brought(ours)
    looked = reverse("web:batch-flags-looked", args=[ours.project.uid, batch.uid])
    listed = reverse("web:batch-flags", args=[ours.project.uid, batch.uid])
    auditor = as_("auditor")
    assert "e-mail address" in auditor.get(listed).content.decode()
    assert "Set the items aside" not in auditor.get(listed).content.decode()
    assert auditor.post(looked, {"code": "email", "outcome": "clear"}).status_code == 403
    assert set(QualityFinding.objects.values_list("outcome", flat=True)) == {""}
