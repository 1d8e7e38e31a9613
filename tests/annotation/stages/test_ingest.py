"""Ingest: each format, bad rows beside good ones, repeats, and kills between chunks."""

import json
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core.files.base import ContentFile

from annotation.models import Batch, BatchProblem, Item
from annotation.models.batch import Duplicates
from annotation.models.lane import Signature
from annotation.stages import ingest
from annotation.stages.ingest import storing
from annotation.work import HANDLERS
from core import jobs
from core.models import AuditEvent, Job
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World
from tests.core.database import together

ROWS: list[Any] = [{"text": "First 条款 😀."}, {"text": 'Second,\r\nwith "quotes".'}]
CSV = 'text,n\n"First 条款 😀.",1\n"Second,\r\nwith ""quotes"".",2\n'
FILES = {
    "rows.jsonl": cast.jsonl(ROWS),
    "rows.ndjson": cast.jsonl(ROWS),
    "rows.json": json.dumps(ROWS, indent=1).encode(),
    "one-line.json": json.dumps(ROWS, ensure_ascii=False).encode(),
    "tasks.json": json.dumps([{"data": row, "id": at} for at, row in enumerate(ROWS)]).encode(),
    "rows.csv": CSV.encode(),
    "rows.tsv": CSV.replace(",1", "\t1").replace(",2", "\t2").replace("text,n", "text\tn").encode(),
}
BOM = b"\xef\xbb\xbf"


def texts(batch: Batch) -> list[str]:
    return [item.data["text"] for item in batch.items.order_by("pk")]


def problems(batch: Batch) -> list[tuple[int, str]]:
    return list(batch.problems.order_by("offset").values_list("line", "code"))


def counts(batch: Batch) -> tuple[int, int, int]:
    return batch.items_stored, batch.items_repeated, batch.rows_bad


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "BOM"])
@pytest.mark.parametrize("name", FILES)
def test_every_format_is_stored_verbatim(ours: World, name: str, mark: bytes) -> None:
    batch = cast.bring(ours.project, ours.lead, mark + FILES[name], name)
    assert texts(batch) == [row["text"] for row in ROWS]
    assert (counts(batch), problems(batch)) == ((2, 0, 0), [])
    assert batch.stored_at
    assert batch.routed_at


@pytest.mark.parametrize("name", ["rows.xlsx", "rows", "rows.jsonl.exe", ""])
def test_a_file_of_another_format_is_refused_at_once(ours: World, name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        ingest.begin_batch(project=ours.project, by=ours.lead, file=ContentFile(b"{}"), name=name)
    assert refusal.value.code == "format_unknown"
    assert not Batch.objects.exists()


def test_a_bad_row_is_reported_with_its_line_and_leaves_the_others_in(ours: World) -> None:
    content = b"\n".join(
        [
            b'{"text": "good"}',
            b"{broken",
            b'{"other": "no text"}',
            b'{"text": 5}',
            b'{"text": "  "}',
            b'{"text": "half \\ud800 character"}',
            b'{"text": "a NUL \\u0000"}',
            b'{"text": "not UTF-8 \xff"}',
            b'{"text": "x", "n": NaN}',
            b"[1]",
            b'{"text": "good too"}',
        ]
    )
    batch = cast.bring(ours.project, ours.lead, content)
    assert texts(batch) == ["good", "good too"]
    assert counts(batch) == (2, 0, 9)
    assert problems(batch) == [
        (2, "json_broken"),
        (3, "field_missing"),
        (4, "field_not_text"),
        (5, "field_empty"),
        (6, "lone_surrogate"),
        (7, "nul_character"),
        (8, "encoding_invalid"),
        (9, "json_not_finite"),
        (10, "row_not_object"),
    ]


def test_bad_rows_of_a_json_file_on_one_line_are_all_kept(ours: World) -> None:
    batch = cast.bring(
        ours.project, ours.lead, b'[{"text": "a"}, 5, {"text": 6}, {"text": "b"}]', "rows.json"
    )
    assert texts(batch) == ["a", "b"]
    assert problems(batch) == [(1, "row_not_object"), (1, "field_not_text")]


@pytest.mark.parametrize("name", ["rows.csv", "rows.tsv"])
def test_a_nul_character_in_a_table_is_a_bad_row(ours: World, name: str) -> None:
    batch = cast.bring(ours.project, ours.lead, b"text\ngood\nb\x00d\nalso good\n", name)
    assert texts(batch) == ["good", "also good"]
    assert [line for line, _code in problems(batch)] == [3]


def test_an_empty_file_is_one_problem(ours: World) -> None:
    batch = cast.bring(ours.project, ours.lead, b"\n")
    assert problems(batch) == [(1, "file_empty")]


def test_numbers_and_nested_values_beside_the_text_come_through(ours: World) -> None:
    row = {"text": "x", "n": 12.5, "big": 2**80, "deep": {"list": [1, None, True, "é"]}}
    batch = cast.bring(ours.project, ours.lead, cast.jsonl([row]))
    assert batch.items.get().data == row


def test_what_a_row_says_of_itself_is_kept_apart_from_its_data(ours: World) -> None:
    row = {"text": "x", "_licence": "MIT", "_source": "s", "_language": "zh-hans", "_group": "g"}
    batch = cast.bring(
        ours.project, ours.lead, cast.jsonl([row, {"text": "y"}]), source="batch", language="en"
    )
    first, second = batch.items.order_by("pk")
    assert first.data == {"text": "x"}
    assert (first.licence, first.source, first.language, first.group_key) == ("MIT", "s", "zh-hans", "g")
    assert (second.licence, second.source, second.language, second.group_key) == ("", "batch", "en", "")


def test_very_long_words_of_a_row_are_reported_and_not_cut(ours: World) -> None:
    long = "x" * 1000
    rows = [{"text": "x", key: long} for key in ("_licence", "_source", "_language", "_group")]
    batch = cast.bring(ours.project, ours.lead, cast.jsonl(rows), f"{long}.jsonl", rights=long)
    assert counts(batch) == (0, 0, 4)
    assert {problem.code for problem in batch.problems.all()} == {"extra_too_long"}


@pytest.mark.parametrize("field", ["licence", "source", "language"])
def test_what_is_said_of_a_batch_is_not_cut_off(ours: World, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        cast.bring(ours.project, ours.lead, b'{"text": "x"}', **{field: "x" * 1000})
    assert refusal.value.where == field
    assert "at most" in str(refusal.value)


def test_repeated_content_is_skipped_whatever_the_order_of_its_keys(ours: World) -> None:
    first = cast.bring(
        ours.project, ours.lead, b'{"text": "a", "n": 1}\n{"n": 1, "text": "a"}\n{"text": "b"}\n'
    )
    assert counts(first) == (2, 1, 0)
    second = cast.bring(ours.project, ours.lead, b'{"text": "b"}\n{"text": "c"}\n')
    assert counts(second) == (1, 1, 0)
    assert Item.objects.filter(project=ours.project).count() == 3


def test_repeated_content_is_kept_when_the_import_says_so(ours: World) -> None:
    for _ in range(2):
        batch = cast.bring(
            ours.project, ours.lead, b'{"text": "a"}\n{"text": "a"}\n', duplicates=Duplicates.KEEP
        )
        assert counts(batch) == (2, 0, 0)
    skipping = cast.bring(ours.project, ours.lead, b'{"text": "a"}\n')
    assert counts(skipping) == (1, 0, 0)  # kept copies are copies: none of them is the content's own row


def test_another_project_may_hold_the_same_content(ours: World) -> None:
    other = cast.found_project(ours.organisation, ours.lead)
    for project in (ours.project, other):
        assert counts(cast.bring(project, ours.lead, b'{"text": "a"}\n')) == (1, 0, 0)


def test_a_choice_that_does_not_exist_is_refused(ours: World) -> None:
    with pytest.raises(InvalidInput):
        ingest.begin_batch(
            project=ours.project, by=ours.lead, file=ContentFile(b"{}"), name="a.jsonl", duplicates="double"
        )


def test_two_imports_of_one_content_at_once_store_it_once(committed: None) -> None:
    ours = cast.world(cast.OURS)
    content = cast.jsonl([{"text": f"row {at}"} for at in range(40)])
    begun = [
        ingest.begin_batch(project=ours.project, by=ours.lead, file=ContentFile(content), name="a.jsonl")
        for _ in range(2)
    ]

    def store(batch: Batch) -> bool:
        assert batch.job
        return jobs.run(batch.job.pk, HANDLERS)

    assert together([partial(store, batch) for batch in begun]) == [True, True]
    cast.drain()
    assert Item.objects.count() == 40
    for batch in begun:
        batch.refresh_from_db()
    assert sum(batch.items_stored for batch in begun) == 40
    assert sum(batch.items_repeated for batch in begun) == 40


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.csv"])
def test_a_kill_between_chunks_loses_and_doubles_nothing(
    ours: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(storing, "CHUNK", 4)
    rows = [{"text": f"row {at}"} for at in range(18)]
    rows[7] = {"text": ""}
    content = {
        "rows.jsonl": cast.jsonl(rows),
        "rows.json": json.dumps(rows).encode(),
        "rows.csv": ("text,n\n" + "".join(f"{row['text']},1\n" for row in rows)).encode(),
    }[name]
    real, calls = storing.store_chunk, [0]

    def dies(*given: Any) -> None:
        real(*given)
        calls[0] += 1
        if calls[0] in {2, 4, 5}:  # inside the chunk's transaction: what it stored is rolled back
            raise RuntimeError("killed")

    monkeypatch.setattr(storing, "store_chunk", dies)
    batch = ingest.begin_batch(project=ours.project, by=ours.lead, file=ContentFile(content), name=name)
    assert batch.job
    for _ in range(4):
        Job.objects.update(due_at=batch.created_at)
        jobs.run(batch.job.pk, HANDLERS)
    batch.refresh_from_db()
    assert texts(batch) == [row["text"] for row in rows if row["text"]]
    assert (counts(batch), len(problems(batch))) == ((17, 0, 1), 1)
    assert batch.stored_at


def test_progress_is_counted_in_bytes(ours: World) -> None:
    batch = cast.bring(ours.project, ours.lead, cast.jsonl(ROWS))
    assert batch.job
    job = Job.objects.get(pk=batch.job.pk)
    assert (job.done, job.total) == (batch.size, batch.size)


def test_an_import_that_is_stopped_keeps_what_it_stored(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "CHUNK", 2)
    real = storing.store_chunk
    batch = ingest.begin_batch(
        project=ours.project,
        by=ours.lead,
        file=ContentFile(cast.jsonl([{"text": f"row {at}"} for at in range(9)])),
        name="a.jsonl",
    )
    job = batch.job
    assert job

    def stop_after(*given: Any) -> None:
        real(*given)
        jobs.stop(job)

    monkeypatch.setattr(storing, "store_chunk", stop_after)
    jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert (job.state, batch.items.count()) == ("stopped", 2)
    cast.drain()
    assert batch.items.exclude(routed_at=None).filter(open_slots__gt=0).count() == 2
    monkeypatch.setattr(storing, "store_chunk", real)
    rest = cast.bring(ours.project, ours.lead, cast.jsonl([{"text": f"row {at}"} for at in range(9)]))
    assert counts(rest) == (7, 2, 0)
    assert Item.objects.filter(project=ours.project).exclude(routed_at=None).count() == 9


def test_what_a_failed_import_stored_is_opened(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "CHUNK", 2)
    monkeypatch.setattr(jobs, "MAX_FAILURES", 1)
    real = storing.store_chunk

    def breaks(batch: Batch, *given: Any) -> None:
        if batch.items_stored:
            raise RuntimeError("broken")
        real(batch, *given)

    monkeypatch.setattr(storing, "store_chunk", breaks)
    content = cast.jsonl([{"text": f"row {at}"} for at in range(9)])
    batch = ingest.begin_batch(project=ours.project, by=ours.lead, file=ContentFile(content), name="a.jsonl")
    cast.drain(failing=True)
    assert batch.items.exclude(routed_at=None).count() == batch.items.count() == 2


def test_a_batch_is_routed_only_when_its_import_has_ended(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "CHUNK", 2)
    real = storing.store_chunk
    seen = []

    def routes_between(batch: Batch, *given: Any) -> None:
        for pk in Job.objects.filter(kind="route", state="waiting").values_list("pk", flat=True):
            Job.objects.filter(pk=pk).update(due_at=batch.created_at)
            jobs.run(pk, HANDLERS)
        ingest.state_rights(batch=batch, by=ours.lead, licence="CC0-1.0")
        seen.append(Batch.objects.get(pk=batch.pk).routed_at)
        real(batch, *given)

    monkeypatch.setattr(storing, "store_chunk", routes_between)
    batch = cast.bring(ours.project, ours.lead, cast.jsonl([{"text": f"row {at}"} for at in range(5)]))
    assert seen == [None, None, None]
    assert batch.routed_at
    assert batch.items.exclude(routed_at=None).count() == 5
    told = AuditEvent.objects.filter(object_uid=batch.uid, actor_id=None).order_by("pk")
    assert list(told.values_list("action", flat=True)) == ["batch.stored", "batch.routed"]


def test_a_schema_of_two_fields_wants_both(ours: World) -> None:
    config = (
        '<View><Text name="q" value="$question"/><Text name="c" value="$context"/>'
        '<Choices name="v" toName="c"><Choice value="yes"/></Choices></View>'
    )
    project = cast.found_project(ours.organisation, ours.lead, config=config)
    batch = cast.bring(project, ours.lead, cast.jsonl([{"question": "?", "context": "."}, {"question": "?"}]))
    assert (counts(batch), problems(batch)) == ((1, 0, 1), [(2, "field_missing")])


def test_what_a_row_asks_of_people_makes_its_lane(ours: World) -> None:
    row = {
        "text": "Steuer",
        "_kind": "opinion",
        "_speciality": "Tax Law",
        "_jurisdiction": "de",
        "_language": "de",
        "_room": "Buyer",
        "_due": "2027-01-31",
        "_priority": 3,
    }
    cast.bring(ours.project, ours.lead, cast.jsonl([row, {**row, "text": "andere"}, {"text": "plain"}]))
    first, second, plain = Item.objects.select_related("lane").order_by("pk")
    assert first.lane == second.lane != plain.lane
    assert first.lane.signature == Signature(
        kind="opinion",
        speciality="tax law",
        jurisdiction="DE",
        language="de",
        room="Buyer",
        priority=3,
        due_on=date(2027, 1, 31),
    )
    assert first.data == {"text": "Steuer"}
    assert [first.position, second.position, plain.position] == [1, 2, 1]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"_jurisdiction": "Atlantis"}, "jurisdiction_unknown"),
        ({"_due": "soon"}, "due_not_a_day"),
        ({"_priority": "high"}, "priority_not_a_number"),
        ({"_priority": 101}, "priority_not_a_number"),
    ],
)
def test_a_row_that_asks_for_nonsense_is_reported(ours: World, extra: dict[str, Any], code: str) -> None:
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "a", **extra}, {"text": "b"}]))
    assert list(BatchProblem.objects.values_list("line", "code")) == [(1, code)]
    assert Item.objects.count() == 1
