"""The page of an item says how it was settled, and how certain that is."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from annotation.models import GoldLabel, Item, Project
from core.models import User
from tests.annotation.stages.policies import annotators, project_of, say
from tests.cast import World


def gold_on(project: Project, user: User) -> str:
    """What the page's card of gold says, in words."""
    client = Client()
    client.force_login(user)
    page = client.get(
        reverse("web:item", args=[project.uid, Item.objects.get(project=project).uid])
    ).content.decode()
    card = page.split('<div class="card is-gold">')[1].split("</section>")[0]
    return " ".join(re.sub("<[^>]*>", " ", card).split())


def test_what_was_certain_enough_says_how_certain(ours: World) -> None:
    project = project_of(ours, items=1, policy="adaptive", overlap=2, overlap_max=4, stop_at=0.8)
    people = annotators(ours, 4, project, right=90)
    for user, verdict in zip(people, ("breach", "unsure", "breach", "breach"), strict=True):
        say(project, user, verdict)
    gold: Any = GoldLabel.objects.get(project=project)
    assert gold.how == "stopped"
    (likeliest, chance), (other, less), *_rest = gold.soft
    shown = gold_on(project, ours.lead)
    assert f"Certain enough: {chance - 0.005:.2f}" in shown
    assert f"What the answers come to: {likeliest} {chance - 0.005:.2f} · {other} {less - 0.005:.2f}" in shown
    assert "1.00" not in shown


def test_what_all_say_alike_has_no_more_to_tell(ours: World) -> None:
    project = project_of(ours, items=1, policy="fixed", overlap=2)
    for user in annotators(ours, 2):
        say(project, user, "breach")
    shown = gold_on(project, ours.lead)
    assert "Unanimous" in shown
    assert "come to" not in shown
