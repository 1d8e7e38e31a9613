"""Releases over the API, read closer: rows, lineage, proof, changes; formats asked for; the word at the gate."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.formats.release.registry import ALWAYS, FORMATS, USUAL
from annotation.models import GoldLabel, Item, Release, ReleaseMember, release_diff
from annotation.models.release_outlook import misfits_now
from assay.proof import verify_row
from core.ids import new_uid
from core.models import SigningKey
from tests import cast
from tests.annotation.api.caller import Caller, checked, refusal
from tests.annotation.release_folder import of_the_first_format
from tests.cast import Scene

REASON = "Seen by the board on 3 May, which accepts it."


@pytest.fixture
def bob(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


@pytest.fixture
def grace(ours: Scene, as_: Any) -> Caller:
    """Grace, who audits."""
    caller: Caller = as_(ours.people["auditor"])
    return caller


def settle(ours: Scene, count: int) -> None:
    """Bring in texts and have both annotators agree on them and on whatever else is open."""
    cast.bring_texts(ours.project, ours.lead, count, start=50)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice())
    cast.drain()


def held(ours: Scene) -> Release:
    """A release that its gate holds: a dispute is open and nothing has three answers."""
    cast.ask_less(ours.project, disputes_settled=True, least_overlap=3)
    made = cast.make_release(ours.project, ours.lead)
    assert made.held_at
    return made


class TestAsking:
    """What would be in it, and what is asked for."""

    def test_the_preview_tells_formats_and_gate(self, ours: Scene, bob: Caller, grace: Caller) -> None:
        path = f"projects/{ours.project.uid}/releases/preview"
        told = bob.get(path).json()
        formats = {one["key"]: one for one in told["formats"]}
        unfit = misfits_now(ours.project)
        assert formats.keys() == FORMATS.keys() - set(ALWAYS)
        assert {key for key, one in formats.items() if one["why_not"]} == unfit.keys() != set()
        assert {key for key, one in formats.items() if one["usual"]} == set(USUAL) - unfit.keys()
        gate = {one["check"]: one for one in told["gate"]}
        assert (gate["disputes"]["asked"], gate["disputes"]["figure"]) == (False, 1)
        assert gate["personal"]["passed"] is None
        assert refusal(grace.get(path)) == (403, "not_allowed")

    def test_formats_and_licence_of_this_one(self, ours: Scene, bob: Caller) -> None:
        body = {"formats": ["csv"], "licence": "CC0-1.0"}
        asked = bob.post(f"projects/{ours.project.uid}/releases", body)
        assert (asked.status_code, set(asked.json()["formats"])) == (202, {*ALWAYS, "csv"})
        cast.drain()
        made = bob.get(f"releases/{asked.json()['id']}").json()
        assert (made["licence"], made["published_at"] is None) == ("CC0-1.0", False)
        assert any(file["path"].startswith("csv/") for file in made["manifest"]["files"])
        assert made["root"] == made["manifest"]["rows"]["root"]
        assert [one["passed"] for one in made["gate"] if one["asked"]] == [True] * 4

    @pytest.mark.parametrize(
        ("body", "code", "where"),
        [
            ({"formats": ["moon"]}, "release_format_unknown", "formats"),
            ({"formats": ["coco"]}, None, "formats"),
            ({"formats": "csv"}, "invalid", "formats"),
            ({"formats": [7, {}]}, "invalid", "formats"),
            ({"formats": ["csv"] * 101}, "invalid", "formats"),
            ({"licence": "x" * 101}, "invalid", "licence"),
            ({"licence": "\x00"}, "nul_character", None),
            ({"files": "perhaps"}, "invalid", "files"),
        ],
    )
    def test_what_cannot_be_asked_is_told(
        self, ours: Scene, bob: Caller, body: dict[str, Any], code: str | None, where: str | None
    ) -> None:
        answer = bob.post(f"projects/{ours.project.uid}/releases", body)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, code or problem["code"])
        assert where is None or problem["where"] == where
        assert "%(" not in problem["detail"] + problem["action"]
        assert ours.project.releases.count() == 1


class TestRows:
    """The rows of a release, and what stands behind one."""

    def test_page_by_page_and_by_split(self, ours: Scene, grace: Caller) -> None:
        path = f"releases/{ours.release.uid}/rows"
        first = grace.get(f"{path}?limit=2").json()
        second = grace.get(f"{path}?limit=2&after={first['next']}").json()
        found = [*first["results"], *second["results"]]
        assert [one["position"] for one in found] == [0, 1, 2]
        assert (len(first["results"]), second["next"]) == (2, None)
        for split, count in ours.release.splits["rows"].items():
            told = grace.get(f"{path}?split={split}").json()["results"]
            assert [one["split"] for one in told] == [split] * count
        for query in ("split=moon", "splitt=train", "after=x", "limit=0"):
            assert grace.get(f"{path}?{query}").status_code == 400

    def test_nothing_is_sent_twice(self, ours: Scene) -> None:
        client = Client()
        client.force_login(ours.people["auditor"])
        item = ours.release.members.select_related("item")[0].item.uid
        for more in ("rows", f"rows/{item}", "changes"):
            address = f"/api/v1/releases/{ours.release.uid}/{more}"
            tag = checked(client.get(address))["ETag"]
            assert client.get(address, headers={"If-None-Match": tag}).status_code == 304

    def test_the_lineage_says_what_the_file_says_and_who(self, ours: Scene, grace: Caller) -> None:
        lines: dict[str, list[bytes]] = {}
        for row in grace.get(f"releases/{ours.release.uid}/rows").json()["results"]:
            told = grace.get(f"releases/{ours.release.uid}/rows/{row['item']}").json()
            if told["file"] not in lines:
                file = grace.get(f"releases/{ours.release.uid}/files/{told['file']}")
                lines[told["file"]] = file.getvalue().splitlines()
            assert json.loads(lines[told["file"]][told["line"] - 1]) == told["record"]
            assert (told["record"]["id"], told["record"]["split"]) == (row["item"], row["split"])
            assert {one["by"] for one in told["answers"]} == {"Carol", "Dan"}
            assert [one["pseudonym"] for one in told["answers"]] == [
                one["annotator"] for one in told["record"]["annotations"]
            ]
            decided = [one for one in told["labels"] if one["how"] == "adjudicated"]
            assert all((one["by"], one["guideline"]) == ("Erin", 1) for one in decided)
            assert not any(one["superseded"] for one in told["labels"])

    def test_the_proof_of_a_row(self, ours: Scene, grace: Caller) -> None:
        key = SigningKey.objects.get(organisation=ours.organisation)
        for row in grace.get(f"releases/{ours.release.uid}/rows").json()["results"]:
            sent = grace.get(f"releases/{ours.release.uid}/rows/{row['item']}/proof")
            assert sent["Content-Type"] == "application/json"
            verdict = verify_row(sent.content, {key.key_id: key.raw})
            assert (verdict.status, verdict.facts["index"]) == (0, row["position"])
            assert verdict.facts["row"]["id"] == row["item"]

    def test_what_is_not_there(self, ours: Scene, grace: Caller, as_: Any) -> None:
        here, item = f"releases/{ours.release.uid}", ours.dispute.item.uid
        for path in (f"rows/{item}", f"rows/{item}/proof", "rows/nothing", "rows/nothing/proof"):
            assert refusal(grace.get(f"{here}/{path}")) == (404, "not_found")
        mallory = as_(cast.person("outsider"))
        carol = as_(ours.people["annotator"])
        row = ours.release.members.select_related("item")[0].item.uid
        for path in ("rows", f"rows/{row}", f"rows/{row}/proof", "changes", "changes.jsonl"):
            assert refusal(mallory.get(f"{here}/{path}")) == (404, "not_found")
            assert refusal(carol.get(f"{here}/{path}")) == (404, "not_found")

    def test_a_release_that_is_held_has_none_yet(self, ours: Scene, bob: Caller) -> None:
        made = held(ours)
        item = made.members.select_related("item")[0].item.uid
        for path in ("rows", f"rows/{item}", f"rows/{item}/proof", "changes", "changes.jsonl"):
            assert refusal(bob.get(f"releases/{made.uid}/{path}")) == (404, "not_found")

    def test_a_release_of_the_first_format_has_none(self, ours: Scene, bob: Caller) -> None:
        older = of_the_first_format(ours.release)
        item = older.members.select_related("item")[0].item.uid
        for path in ("rows", f"rows/{item}", f"rows/{item}/proof"):
            assert refusal(bob.get(f"releases/{older.uid}/{path}")) == (404, "not_found")
        told = bob.get(f"releases/{older.uid}").json()
        assert (told["gate"], told["splits"], told["root"]) == ([], {}, "")
        assert bob.get(f"releases/{older.uid}/changes?kind=changed").json()["results"] == []


@pytest.fixture
def second(ours: Scene) -> Release:
    """A release with items more, one less, and one whose gold has changed."""
    released = ReleaseMember.objects.filter(release=ours.release).order_by("position")
    changed, bad, _kept = [row.item for row in released.select_related("item")]
    said = GoldLabel.objects.current().get(item=changed, question="verdict")
    GoldLabel.objects.filter(pk=said.pk).update(superseded_at=timezone.now())
    said.pk, said.uid, said.value = None, new_uid(), "no breach"
    said.save(force_insert=True)
    Item.objects.filter(pk=bad.pk).update(bad_at=timezone.now())
    settle(ours, 3)
    return cast.make_release(ours.project, ours.lead)


class TestChanges:
    """What a release says otherwise than an earlier one."""

    def test_each_kind_with_why(self, ours: Scene, grace: Caller, second: Release) -> None:
        path = f"releases/{second.uid}/changes"
        (changed,) = grace.get(path).json()["results"]
        (gold,) = changed["gold"]
        assert (changed["kind"], changed["why"], gold["question"]) == ("changed", "decided", "verdict")
        assert gold["before"]["value"] in ("breach", "unsure")
        assert (gold["after"]["value"], gold["same"]) == ("no breach", False)
        (removed,) = grace.get(f"{path}?kind=removed").json()["results"]
        assert (removed["why"], removed["gold"]) == ("bad", [])
        added = grace.get(f"{path}?kind=added&limit=2").json()
        assert {one["why"] for one in added["results"]} == {"settled"}
        found, following = added["results"], added["next"]
        while following:
            page = grace.get(f"{path}?kind=added&limit=2&after={following}").json()
            found, following = [*found, *page["results"]], page["next"]
        assert len({one["item"] for one in found}) == len(found) == second.items - 2

    def test_since_which_release(self, ours: Scene, grace: Caller, second: Release) -> None:
        third = cast.make_release(ours.project, ours.lead)
        path = f"releases/{third.uid}/changes"
        assert grace.get(path).json()["results"] == []
        since = grace.get(f"{path}?since={ours.release.uid}").json()["results"]
        assert [one["why"] for one in since] == ["decided"]
        for wrong in (third.uid, "nothing"):
            assert refusal(grace.get(f"{path}?since={wrong}")) == (404, "not_found")
        assert refusal(grace.get(f"{path}?kind=moon")) == (400, "invalid")
        assert grace.get(f"releases/{ours.release.uid}/changes?kind=added").json()["results"] == []

    def test_all_of_it_as_a_file(
        self, grace: Caller, ours: Scene, second: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(release_diff, "AT_ONCE", 2)
        path = f"releases/{second.uid}/changes"
        answer = grace.get(f"{path}.jsonl?since={ours.release.uid}")
        assert answer["Content-Disposition"] == 'attachment; filename="changes-1-2.jsonl"'
        lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
        listed = [
            one
            for kind in ("changed", "added", "removed")
            for one in grace.get(f"{path}?kind={kind}&limit=100").json()["results"]
        ]
        assert lines == listed
        assert len(lines) == second.items - 2 + 2
        assert grace.get(f"releases/{ours.release.uid}/changes.jsonl").getvalue() == b""
        assert refusal(grace.get(f"{path}.jsonl?since=nothing")) == (404, "not_found")
        assert refusal(grace.get(f"{path}.jsonl?kind=added")) == (400, "invalid")

    def test_no_list_asks_more_of_more_rows(self, ours: Scene, grace: Caller, second: Release) -> None:
        for path in (f"releases/{second.uid}/changes?kind=added&", f"releases/{second.uid}/rows?"):
            assert grace.get(f"{path}limit=3").json()["results"][2:]
            assert self._of(grace, f"{path}limit=1") == self._of(grace, f"{path}limit=3")
        path = f"projects/{ours.project.uid}/releases"
        assert self._of(grace, f"{path}?limit=1") == self._of(grace, f"{path}?limit=2")

    def _of(self, caller: Caller, path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            caller.get(path)
        return len(caught)


class TestGate:
    """A word for what failed, or giving up."""

    def test_with_the_last_word_it_goes_on(self, ours: Scene, bob: Caller, grace: Caller) -> None:
        made = held(ours)
        path = f"releases/{made.uid}/waivers"
        body = {"check": "overlap", "reason": REASON}
        assert refusal(grace.post(path, body)) == (403, "not_allowed")
        first = bob.post(path, body)
        assert (first.status_code, first.json()["held_at"] is None) == (201, False)
        (waiver,) = first.json()["waivers"]
        assert (waiver["check"], waiver["reason"], waiver["by"]) == ("overlap", REASON, "Bob")
        assert refusal(bob.post(path, body))[0] == 409
        last = bob.post(path, {"check": "disputes", "reason": REASON})
        assert (last.status_code, last.json()["held_at"]) == (201, None)
        cast.drain()
        told = bob.get(f"releases/{made.uid}").json()
        assert told["published_at"]
        gate = told["manifest"]["gate"]
        assert (gate["passed"], [one["check"] for one in gate["waivers"]]) == (True, ["disputes", "overlap"])
        assert refusal(bob.post(path, body))[0] == 409

    @pytest.mark.parametrize(
        ("body", "code", "where"),
        [
            ({"check": "overlap", "reason": "Fine so."}, "reason_too_short", "reason"),
            ({"check": "overlap", "reason": " " * 30}, "invalid", "reason"),
            ({"check": "overlap"}, "invalid", "reason"),
            ({"check": "licences", "reason": REASON}, "nothing_to_waive", "check"),
            ({"check": "moon", "reason": REASON}, "no_such_check", "check"),
            ({"check": ["overlap"], "reason": REASON}, "invalid", "check"),
        ],
    )
    def test_a_word_that_cannot_stand(
        self, ours: Scene, bob: Caller, body: dict[str, Any], code: str, where: str
    ) -> None:
        made = held(ours)
        answer = bob.post(f"releases/{made.uid}/waivers", body)
        assert refusal(answer) == (400, code)
        assert answer.json()["where"] == where
        assert not made.waivers.exists()

    def test_it_is_given_up(self, ours: Scene, bob: Caller, grace: Caller) -> None:
        made = held(ours)
        path = f"releases/{made.uid}/drop"
        assert refusal(grace.post(path)) == (403, "not_allowed")
        dropped = bob.post(path).json()
        assert (dropped["dropped_at"] is None, dropped["published_at"]) == (False, None)
        assert refusal(bob.post(path))[0] == 409
        late = {"check": "overlap", "reason": REASON}
        assert refusal(bob.post(f"releases/{made.uid}/waivers", late))[0] == 409

    def test_one_that_is_not_held(self, ours: Scene, bob: Caller) -> None:
        assert refusal(bob.post(f"releases/{ours.release.uid}/drop"))[0] == 409
        body = {"check": "overlap", "reason": REASON}
        assert refusal(bob.post(f"releases/{ours.release.uid}/waivers", body))[0] == 409
        asked = bob.post(f"projects/{ours.project.uid}/releases").json()
        assert refusal(bob.post(f"releases/{asked['id']}/drop")) == (400, "not_held")
