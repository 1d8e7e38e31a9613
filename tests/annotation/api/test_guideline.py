"""What a reader has read of the guideline, and what the editor is told of changes."""

from typing import Any

from annotation.models import GuidelineReading
from annotation.stages import project as projects
from core.models.audit import AuditEvent
from tests.annotation.api.caller import refusal
from tests.cast import GUIDELINE, Scene, everything, submit


def shown(ours: Scene, caller: Any) -> dict[str, Any]:
    guideline: dict[str, Any] = caller.get(f"assignments/{ours.assignment.uid}").json()["guideline"]
    return guideline


def test_a_change_is_told_until_it_is_read(ours: Scene, as_: Any) -> None:
    carol, path = as_(ours.people["annotator"]), f"projects/{ours.project.uid}/guideline/read"
    assert carol.post(path, {"version": 1}).json() == {"version": 1}
    assert (shown(ours, carol)["read"], shown(ours, carol)["changes"]) == (1, [])
    projects.add_guideline(project=ours.project, by=ours.lead, text=GUIDELINE.replace("owes", "promised"))
    told = shown(ours, carol)
    assert (told["version"], told["read"]) == (2, 1)
    (change,) = told["changes"]
    assert (change["clause"], change["kind"]) == ("1.1", "changed")
    assert ["added", "promised"] in change["words"]
    carol.post(path, {"version": 2})
    assert shown(ours, carol)["changes"] == []
    assert carol.post(path, {"version": 1}).json() == {"version": 2}
    assert AuditEvent.objects.filter(action="guideline.read").count() == 2


def test_who_has_answered_under_a_version_knows_it(ours: Scene, as_: Any) -> None:
    carol = ours.people["annotator"]
    submit(ours.assignment, carol, everything())
    GuidelineReading.objects.filter(user=carol).delete()
    projects.add_guideline(project=ours.project, by=ours.lead, text=f"{GUIDELINE}\n1.2 Or came late.")
    told = shown(ours, as_(carol))
    assert told["read"] == 1
    assert [(one["clause"], one["kind"]) for one in told["changes"]] == [("1.2", "added")]


def test_who_has_read_none_is_told_of_no_change(ours: Scene, as_: Any) -> None:
    erin = as_(ours.people["adjudicator"])
    told = erin.get(f"disputes/{ours.dispute.uid}").json()["guideline"]
    assert (told["read"], told["changes"]) == (None, [])


def test_a_version_that_there_is_not_is_refused(ours: Scene, as_: Any) -> None:
    carol, path = as_(ours.people["annotator"]), f"projects/{ours.project.uid}/guideline/read"
    for wrong in ({"version": 9}, {"version": 0}, {"version": "x"}, {}, {"version": 10**12}):
        assert refusal(carol.post(path, wrong))[0] == 400
    assert not GuidelineReading.objects.filter(user=ours.people["annotator"]).exists()
