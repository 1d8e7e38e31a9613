"""The pages of disputes: the queue and why, reading, doubts, second looks, rules, appeals from one's own work."""

from typing import Any

import pytest
from django.test import Client

from annotation.models import Appeal, Dispute, GuidelineDoubt, Project
from annotation.stages import adjudicate
from annotation.stages.adjudicate import doubting, rules
from annotation.stages.adjudicate.appealing import again
from core.models import User
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import second_adjudicator
from tests.cast import Scene


def page(user: User, path: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(user: User, path: str, **fields: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(path, fields, follow=True)


def decided(ours: Scene) -> Dispute:
    return Dispute.objects.select_related("item__lane", "project__organisation").get(
        project=ours.project, adjudication__isnull=False
    )


def test_the_queue_is_by_worth_says_why_and_can_be_by_age(ours: Scene) -> None:
    Dispute.objects.create(
        project=ours.project,
        item=ours.dispute.item,
        question="stars",
        rule="r",
        opened_at=ours.dispute.opened_at,
        gain=9.0,
        uncertainty=4.5,
        tally={"answers": 3, "top": 2, "contested": ["4", "5"]},
    )
    Project.objects.update(question_weights={"stars": 2.0})
    erin, path = ours.people["adjudicator"], f"/projects/{ours.project.uid}/disputes/"
    for shown in (page(erin, path), page(ours.lead, path), page(erin, "/disputes/")):
        assert shown.index("stars") < shown.index("verdict")
        assert "2 of 3 answers say the same. How open its answer still is: 4.50 bits." in shown
        assert "The question weighs 2.0." in shown
        assert "4 / 5" in shown
    by_age = page(erin, f"{path}?order=oldest")
    assert by_age.index("verdict") < by_age.index("stars")
    assert page(erin, f"{path}?order=never&after=nobody")


def test_a_decision_is_read_with_what_it_cites_and_what_came_of_it(ours: Scene) -> None:
    first, erin, carol = decided(ours), ours.people["adjudicator"], ours.people["annotator"]
    cast.decide(ours.dispute, erin, cast.choice(), cites=[first.adjudication.uid])
    assert first.adjudication.uid in page(ours.lead, f"/disputes/{ours.dispute.uid}/")
    assert "Cited by:" in page(ours.lead, f"/disputes/{first.uid}/")
    turn = Dispute.objects.create(**again(first), of=first, turn="appeal", opened_at=first.opened_at)
    Appeal.objects.create(
        dispute=first,
        turn=turn,
        annotation=carol.expert.annotations.get(item=first.item),
        expert=carol.expert,
        reason="Rent was due.",
        made_at=first.opened_at,
    )
    assert "Rent was due." in page(ours.lead, f"/disputes/{turn.uid}/")
    cast.decide(turn, second_adjudicator(ours), cast.choice("no breach"), "It is none.")
    shown = page(ours.lead, f"/disputes/{first.uid}/")
    assert shown.index("The decision after an appeal") < shown.index("The first decision")
    assert "It is none." in shown


def test_a_bad_item_says_so_on_its_pages(ours: Scene) -> None:
    cast.decide(ours.dispute, ours.people["adjudicator"], [], "Half of it is missing.", outcome="bad_item")
    cast.drain()
    assert "The item is bad" in page(ours.lead, f"/disputes/{ours.dispute.uid}/")
    item = page(ours.lead, f"/projects/{ours.project.uid}/items/{ours.dispute.item.uid}/")
    assert "An adjudicator found this item bad." in item
    assert "Bad items, left out" in page(ours.lead, f"/projects/{ours.project.uid}/releases/new")
    assert "the item is bad" in page(ours.people["annotator"], "/me/work")


def test_the_lead_answers_what_was_unclear(ours: Scene) -> None:
    erin = ours.people["adjudicator"]
    guideline = ours.project.guidelines.get()
    doubt = doubting.hold(
        dispute=ours.dispute,
        expert=expert_of(erin),
        by=erin,
        guideline=guideline,
        note="Holidays?",
        clause="1.1",
    )
    path = f"/projects/{ours.project.uid}/disputes/doubts"
    assert "One of them waits for the lead" in page(ours.lead, f"/projects/{ours.project.uid}/")
    assert "Holidays?" in page(ours.lead, path)
    assert "Back into the queue" not in page(ours.people["auditor"], path)
    assert "On hold until the lead has answered" in page(erin, f"/disputes/{ours.dispute.uid}/")
    assert ours.dispute.uid in page(erin, f"/projects/{ours.project.uid}/disputes/?state=held")
    unanswered = post(ours.lead, f"{path}/resume", doubts=doubt.uid, answer="")
    assert unanswered.status_code == 400
    assert "no newer version" in unanswered.content.decode()
    answered = post(ours.lead, f"{path}/resume", doubts=doubt.uid, answer="Yes, also then.")
    assert "One dispute is in the queue again." in answered.content.decode()
    assert GuidelineDoubt.objects.get().answer == "Yes, also then."
    assert "Yes, also then." in page(ours.lead, path)


def test_second_looks_are_for_the_lead(ours: Scene) -> None:
    path = f"/projects/{ours.project.uid}/disputes/second-looks"
    assert "Nothing has been decided twice yet" in page(ours.lead, path)
    rules.change(project=ours.project, by=ours.lead, second_look_share=1)
    cast.drain()
    look, heidi = Dispute.objects.get(turn="second_look"), second_adjudicator(ours)
    assert "Second look" not in page(heidi, f"/projects/{ours.project.uid}/disputes/")
    assert "econd look" not in page(heidi, f"/disputes/{look.uid}/")
    cast.decide(look, heidi, cast.choice("breach"))
    cast.drain()
    shown = page(ours.lead, path)
    assert "0 of 1" in shown
    assert "waits for you" in shown
    assert "few" in shown
    review = f"{path}/{look.uid}/review"
    assert "no such choice" in post(ours.lead, review, review="perhaps").content.decode()
    assert "Saved." in post(ours.lead, review, review="adopted").content.decode()
    assert look.item.gold.get(superseded_at=None, question="verdict").value == "breach"


def test_rules_are_changed_on_a_page(ours: Scene) -> None:
    path = f"/projects/{ours.project.uid}/disputes/rules"
    weights = {f"weight-{key}": 1 for key in ("topics", "span", "stars", "amount", "note")}
    given = {**weights, "weight-verdict": 3, "appeal_days": 7, "second_look_percent": "12.5"}
    assert "Saved." in post(ours.lead, path, **given).content.decode()
    project = Project.objects.get(pk=ours.project.pk)
    assert (project.question_weights, project.appeal_days, project.second_look_share) == (
        {"verdict": 3.0},
        7,
        0.125,
    )
    assert 'value="12.5"' in page(ours.lead, path)
    assert post(ours.lead, path, **{**given, "appeal_days": 999}).status_code == 422


def test_an_annotator_appeals_from_their_own_work(ours: Scene) -> None:
    carol, first = ours.people["annotator"], decided(ours)
    shown = page(carol, "/me/work")
    assert "you may appeal until" in shown
    assert ours.people["adjudicator"].name not in shown
    path = f"/me/work/{first.uid}/appeal"
    assert "needs a reason" in post(carol, path, reason=" ").content.decode()
    assert "Your appeal was made." in post(carol, path, reason="Rent was due.").content.decode()
    assert "your appeal waits" in page(carol, "/me/work")
    assert "You have appealed" in post(carol, path, reason="Again.").content.decode()


@pytest.mark.parametrize("days", [0, 14])
def test_without_appeals_the_decision_is_shown_all_the_same(ours: Scene, days: int) -> None:
    Project.objects.update(appeal_days=days)
    shown = page(ours.people["annotator"], "/me/work")
    assert "Clause 1.1 says so." in shown
    assert ("you may appeal until" in shown) is bool(days)


def test_an_open_dispute_of_an_appeal_shows_its_reason_to_who_decides(ours: Scene) -> None:
    first, carol = decided(ours), ours.people["annotator"]
    post(carol, f"/me/work/{first.uid}/appeal", reason="Rent was due.")
    turn, heidi = Dispute.objects.get(turn="appeal"), second_adjudicator(ours)
    assert "Appeal" in page(heidi, f"/projects/{ours.project.uid}/disputes/")
    shown = page(heidi, f"/disputes/{turn.uid}/")
    assert "Rent was due." in shown
    assert first.adjudication.uid not in shown
    adjudicate.show(turn, heidi)


def test_the_lead_is_told_when_nobody_is_left_to_decide_an_appeal(ours: Scene) -> None:
    first = decided(ours)
    Dispute.objects.create(**again(first), of=first, turn="appeal", opened_at=first.opened_at)
    overview, queue = f"/projects/{ours.project.uid}/", f"/projects/{ours.project.uid}/disputes/"
    for path in (overview, queue):
        shown = page(ours.lead, path)
        assert "1 appeal finds nobody who may decide it." in shown
        assert f"/projects/{ours.project.uid}/people/" in shown
    assert page(ours.lead, queue).count("nobody may decide it") == 1
    assert "finds nobody" not in page(ours.people["adjudicator"], queue)
    second_adjudicator(ours)
    for path in (overview, queue):
        assert "finds nobody who may decide" not in page(ours.lead, path)


def test_the_rules_say_what_second_looks_are_for_and_whom_they_want(ours: Scene) -> None:
    path = f"/projects/{ours.project.uid}/disputes/rules"
    alone = page(ours.lead, path)
    assert "5 to 10 per cent are enough to begin with" in alone
    assert "there is nobody else to decide an appeal" in alone
    second_adjudicator(ours)
    assert "we propose 5 per cent of the decisions" in page(ours.lead, path)
    rules.change(project=ours.project, by=ours.lead, second_look_share=0.05, appeal_days=0)
    shown = page(ours.lead, path)
    assert "we propose" not in shown
    assert "nobody else" not in shown
