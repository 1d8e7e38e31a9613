"""What must hold of the traffic's own memory after any kill."""

import hashlib
import json
from collections import Counter

from tests.soak import invariants
from tests.soak.traffic import BAD_ROW, OVERLAP, Traffic
from tests.stories.effort import Released, said


def check(traffic: Traffic) -> None:
    """Finish what is owed, then compare the database and the releases with what was acknowledged."""
    stack = traffic.effort.stack
    invariants.settle(stack)
    assert invariants.broken(stack) == {}
    _answers_are_stored_once(traffic)
    _rows_are_stored_once(traffic)
    _decisions_are_stored(traffic)
    _releases_are_whole(traffic)


def _answers_are_stored_once(traffic: Traffic) -> None:
    stored = {
        uid: (assignment, json.loads(value) if isinstance(value, str) and value.startswith('"') else value)
        for uid, assignment, value in traffic.effort.stack.rows(
            """SELECT a.uid, s.uid, j.value FROM annotation_annotation a
            JOIN annotation_assignment s ON s.id = a.assignment_id
            JOIN annotation_judgement j ON j.annotation_id = a.id"""
        )
    }
    assert traffic.saved, "nobody got anything saved"
    assert {uid: stored.get(uid) for uid in traffic.saved} == traffic.saved


def _rows_are_stored_once(traffic: Traffic) -> None:
    rows = traffic.effort.stack.rows(
        "SELECT i.data FROM annotation_item i JOIN annotation_project p ON p.id = i.project_id WHERE p.uid = ?",
        traffic.effort.project,
    )
    texts = Counter((json.loads(data) if isinstance(data, str) else data)["text"] for (data,) in rows)
    assert {text for text, times in texts.items() if times > 1} == set()
    assert traffic.uploaded <= set(texts)
    assert traffic.effort.stack.rows(
        """SELECT b.id FROM annotation_batch b JOIN annotation_project p ON p.id = b.project_id
        WHERE p.uid = ? AND b.rows_bad <> ?""",
        traffic.effort.project,
        BAD_ROW.count("\n"),
    ) == []  # fmt: skip


def _decisions_are_stored(traffic: Traffic) -> None:
    closed = {
        uid
        for (uid,) in traffic.effort.stack.rows(
            "SELECT uid FROM annotation_dispute WHERE closed_at IS NOT NULL"
        )
    }
    assert traffic.decided <= closed


def _releases_are_whole(traffic: Traffic) -> None:
    """Every file of the newest release has the manifest's hash, and its rows are the settled items, once each."""
    effort = traffic.effort
    last = effort.release()
    for entry in last.manifest["files"]:
        assert hashlib.sha256(last.file(entry["path"])).hexdigest() == entry["sha256"]
    settled = {
        uid
        for (uid,) in effort.stack.rows(
            """SELECT i.uid FROM annotation_item i JOIN annotation_project p ON p.id = i.project_id
            WHERE p.uid = ? AND i.settled_at IS NOT NULL""",
            effort.project,
        )
    }
    assert Counter(row["id"] for row in last.rows) == Counter(settled)
    assert all(len(row["annotations"]) == OVERLAP for row in last.rows)
    _earlier_ones_too(traffic)


def _earlier_ones_too(traffic: Traffic) -> None:
    owner = traffic.effort.person("owner")
    listed = said(owner.get(traffic.effort.path("releases")), 200)["results"]
    assert {release["id"] for release in listed} >= traffic.releases or len(listed) == 100
    for facts in listed:
        whole = said(owner.get(f"/api/v1/releases/{facts['id']}"), 200)  # a list is without manifests
        released = Released(owner, whole)
        listed_as = {entry["path"]: entry["sha256"] for entry in released.manifest["files"]}
        parts = {path: released.file(path) for path in released.manifest["rows"]["files"]}
        for path, content in parts.items():
            assert hashlib.sha256(content).hexdigest() == listed_as[path]
        assert sum(content.count(b"\n") for content in parts.values()) == facts["items"]
