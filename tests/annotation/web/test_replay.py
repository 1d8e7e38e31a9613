"""A lead replays the project's labels, and reads what fewer would have cost."""

import pytest
from django.urls import reverse

from core.models import Job, User
from tests import cast
from tests.annotation.stages.policies import annotators, project_of, say
from tests.annotation.web.conftest import As
from tests.cast import World


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


@pytest.fixture
def people(ours: World) -> list[User]:
    return annotators(ours, 3)


def test_a_project_without_enough_answers_is_told_what_it_needs(ours: World, as_: As) -> None:
    project = project_of(ours, items=1, policy="fixed", overlap=2)
    page, client = reverse("web:replay", args=[project.uid]), as_("lead")
    assert "Not replayed yet" in client.get(page).content.decode()
    client.post(reverse("web:replay-start", args=[project.uid]))
    cast.drain()
    assert "Nothing to replay yet" in client.get(page).content.decode()


def test_it_says_what_three_labels_would_have_saved(ours: World, people: list[User], as_: As) -> None:
    project = project_of(ours, items=4, policy="fixed", overlap=3)
    for user in people:
        say(project, user, "breach", "breach", "unsure", "no breach")
    client = as_("lead")
    assert client.post(reverse("web:replay-start", args=[project.uid])).status_code == 302
    assert Job.objects.filter(kind="replay", project_id=project.pk, state="waiting").count() == 1
    cast.drain()
    found = Job.objects.get(kind="replay", project_id=project.pk).result
    (question,) = found["questions"]
    assert (question["items"], question["people"], question["labels"]) == (4, 3, 12)
    rows = {row["policy"]: row for row in question["rows"]}
    assert rows["fixed3"]["labels_per_item"] == 3
    assert rows["adaptive"]["labels_per_item"] < 3
    assert rows["adaptive"]["as_all"] == 1
    page = client.get(reverse("web:replay", args=[project.uid])).content.decode()
    assert 'class="chart chart-cost"' in page
    assert "4 items · 3 people · 12 labels" in page
    assert "Asking only where it changes the answer" in page


def test_an_adaptive_project_is_replayed_from_two_labels_on_and_told_how_far_they_reach(
    ours: World, as_: As
) -> None:
    project = project_of(ours, items=3, policy="adaptive", overlap=2, overlap_max=4, stop_at=0.8)
    one, two, three, *_ = annotators(ours, 4, project, right=90)
    say(project, one, "breach", "breach", "unsure")
    say(project, two, "breach", "breach", "unsure")
    client, page = as_("lead"), reverse("web:replay", args=[project.uid])
    client.post(reverse("web:replay-start", args=[project.uid]))
    cast.drain()
    shown = client.get(page).content.decode()
    assert "3 items · 2 people · 6 labels" in shown
    assert "No item has three labels" in shown
    cast.bring_texts(project, ours.lead, 1, start=70)
    say(project, one, "breach")
    say(project, two, "unsure")
    say(project, three, "breach")
    client.post(reverse("web:replay-start", args=[project.uid]))
    cast.drain()
    shown = client.get(page).content.decode()
    assert "4 items · 3 people · 9 labels" in shown
    assert "1 of 4 items has three labels or more" in shown
    assert "also those asked for because others differed" in shown
