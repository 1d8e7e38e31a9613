"""Release: frozen, the same bytes for the same state, and shown only when published."""

import hashlib
import io
import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pyarrow import parquet

from annotation.formats.manifest import ENVELOPE, NAME
from annotation.models import Annotation, Batch, GoldLabel, Item, Project, Release, ReleaseFile
from annotation.models.noting import measure_soon
from annotation.models.release_lineage import lineage
from annotation.models.release_proof import proof_of
from annotation.stages import gold
from annotation.stages.release import file_path, freezing, request_release
from annotation.work import HANDLERS
from assay.proof import verify_row
from assay.verdict import UNKNOWN
from core import jobs, signing
from core.ids import new_uid
from core.models import Job, SigningKey
from core.refusals import InvalidInput, NotFound
from experts import evidence
from experts.models import Credential, CredentialKind, Qualification
from tests import cast
from tests.annotation.stages.release_scene import COUNT, annotators, content, done, empty, kept, played, rows
from tests.cast import World

__all__ = ["done", "empty", "kept", "played"]  # fixtures


def test_nothing_settled_is_nothing_to_release(empty: World) -> None:
    with pytest.raises(InvalidInput) as refusal:
        request_release(project=empty.project, by=empty.lead)
    assert refusal.value.code == "nothing_settled"
    assert not Release.objects.exists()


def test_a_release_holds_the_gold_who_said_it_and_how_it_was_settled(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    assert (made.number, made.items) == (1, COUNT)
    found = rows(made)
    assert [row["data"]["text"] for row in found] == [
        item.data["text"] for item in Item.objects.order_by("pk")
    ]
    second = found[1]
    assert second["labels"]["verdict"] == "unsure"
    assert second["gold"]["verdict"]["how"] == "adjudicated"
    assert second["gold"]["verdict"]["rationale"] == "Clause 1.1 says so."
    assert [entry["value"] for entry in second["gold"]["verdict"]["dissent"]] == ["breach"]
    assert second["gold"]["span"]["value"] == [[0, 6, "Party"]]
    assert {said["credential_class"] for said in second["annotations"]} == {"attorney"}
    assert second["licence"] == "CC0-1.0"


def readable(path: str, data: bytes) -> str:
    """A file as text; of compressed columns what they hold."""
    return (
        str(parquet.read_table(io.BytesIO(data)).to_pylist()) if path.endswith(".parquet") else data.decode()
    )


def test_nobody_is_named_in_a_release(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    texts = {path: readable(path, data) for path, data in content(made).items()}
    for path, whole in texts.items():
        text = whole.replace(done.organisation.name, "")
        for user in done.people.values():
            assert not [told for told in (user.name, user.email, user.uid) if told in text], path
    names = {said["annotator"] for row in rows(made) for said in row["annotations"]}
    assert len(names) == 2


def test_every_file_is_hashed_and_the_manifest_names_them(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    files = content(made)
    manifest = json.loads(files["manifest.json"])
    assert manifest == made.manifest
    assert hashlib.sha256(files["manifest.json"]).hexdigest() == made.manifest_sha256
    for entry in manifest["files"]:
        assert hashlib.sha256(files[entry["path"]]).hexdigest() == entry["sha256"]
        assert len(files[entry["path"]]) == entry["size"]
    assert {entry["path"] for entry in manifest["files"]} == set(files) - {NAME, ENVELOPE}
    assert sum(entry["rows"] for entry in manifest["files"] if entry["path"].startswith("gold/")) == COUNT
    listed = ReleaseFile.objects.filter(release=made)
    assert {file.path: file.sha256 for file in listed} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_the_manifest_counts_what_is_in_it(done: World) -> None:
    counts = cast.make_release(done.project, done.lead).manifest["counts"]
    assert counts["items"] == COUNT
    assert (counts["annotations"], counts["annotators"]) == (2 * COUNT, 2)
    assert counts["labels"]["verdict"] == {"breach": COUNT - 1, "unsure": 1}
    assert counts["settled"]["verdict"] == {"adjudicated": 1, "unanimous": COUNT - 1}
    assert counts["licences"] == {"CC0-1.0": COUNT}


def test_the_manifest_carries_the_agreement_of_the_state_that_is_released(done: World) -> None:
    manifest = cast.make_release(done.project, done.lead).manifest
    alpha = next(row for row in manifest["agreement"]["verdict"] if row["measure"] == "alpha")
    assert alpha["items"] == COUNT


def test_a_full_measurement_of_the_same_answers_is_in_manifest_and_card(done: World) -> None:
    before = cast.make_release(done.project, done.lead)
    assert "alpha_u" not in {row["measure"] for row in before.manifest["agreement"]["span"]}
    with transaction.atomic():
        measure_soon(done.project)
    cast.drain()
    made = cast.make_release(done.project, done.lead)
    (party,) = [
        row
        for row in made.manifest["agreement"]["span"]
        if (row["measure"], row["label"]) == ("alpha_u", "Party")
    ]
    assert party["items"] == COUNT
    assert "| `span: Party` | `alpha_u` |" in content(made)["README.md"].decode()
    assert "| `span: Party` | `alpha_u` |" in content(made)["README.zh-Hans.md"].decode()
    with transaction.atomic():
        measure_soon(done.project)
    cast.drain()
    assert cast.make_release(done.project, done.lead).manifest_sha256 == made.manifest_sha256


def test_the_same_state_releases_to_the_same_bytes(done: World) -> None:
    first = cast.make_release(done.project, done.lead)
    second = cast.make_release(done.project, done.lead)
    assert (second.number, second.manifest_sha256) == (2, first.manifest_sha256)
    assert content(first) == content(second)


def test_parts_hold_the_lines_that_one_file_would(done: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cast.make_release(done.project, done.lead)
    for size in (1, 3, COUNT):
        monkeypatch.setattr(freezing, "PART_ROWS", size)
        monkeypatch.setattr(freezing, "FREEZE_AT_ONCE", size)
        made = cast.make_release(done.project, done.lead)
        assert rows(made) == rows(whole)
        assert made.manifest["rows"]["root"] == whole.manifest["rows"]["root"]
        found = content(made)
        assert b"".join(found[path] for path in made.manifest["rows"]["files"]) == b"".join(
            content(whole)[path] for path in whole.manifest["rows"]["files"]
        )
        of = -(-max(made.splits["rows"].values()) // size)
        assert len([path for path in found if path.startswith("label_studio/train")]) == of


def test_gold_that_changes_after_the_freeze_changes_no_release(done: World) -> None:
    asked = request_release(project=done.project, by=done.lead)
    assert asked.job
    before = content(cast.make_release(done.project, done.lead))
    item = Item.objects.order_by("pk")[0]
    later = request_release(project=done.project, by=done.lead)
    assert later.job
    jobs.run(later.job.pk, HANDLERS)  # freezes and hands out the shards
    later.refresh_from_db()
    assert later.frozen_at
    Item.objects.filter(pk=item.pk).update(settled_at=None)
    assert gold.settle(Item.objects.get(pk=item.pk))
    said = GoldLabel.objects.current().get(item=item, question="verdict")
    GoldLabel.objects.filter(pk=said.pk).update(superseded_at=timezone.now())
    said.pk, said.uid, said.value = None, new_uid(), "unsure"
    said.save(force_insert=True)
    cast.drain()
    later.refresh_from_db()
    assert content(later) == before
    newest = rows(cast.make_release(done.project, done.lead))
    assert newest[0]["labels"]["verdict"] == "unsure"


def test_surplus_answers_and_old_rounds_are_not_in_it(done: World) -> None:
    first, second = Item.objects.order_by("pk")[:2]
    late = Annotation.objects.filter(item=first).order_by("pk")[0]
    Annotation.objects.filter(pk=late.pk).update(surplus=True)
    old = Annotation.objects.filter(item=second).order_by("pk")[0]
    Annotation.objects.filter(pk=old.pk).update(round=7)
    made = cast.make_release(done.project, done.lead)
    assert [len(row["annotations"]) for row in rows(made)[:3]] == [1, 1, 2]
    assert made.manifest["counts"]["annotations"] == 2 * COUNT - 2


def test_the_class_is_that_of_the_qualification_when_the_answer_was_given(done: World) -> None:
    whole = content(cast.make_release(done.project, done.lead))
    carol = annotators(done)[0]
    held = Qualification.objects.get(expert__user=carol)
    evidence.revoke_qualification(qualification=held, by=done.lead)
    assert held.credential
    other = CredentialKind.objects.filter(sector=done.project.sector).exclude(
        credential_class=held.credential.kind.credential_class
    )[0]
    newer = cast.credential_of(carol, done.project.sector, number="8")
    Credential.objects.filter(pk=newer.pk).update(kind=other)
    Qualification.objects.create(
        expert=held.expert,
        organisation=done.organisation,
        sector=done.project.sector,
        credential=newer,
        reason="another",
        granted_by=done.lead,
    )
    assert content(cast.make_release(done.project, done.lead)) == whole


def test_a_class_of_before_the_qualification_is_none(done: World) -> None:
    Qualification.objects.filter(expert__user=annotators(done)[0]).update(granted_at=timezone.now())
    cast.ask_less(done.project, credentials=False)
    found = rows(cast.make_release(done.project, done.lead))
    assert [said["credential_class"] for said in found[0]["annotations"]] == ["none", "attorney"]


def test_who_decided_has_a_class_too_and_nobody_has_one_in_an_open_project(done: World) -> None:
    second = rows(cast.make_release(done.project, done.lead))[1]
    assert second["gold"]["verdict"]["adjudicator_class"] == "attorney"
    assert second["gold"]["stars"]["adjudicator_class"] is None
    Project.objects.filter(pk=done.project.pk).update(qualified_only=False)
    row = rows(cast.make_release(Project.objects.get(pk=done.project.pk), done.lead))[1]
    assert row["gold"]["verdict"]["adjudicator_class"] == "none"
    assert {said["credential_class"] for said in row["annotations"]} == {"none"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM annotation_releasemember",
        "UPDATE annotation_releasemember SET position = position + 100",
        "DELETE FROM annotation_release",
        "UPDATE annotation_release SET items = items",
        "UPDATE annotation_release SET published_at = NULL",
        "DELETE FROM annotation_releasefile",
        "UPDATE annotation_releasefile SET sha256 = ''",
        "DELETE FROM annotation_goldlabel",
        "UPDATE annotation_goldlabel SET value = value",
        "UPDATE annotation_goldlabel SET superseded_at = NULL WHERE superseded_at IS NOT NULL",
    ],
)
def test_the_database_refuses_to_change_what_is_published(done: World, statement: str) -> None:
    cast.make_release(done.project, done.lead)
    GoldLabel.objects.filter(pk=GoldLabel.objects.all()[0].pk).update(superseded_at=timezone.now())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_job_that_is_cleaned_away_leaves_its_release(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    assert made.job
    Job.objects.get(pk=made.job.pk).delete()
    assert Release.objects.get(pk=made.pk).job is None


def test_an_item_settled_after_it_was_asked_for_is_not_in_it(empty: World) -> None:
    cast.bring_texts(empty.project, empty.lead, 2)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice(), most=1)
    cast.drain()
    asked = request_release(project=empty.project, by=empty.lead)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice())
    cast.drain()
    asked.refresh_from_db()
    assert Item.objects.filter(project=empty.project).exclude(settled_at=None).count() == 2
    assert asked.items == 1


def test_labelling_that_never_pauses_does_not_keep_a_release_from_being_made(empty: World) -> None:
    cast.bring_texts(empty.project, empty.lead, 2)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice(), most=1)
    cast.drain()
    asked = request_release(project=empty.project, by=empty.lead)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice())
    assert Job.objects.filter(kind="advance", state="waiting", project_id=empty.project.pk).exists()
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)
    asked.refresh_from_db()
    assert asked.frozen_at


def test_a_release_waits_for_the_work_before_it(empty: World) -> None:
    cast.bring_texts(empty.project, empty.lead, 2)
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice(), most=1)
    cast.drain()
    for user in annotators(empty):
        cast.answer_all(empty.project, user, lambda _: cast.choice())
    asked = request_release(project=empty.project, by=empty.lead)
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)
    asked.refresh_from_db()
    assert asked.frozen_at is None
    cast.drain()
    asked.refresh_from_db()
    assert asked.published_at


def test_no_file_is_shown_before_the_release_is_published(done: World) -> None:
    asked = request_release(project=done.project, by=done.lead)
    with pytest.raises(NotFound):
        file_path(asked, "gold/train.jsonl")
    cast.drain()
    asked.refresh_from_db()
    assert file_path(asked, "gold/train.jsonl").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret_key",
        "/etc/passwd",
        "gold",
        "gold/",
        "GOLD/TRAIN.JSONL",
        "gold/../gold/train.jsonl",
        "a\x00b",
        "x" * 5000,
    ],
)
def test_nothing_but_the_manifest_s_files_is_shown(done: World, name: str) -> None:
    made = cast.make_release(done.project, done.lead)
    with pytest.raises(NotFound):
        file_path(made, name)


def test_what_is_stated_of_a_batch_later_changes_no_release(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    before = content(made)
    asked = request_release(project=done.project, by=done.lead)
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)  # freezes, judges and hands out the parts
    Batch.objects.filter(project=done.project).update(licence="CC-BY-NC-4.0", source="another")
    cast.drain()
    asked.refresh_from_db()
    assert content(asked) == before
    verdict = verify_row(proof_of(made, rows(made)[0]["id"]), {})
    assert verdict.state == UNKNOWN
    assert lineage(made, rows(made)[0]["id"]).row.licence == "CC0-1.0"


def test_an_item_that_is_corrected_meanwhile_is_named(done: World) -> None:
    asked = request_release(project=done.project, by=done.lead)
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)
    item = Item.objects.order_by("pk")[0]
    Item.objects.filter(pk=item.pk).update(data={"text": "other"}, content_hash="0" * 64)
    cast.drain(failing=True)
    asked.refresh_from_db()
    assert asked.published_at is None
    assert any(item.uid in job.error for job in Job.objects.filter(kind="release_part"))


def test_a_key_that_cannot_be_opened_is_told_before_anything_is_written(done: World) -> None:
    signing.current_key(done.organisation)
    SigningKey.objects.filter(organisation=done.organisation).update(private="AAAA")
    asked = request_release(project=done.project, by=done.lead)
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)
    told = Job.objects.get(pk=asked.job.pk)
    assert told.state == "failed"
    assert "SECRET_KEY" in told.error
    assert not ReleaseFile.objects.filter(release=asked).exists()
