"""The pages of control items and suspensions."""

from django.urls import reverse
from django.utils import timezone

from annotation.models import ControlItem, Item, Suspension
from annotation.models.control import Redo
from experts import evidence
from tests.annotation.stages.controls_scene import bring_controls
from tests.annotation.web.conftest import As
from tests.cast import Scene


def page_of(ours: Scene, as_: As, name: str, *args: str, role: str = "lead") -> str:
    response = as_(role).get(reverse(name, args=[ours.project.uid, *args]))
    assert response.status_code == 200
    return response.content.decode()


def suspend(ours: Scene, role: str = "annotator") -> Suspension:
    return Suspension.objects.create(
        project=ours.project,
        expert=evidence.expert_of(ours.people[role]),
        right=2,
        asked=5,
        mark=0.7,
        began_at=timezone.now(),
    )


def test_without_control_items_the_page_says_how_to_make_them(ours: Scene, as_: As) -> None:
    assert "_answer" in page_of(ours, as_, "web:controls")


def test_the_list_shows_each_with_its_answer_and_the_item_list_shows_none(ours: Scene, as_: As) -> None:
    before = page_of(ours, as_, "web:items")
    bring_controls(ours.project, ours.lead, 2)
    page = page_of(ours, as_, "web:controls")
    assert page.count("Known 1: nothing was paid.") == 1
    assert "not asked yet" in page
    assert "Known 1" not in page_of(ours, as_, "web:items")
    assert before.count("/items/") == page_of(ours, as_, "web:items").count("/items/")
    assert as_("lead").get(reverse("web:project", args=[ours.project.uid])).context["funnel"].total == 6


def test_a_settled_item_is_copied_explained_and_retired(ours: Scene, as_: As) -> None:
    settled = Item.objects.exclude(settled_at=None).order_by("pk")[0]
    address = reverse("web:control-new", args=[ours.project.uid])
    assert settled.uid in page_of(ours, as_, "web:control-new")
    given = {"item": settled.uid, "explanation": "As 1.1 says.", "use": "exam"}
    assert as_("lead").post(address, given).status_code == 302
    control = ControlItem.objects.get()
    assert (control.explanation, control.use) == ("As 1.1 says.", "exam")
    again = as_("lead").post(address, given)
    assert again.status_code == 409
    assert "already" in again.content.decode()
    assert "As 1.1 says." in page_of(ours, as_, "web:control", control.uid)
    changed = reverse("web:control", args=[ours.project.uid, control.uid])
    as_("lead").post(changed, {"explanation": "As 1.2 says.", "use": "both"})
    control.refresh_from_db()
    assert control.explanation == "As 1.2 says."
    as_("lead").post(reverse("web:control-retire", args=[ours.project.uid, control.uid]))
    assert control.uid not in page_of(ours, as_, "web:controls")
    assert (
        control.uid
        in as_("lead").get(reverse("web:controls", args=[ours.project.uid]) + "?retired=1").content.decode()
    )


def test_an_open_item_cannot_be_copied(ours: Scene, as_: As) -> None:
    address = reverse("web:control-new", args=[ours.project.uid])
    item = Item.objects.filter(settled_at=None).order_by("pk")[0]
    response = as_("lead").post(address, {"item": item.uid, "explanation": "", "use": "both"})
    assert response.status_code == 400
    assert as_("lead").post(address, {"item": "nothing", "use": "both"}).status_code == 404


def test_the_rules_are_set_in_per_cent(ours: Scene, as_: As) -> None:
    address = reverse("web:controls", args=[ours.project.uid])
    given = {"rate": 10, "mark": 75, "control_least": 8, "control_window": 30}
    assert as_("lead").post(address, given).status_code == 302
    ours.project.refresh_from_db()
    assert (ours.project.control_rate, ours.project.control_mark) == (0.1, 0.75)
    wrong = as_("lead").post(address, {**given, "control_window": 3})
    assert wrong.status_code == 400


def test_who_is_suspended_reads_why_on_home_and_on_the_project_s_page(ours: Scene, as_: As) -> None:
    suspend(ours)
    home = as_("annotator").get(reverse("web:home")).content.decode()
    project = page_of(ours, as_, "web:project", role="annotator")
    label = page_of(ours, as_, "web:label-next", role="annotator")
    for page in (home, project, label):
        assert "of the last 5 items with a known answer 2 were right" in page
        assert "70 %" in page


def test_the_lead_is_asked_at_home_and_decides_once(ours: Scene, as_: As) -> None:
    suspension = suspend(ours, "annotator2")
    home = as_("lead").get(reverse("web:home")).content.decode()
    assert "unsettled answer done again?" in home
    assert "Have them done again" in page_of(ours, as_, "web:controls")
    address = reverse("web:suspension-redo", args=[ours.project.uid, suspension.uid])
    as_("lead").post(address, {"redo": "redo"})
    suspension.refresh_from_db()
    assert suspension.redo == Redo.REDO
    assert "being taken back" in page_of(ours, as_, "web:controls")
    again = as_("lead").post(address, {"redo": "keep"}, follow=True)
    assert "decided this already" in again.content.decode()
    progress = reverse("web:suspension-progress", args=[ours.project.uid, suspension.uid])
    assert as_("lead").get(progress).status_code == 200


def test_without_unsettled_answers_the_page_says_so(ours: Scene, as_: As) -> None:
    suspend(ours, "lead")
    shown = page_of(ours, as_, "web:controls")
    assert "No unsettled answers." in shown
    assert "Have them done again" not in shown


def test_a_lead_ends_a_suspension_with_a_reason(ours: Scene, as_: As) -> None:
    suspension = suspend(ours)
    address = reverse("web:suspension-end", args=[ours.project.uid, suspension.uid])
    assert "Say why." in as_("lead").post(address, {"reason": ""}, follow=True).content.decode()
    as_("lead").post(address, {"reason": "We talked."})
    suspension.refresh_from_db()
    assert (suspension.how_ended, suspension.ended_by) == ("We talked.", ours.lead)
    assert "We talked." in page_of(ours, as_, "web:controls")
