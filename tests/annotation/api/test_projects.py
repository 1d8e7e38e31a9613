"""Projects, agreement, batches, releases and jobs over the API."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from annotation.models import Batch, Release
from annotation.stages.release import request_release
from core.failures import LOST
from core.models import AuditEvent, Job, Membership
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def his(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


def upload(
    caller: Caller, ours: Scene, content: bytes = b'{"text": "new"}\n', name: str = "a.jsonl", **more: Any
) -> Any:
    file = SimpleUploadedFile(name, content)
    return caller.upload(f"projects/{ours.project.uid}/batches", file=file, **more)


def test_the_list_holds_the_projects_one_takes_part_in(ours: Scene, foreign: Scene, as_: Any) -> None:
    for scene in (ours, foreign):
        for user in scene.people.values():
            assert [line["id"] for line in as_(user).get("projects").json()["results"]] == [scene.project.uid]
    assert as_(cast.person("nobody")).get("projects").json()["results"] == []


def test_a_project_comes_with_questions_and_guideline(ours: Scene, as_: Any) -> None:
    shown = as_(ours.people["annotator"]).get(f"projects/{ours.project.uid}").json()
    assert (shown["id"], shown["sector"], shown["overlap"]) == (ours.project.uid, "legal", 2)
    assert shown["schema"]["config"] == cast.CONFIG
    assert shown["guideline"] == {"version": 1, "text": cast.GUIDELINE}


def test_agreement_is_the_newest_measurement(ours: Scene, his: Caller, as_: Any) -> None:
    rows = his.get(f"projects/{ours.project.uid}/agreement").json()["results"]
    alpha = next(row for row in rows if (row["measure"], row["question"]) == ("alpha", "verdict"))
    assert alpha["items"] == 4
    assert len({row["run"] for row in rows}) == 1
    assert refusal(as_(ours.people["annotator"]).get(f"projects/{ours.project.uid}/agreement"))[0] == 403


def test_a_batch_is_taken_and_can_be_watched(ours: Scene, his: Caller) -> None:
    content = b'{"text": "new"}\n{bad\n{"text": "new"}\n'
    response = upload(his, ours, content, licence="MIT", source="a court", language="en")
    assert response.status_code == 201
    begun = response.json()
    assert (begun["job"]["state"], begun["job"]["total"]) == ("waiting", len(content))
    cast.drain()
    done = his.get(f"batches/{begun['id']}").json()
    assert (done["items_stored"], done["items_repeated"], done["rows_bad"]) == (1, 1, 1)
    assert (done["licence"], done["rights_from"], done["job"]["state"]) == ("MIT", "batch", "done")
    problems = his.get(f"batches/{begun['id']}/problems").json()["results"]
    assert [(row["line"], row["code"]) for row in problems] == [(2, "json_broken")]
    assert problems[0]["detail"]


@pytest.mark.parametrize(
    ("name", "content", "more"),
    [
        ("a.exe", b"x", {}),
        ("a.jsonl", b"", {}),
        ("a.jsonl", b"{}", {"duplicates": "double"}),
        ("a.jsonl", b"{}", {"licence": "x" * 1000}),
        ("a.jsonl", b"{}", {"language": "x" * 1000}),
        ("a.jsonl", b"{}", {"source": "a NUL \x00"}),
        ("a.jsonl", b"{}", {"rights": "x", "file": "no file"}),
    ],
)
def test_a_batch_that_cannot_be_taken_is_refused(
    ours: Scene, his: Caller, name: str, content: bytes, more: dict[str, Any]
) -> None:
    before = Batch.objects.count()
    fields = {"file": SimpleUploadedFile(name, content), **more}
    response = his.upload(f"projects/{ours.project.uid}/batches", **fields)
    assert response.status_code == 400
    assert Batch.objects.count() == before


def test_a_batch_is_no_json(ours: Scene, his: Caller) -> None:
    response = his.post(f"projects/{ours.project.uid}/batches", {"file": "x"})
    assert refusal(response) == (415, "unsupported_media_type")


def test_a_contributor_sees_only_what_they_brought(ours: Scene, as_: Any) -> None:
    frank = as_(ours.people["contributor"])
    listed = frank.get(f"projects/{ours.project.uid}/batches").json()["results"]
    assert [batch["id"] for batch in listed] == [ours.own_batch.uid]
    assert frank.get(f"batches/{ours.own_batch.uid}").status_code == 200
    assert len(frank.get(f"batches/{ours.own_batch.uid}/problems").json()["results"]) == 1
    for path in (f"batches/{ours.batch.uid}", f"batches/{ours.batch.uid}/problems"):
        assert refusal(frank.get(path)) == (404, "not_found")
    assert as_(ours.people["annotator"]).get(f"projects/{ours.project.uid}/batches").json()["results"] == []


def test_a_release_is_asked_for_made_and_read(ours: Scene, his: Caller) -> None:
    path = f"projects/{ours.project.uid}/releases"
    response = his.post(path)
    assert response.status_code == 202
    asked = response.json()
    assert (asked["number"], asked["published_at"], asked["job"]["kind"]) == (2, None, "release")
    assert refusal(his.get(f"releases/{asked['id']}/files/gold/train.jsonl")) == (404, "not_found")
    cast.drain()
    made = his.get(f"releases/{asked['id']}").json()
    assert made["published_at"]
    for entry in made["manifest"]["files"]:
        download = his.get(f"releases/{asked['id']}/files/{entry['path']}")
        assert hashlib.sha256(b"".join(download.streaming_content)).hexdigest() == entry["sha256"]
        assert "attachment" in download["Content-Disposition"]
    assert [one["number"] for one in his.get(path).json()["results"]] == [2, 1]


@pytest.mark.parametrize(
    "name", ["nothing", "../x", "gold/train.jsonl/..", "..%2f..%2fsecret_key", "a%00b", "%F0%9F%98%80"]
)
def test_a_file_that_is_not_in_the_release_is_not_found(ours: Scene, his: Caller, name: str) -> None:
    assert his.get(f"releases/{ours.release.uid}/files/{name}").status_code == 404


def test_a_project_without_gold_has_nothing_to_release(ours: Scene, his: Caller) -> None:
    empty = cast.found_project(ours.organisation, ours.lead)
    assert refusal(his.post(f"projects/{empty.uid}/releases")) == (400, "nothing_settled")


def test_a_job_is_seen_and_stopped_by_who_asked_for_it(ours: Scene, his: Caller, as_: Any) -> None:
    asked = request_release(project=ours.project, by=ours.lead)
    assert asked.job
    path = f"jobs/{asked.job.uid}"
    assert his.get(path).json()["state"] == "waiting"
    assert as_(ours.people["auditor"]).get(path).status_code == 200
    assert refusal(as_(ours.people["auditor"]).post(f"{path}/stop")) == (403, "not_allowed")
    assert refusal(as_(ours.people["annotator"]).get(path)) == (404, "not_found")
    assert his.post(f"{path}/stop").json()["state"] == "stopped"
    assert refusal(his.post(f"{path}/stop")) == (409, "already_done")
    assert Release.objects.get(pk=asked.pk).published_at is None
    assert Job.objects.get(pk=asked.job.pk).finished


def test_whoever_leads_the_project_stops_its_jobs_and_the_trail_says_so(ours: Scene, as_: Any) -> None:
    asked = request_release(project=ours.project, by=ours.owner)
    assert asked.job
    assert as_(ours.lead).post(f"jobs/{asked.job.uid}/stop").json()["state"] == "stopped"
    told = AuditEvent.objects.get(action="job.stopped")
    assert (told.actor_id, told.object_uid, told.changes) == (
        ours.lead.pk,
        asked.job.uid,
        {"kind": "release"},
    )


def test_a_job_is_seen_only_while_one_has_a_role_there(ours: Scene, as_: Any) -> None:
    frank = ours.people["contributor"]
    job = ours.own_batch.job
    assert job
    assert as_(frank).get(f"jobs/{job.uid}").status_code == 200
    Membership.objects.filter(user=frank).update(ended_at=timezone.now())
    assert refusal(as_(frank).get(f"jobs/{job.uid}")) == (404, "not_found")


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("Traceback (most recent call last):\n  File secret.py", "Assay met a mistake of its own"),
        ("The file is gone.", "The file is gone."),
        (LOST, "lost too often"),
    ],
)
def test_a_failed_job_shows_a_sentence_and_no_traceback(
    ours: Scene, his: Caller, error: str, shown: str
) -> None:
    job = ours.batch.job
    assert job
    Job.objects.filter(pk=job.pk).update(state="failed", error=error)
    told = his.get(f"jobs/{job.uid}").json()["error"]
    assert shown in told
    assert "Traceback" not in told


def test_nobody_is_told_to_log_in(ours: Scene, as_: Any) -> None:
    for path in (
        "projects",
        f"projects/{ours.project.uid}",
        f"releases/{ours.release.uid}/files/gold/train.jsonl",
    ):
        assert refusal(as_(None).get(path)) == (401, "not_logged_in")


def test_an_address_that_leads_nowhere_is_a_problem_too(his: Caller, as_: Any) -> None:
    for path in ("", "nothing", "nothing/", "projects/é", "projects/a/b/c"):
        assert refusal(his.get(path)) == (404, "not_found")
    assert his.get("projects/").status_code == 200  # a final slash is nothing
    assert his.post("nothing").status_code == 404
    assert as_(None).get("nothing").status_code == 401


def test_a_method_that_is_not_offered_is_refused(ours: Scene, his: Caller) -> None:
    assert refusal(his.put("projects", {})) == (405, "method_not_allowed")
    assert refusal(his.get(f"projects/{ours.project.uid}/next")) == (405, "method_not_allowed")
