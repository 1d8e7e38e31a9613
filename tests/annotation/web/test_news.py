"""What became of one's answers: how much of it is new, and whether the project tells it."""

from django.urls import reverse

from annotation.models import Project
from annotation.models.feedback import count_news, feedback_of
from annotation.models.own_work import answers
from experts.evidence import expert_of
from tests.annotation.web.conftest import As
from tests.cast import Scene


def test_what_was_settled_is_news_until_one_looks(ours: Scene, as_: As) -> None:
    carol = ours.people["annotator"]
    settled = answers(carol).filter(item__settled_at__isnull=False).count()
    assert settled
    assert count_news(expert_of(carol)) == settled
    page = as_("annotator").get(reverse("web:label", args=[ours.assignment.uid])).content.decode()
    assert f'data-feedback="/me/work" data-news="{settled}"' in page
    as_("annotator").get(reverse("web:my-work"))
    assert count_news(expert_of(carol)) == 0


def test_a_project_may_keep_outcomes_to_itself(ours: Scene, as_: As) -> None:
    carol = ours.people["annotator"]
    assert feedback_of(list(answers(carol)))
    Project.objects.filter(pk=ours.project.pk).update(outcomes_hidden=True)
    assert not feedback_of(list(answers(carol)))
    assert count_news(expert_of(carol)) == 0
    page = as_("annotator").get(reverse("web:my-work")).content.decode()
    assert "not settled yet" in page
    assert "What it came to" not in page
