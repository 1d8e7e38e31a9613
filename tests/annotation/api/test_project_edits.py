"""Founding and changing projects over the API: settings, versions of questions and guideline, templates, releases."""

from typing import Any

import pytest

from annotation.models import LabelSchema, Project
from core.models import AuditEvent
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def his(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


def new(ours: Scene, **more: Any) -> dict[str, Any]:
    """What founds a project."""
    return {
        "organisation": ours.organisation.uid,
        "sector": "legal",
        "name": "Leases",
        "config": cast.CONFIG,
        "guideline": cast.GUIDELINE,
        **more,
    }


def test_a_project_is_founded(ours: Scene, his: Caller) -> None:
    response = his.post("projects", new(ours, overlap=3, lease_minutes=30, bar_colleagues=False))
    assert response.status_code == 201, response.content
    made = Project.objects.get(uid=response.json()["id"])
    assert (made.name, made.overlap, made.lease_minutes, made.bar_colleagues) == ("Leases", 3, 30, False)
    assert made.qualified_only  # what is left out is as the model says
    assert made.schemas.get().source == cast.CONFIG
    assert his.get(f"projects/{made.uid}").json()["guideline"] == {"version": 1, "text": cast.GUIDELINE}


@pytest.mark.parametrize(
    ("more", "status", "where"),
    [
        ({"sector": "alchemy"}, 400, "sector"),
        ({"name": ""}, 400, "name"),
        ({"overlap": 0}, 400, "overlap"),
        ({"dispute_rule": "coin"}, 400, "dispute_rule"),
        ({"config": "<View"}, 422, None),
        ({"organisation": "nothing"}, 404, None),
    ],
)
def test_a_project_that_cannot_be_is_refused(
    ours: Scene, his: Caller, more: dict[str, Any], status: int, where: str | None
) -> None:
    before = Project.objects.count()
    response = his.post("projects", new(ours, **more))
    assert response.status_code == status
    assert where is None or response.json()["where"] == where
    assert Project.objects.count() == before


def test_nobody_founds_a_project_where_they_do_not_lead(ours: Scene, foreign: Scene, as_: Any) -> None:
    assert refusal(as_(ours.people["annotator"]).post("projects", new(ours))) == (403, "not_allowed")
    assert refusal(as_(foreign.lead).post("projects", new(ours))) == (404, "not_found")


def test_settings_are_changed_and_what_is_left_out_stays(ours: Scene, his: Caller) -> None:
    path = f"projects/{ours.project.uid}/settings"
    before = his.get(path).json()
    changed = his.put(path, {"lease_minutes": 90, "description": "New."})
    assert changed.json() == {**before, "lease_minutes": 90, "description": "New."}
    assert his.get(path).json() == changed.json()
    assert his.put(path, {"lease_minutes": 0}).json()["where"] == "lease_minutes"
    assert AuditEvent.objects.filter(action="project.changed", actor_id=ours.lead.pk).exists()


def test_a_project_is_paused_and_resumed(ours: Scene, his: Caller) -> None:
    assert his.post(f"projects/{ours.project.uid}/pause").json()["paused_at"]
    assert his.post(f"projects/{ours.project.uid}/resume").json()["paused_at"] is None


def test_questions_have_versions(ours: Scene, his: Caller, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/schemas"
    config = cast.CONFIG.replace('value="unsure"', 'value="unsure" hint="Rarely."')
    assert config != cast.CONFIG
    assert his.post(path, {"config": config}).json()["version"] == 2
    assert his.post(path, {"config": config}).json()["version"] == 2  # the same again changes nothing
    assert [one["version"] for one in his.get(path).json()["results"]] == [2, 1]
    hers = as_(ours.people["annotator"])
    first = hers.get(f"{path}/1").json()
    assert (first["config"], first["version"]) == (cast.CONFIG, 1)
    assert first["questions"]
    assert [hers.get(f"{path}/{number}").status_code for number in ("3", "x", "٣", "9" * 30)] == [404] * 4
    page = his.get(f"{path}?limit=1").json()
    assert his.get(f"{path}?after={page['next']}").json()["results"][0]["version"] == 1


def test_questions_with_answers_cannot_vanish(ours: Scene, his: Caller) -> None:
    other = '<Choices name="other" toName="text"><Choice value="a"/></Choices>'
    config = f'<View><Text name="text" value="$text"/>{other}</View>'
    response = his.post(f"projects/{ours.project.uid}/schemas", {"config": config})
    assert refusal(response) == (422, "question_in_use")
    assert LabelSchema.objects.filter(project=ours.project).count() == 1


def test_a_config_is_looked_at_and_not_kept(ours: Scene, his: Caller) -> None:
    for path in ("configs/check", f"projects/{ours.project.uid}/schemas/check"):
        found = his.post(path, {"config": cast.CONFIG})
        assert "verdict" in [one["key"] for one in found.json()["questions"]]
        broken = his.post(path, {"config": "<View>\n<Nothing"})
        assert broken.status_code == 422
        assert broken.json()["detail"]
    assert LabelSchema.objects.filter(project=ours.project).count() == 1


def test_a_guideline_has_versions(ours: Scene, his: Caller, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/guidelines"
    assert his.post(path, {"text": "# New\n"}).json()["version"] == 2
    assert [one["version"] for one in his.get(path).json()["results"]] == [2, 1]
    shown = as_(ours.people["annotator"]).get(f"{path}/2").json()
    assert shown["text"] == "# New\n"
    assert "<h1" in shown["html"]
    preview = his.post(f"projects/{ours.project.uid}/guideline/preview", {"text": "*a* <script>b</script>"})
    assert "<em>a</em>" in preview.json()["html"]
    assert "<script" not in preview.json()["html"]
    assert refusal(his.post(path, {"text": " "}))[0] == 400


def test_an_undertaking_keeps_its_versions(ours: Scene, his: Caller) -> None:
    for text in ("I tell nobody.", "I tell nobody, ever."):
        his.put(f"projects/{ours.project.uid}/undertaking", {"text": text})
    path = f"projects/{ours.project.uid}/undertakings"
    assert [one["version"] for one in his.get(path).json()["results"]] == [2, 1]
    assert his.get(f"{path}/1").json()["text"] == "I tell nobody."


def test_templates_are_found_by_words_and_sector(his: Caller) -> None:
    every = his.get("templates").json()["templates"]
    assert len(every) > 10
    one = his.get(f"templates/{every[0]['key']}").json()
    assert one["config"].startswith("<View")
    assert one["example"]
    assert his.post("configs/check", {"config": one["config"]}).status_code == 200
    assert his.get("templates?q=qqqqq").json() == {"templates": []}
    assert 0 < len(his.get("templates?sector=legal").json()["templates"]) <= len(every)
    assert refusal(his.get("templates/nothing")) == (404, "not_found")
    assert his.get("templates?colour=red").status_code == 400


def test_a_release_is_told_before_it_is_made(ours: Scene, his: Caller) -> None:
    told = his.get(f"projects/{ours.project.uid}/releases/preview").json()
    assert told["states"]["settled"] == 3
    assert (told["disputes_open"], told["bad"], told["files"]) == (1, 0, {"count": 0, "size": 0})
    assert told["how"]["unanimous"] > 0
    assert (told["schema"], told["guideline"]) == (1, 1)


def test_labels_are_replayed_once_for_all_who_ask(ours: Scene, his: Caller) -> None:
    path = f"projects/{ours.project.uid}/replay"
    assert his.get(path).json() == {"found": None, "last": None}
    first, second = his.post(path), his.post(path)
    assert first.status_code == 202
    assert first.json()["last"]["id"] == second.json()["last"]["id"]
    cast.drain()
    assert his.get(path).json()["found"]["result"]["questions"] is not None
