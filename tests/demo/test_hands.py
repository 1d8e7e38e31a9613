"""The seeding's own worker leaves nothing behind."""

from annotation.models import Item, Unfolded, noting
from demo import hands
from tests.cast import scene


def test_what_is_noted_while_jobs_run_early_is_folded(db: None) -> None:
    ours = scene()
    item = Item.objects.filter(project=ours.project)[0]
    for _again in range(2):
        noting.note(ours.project.pk, [item.pk])
        hands.drain()
        assert not Unfolded.objects.exists()
