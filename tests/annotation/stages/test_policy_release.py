"""A release of a project with control items and late answers holds what counts, and nothing else."""

from annotation.models import Item
from tests import cast
from tests.annotation.stages.policies import annotators, project_of, say
from tests.annotation.stages.release_scene import rows
from tests.cast import World


def test_it_holds_every_tier_s_answers_and_no_control_item(ours: World) -> None:
    people = annotators(ours, 4)
    project = project_of(ours, items=2, policy="tiered", overlap=2, specialists=1)
    say(project, people[0], "breach", "unsure")
    say(project, people[1], "breach", "no breach")
    say(project, people[2], "unsure")
    control = Item.objects.filter(project=project).order_by("pk")[0]
    Item.objects.filter(pk=control.pk).update(control=True)
    release = cast.make_release(project, ours.lead)
    (row,) = rows(release)
    assert (row["gold"]["verdict"]["value"], row["gold"]["verdict"]["how"]) == ("unsure", "single")
    assert sorted(one["values"]["verdict"] for one in row["annotations"]) == ["no breach", "unsure", "unsure"]
    assert [one["value"] for one in row["gold"]["verdict"]["dissent"]] == ["no breach"]
