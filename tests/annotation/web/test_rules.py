"""Rules of qualification and grants on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotation.models import Exam, QualificationRule
from annotation.stages import qualification
from annotation.stages.qualification import Asked
from annotation.web.missing import next_step
from core.models import Job
from experts.evidence import expert_of
from experts.models import CredentialKind, Qualification
from tests.cast import World

NEXT_MONTH = timezone.localdate() + timedelta(days=30)


def signed(world: World, part: str) -> Client:
    client = Client()
    client.force_login(world.people[part])
    return client


def at(world: World, name: str, *rest: str) -> str:
    return reverse(f"web:{name}", args=[world.project.uid, *rest])


def rule(**given: Any) -> dict[str, Any]:
    return {"kind": "", "tier": "anybody", "combine": "all", "reason": "It is needed.", **given}


def body(response: Any) -> str:
    return str(response.content.decode())


def test_a_rule_is_told_in_one_sentence_with_how_many_meet_it(fresh: World) -> None:
    client = signed(fresh, "lead")
    key = CredentialKind.objects.filter(credentials__expert__user=fresh.people["annotator"])[0].key
    other = CredentialKind.objects.exclude(key=key)[0].key
    sent = rule(kind="opinion", credential_kinds=[key, other])
    page = body(client.post(at(fresh, "rule-new"), sent, follow=True))
    assert (
        "<strong>Items of the kind “opinion”:</strong> a verified credential of one of these kinds (" in page
    )
    assert "Because: It is needed." in page
    assert "3 of 3 people meet it" in page
    assert Job.objects.filter(kind="recheck_leases").count() == 2


def test_a_rule_that_nobody_meets_is_said_at_once(fresh: World) -> None:
    client = signed(fresh, "lead")
    page = body(client.post(at(fresh, "rule-new"), rule(by_grant="on", tier="specialist"), follow=True))
    assert "nobody of this project meets it yet: these items wait." in page
    assert "nobody of this project meets it yet</span>" in page
    assert "Answers of specialists" in page


@pytest.mark.parametrize("sent", [rule(), rule(by_grant="on", reason=""), rule(credential_kinds=["no-such"])])
def test_a_rule_that_cannot_be_comes_back_with_what_is_wrong(fresh: World, sent: dict[str, Any]) -> None:
    response = signed(fresh, "lead").post(at(fresh, "rule-new"), sent)
    assert response.status_code in {400, 422}
    assert "errorlist" in body(response)
    assert not QualificationRule.objects.exists()


def test_an_exam_for_another_kind_cannot_be_asked_for(fresh: World) -> None:
    exam = Exam.objects.create(project=fresh.project, title="Opinions", kind="opinion", created_by=fresh.lead)
    response = signed(fresh, "lead").post(at(fresh, "rule-new"), rule(exam=exam.uid))
    assert "only. Make the rule for this kind" in body(response)


def test_a_rule_ends(fresh: World) -> None:
    made = qualification.add_rule(
        project=fresh.project, by=fresh.lead, asked=Asked(by_grant=True), reason="It is needed."
    )
    page = body(signed(fresh, "lead").post(at(fresh, "rule-end", made.uid), follow=True))
    assert "No rule yet" in page


def test_a_grant_is_given_seen_and_revoked(fresh: World) -> None:
    client, expert = signed(fresh, "lead"), expert_of(fresh.people["annotator"])
    sent = {"expert": expert.uid, "reason": "Knows it.", "valid_until": NEXT_MONTH.isoformat()}
    page = body(client.post(at(fresh, "grant"), sent, follow=True))
    assert "Granted to Carol." in page
    assert "Knows it." in body(signed(fresh, "auditor").get(at(fresh, "rules")))
    assert client.post(at(fresh, "grant"), sent).status_code == 409
    held = Qualification.objects.get(how="grant")
    client.post(at(fresh, "grant-revoke", held.uid))
    assert "Knows it." not in body(client.get(at(fresh, "rules")))
    assert "Knows it." in body(client.get(at(fresh, "rules") + "?ended=1"))


@pytest.mark.parametrize("until", ["", "2020-01-01", "not a day"])
def test_a_grant_needs_a_day_to_come(fresh: World, until: str) -> None:
    sent = {"expert": expert_of(fresh.people["annotator"]).uid, "reason": "Knows it.", "valid_until": until}
    assert signed(fresh, "lead").post(at(fresh, "grant"), sent).status_code in {400, 422}
    assert not Qualification.objects.filter(how="grant").exists()


def test_whom_a_rule_bars_reads_what_it_asks_and_why(fresh: World) -> None:
    key = CredentialKind.objects.filter(credentials__isnull=True)[0].key
    qualification.add_rule(
        project=fresh.project,
        by=fresh.lead,
        asked=Asked(combine="any", credential_kinds=[key], by_grant=True),
        reason="These are hard.",
    )
    step = next_step(fresh.project, expert_of(fresh.people["annotator"]))
    assert str(step).startswith("This project asks for a verified credential “")
    assert str(step).endswith("” or a grant by a lead. These are hard.")
    assert step.href == reverse("web:credential-new")


def test_an_auditor_reads_and_changes_nothing(fresh: World) -> None:
    page = body(signed(fresh, "auditor").get(at(fresh, "rules")))
    assert at(fresh, "rule-new") not in page
    assert at(fresh, "grant") not in page
