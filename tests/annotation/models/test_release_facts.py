"""The facts of a release: counted from its frozen rows, with nobody's name, and the same for the same state."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from annotation.formats.release.documents import Facts, FileEntry, written
from annotation.formats.release.gate import check
from annotation.models import Batch, Item, Release, ReleasePolicy, ReleaseWaiver
from annotation.models.release_facts import facts_of
from annotation.models.release_manifest import tally_of
from annotation.models.release_people import merged
from annotation.stages.release import folder_of, request_release
from core.models import User
from experts.models import Credential, Expert
from tests import cast
from tests.annotation.stages.release_scene import COUNT, done, kept, played
from tests.cast import World

__all__ = ["done", "kept", "played"]  # fixtures

FILE = FileEntry("gold/train.jsonl", "ab" * 32, 10, COUNT)


def told(made: Release) -> Facts:
    """The facts of a release that was just made."""
    assert made.job is not None
    return facts_of(made, tally_of(made.job))


def text_of(facts: Facts) -> str:
    """Every document, one after the other."""
    return "\n".join(content.decode() for content in written(facts, [FILE]).values())


def test_what_was_asked_and_how_it_was_settled(done: World) -> None:
    facts = told(cast.make_release(done.project, done.lead))
    assert (facts.name, facts.sector, facts.items) == ("Leases", "legal", COUNT)
    by_key = {one.key: one for one in facts.questions}
    assert list(by_key) == ["verdict", "topics", "span", "stars", "amount", "note"]
    verdict = by_key["verdict"]
    assert verdict.settled == {"adjudicated": 1, "unanimous": COUNT - 1}
    assert verdict.dissent == 1
    assert {one.key: one.gold for one in verdict.labels} == {"breach": COUNT - 1, "unsure": 1, "no breach": 0}
    assert [one.gold for one in by_key["span"].labels] == [COUNT, 0]
    assert by_key["amount"].labels == ()
    assert sum(facts.rows.values()) == COUNT
    assert facts.formats["record"] == COUNT
    assert facts.first_day <= facts.last_day == date.today().isoformat()  # noqa: DTZ011 - the tests run in UTC


def test_agreement_has_an_interval_or_a_reason(done: World) -> None:
    facts = told(cast.make_release(done.project, done.lead))
    figures = {one.question: one for one in facts.headline}
    assert figures["verdict"].value is not None
    assert figures["stars"].value is None
    assert figures["stars"].reason == "no_variation"


def test_people_are_numbers_and_nobody_is_named(done: World) -> None:
    facts = told(cast.make_release(done.project, done.lead))
    assert (facts.people.annotators, facts.people.adjudicators) == (2, 1)
    assert facts.people.classes == {"others": 2}
    assert facts.people.experience == {"others": 2}
    everything = text_of(facts)
    for role, user in done.people.items():
        assert role == "owner" or user.name not in everything  # the organisation is called after her
        assert user.email not in everything
        assert user.uid not in everything
    for uid in Expert.objects.values_list("uid", flat=True):
        assert uid not in everything


def test_three_of_a_kind_are_told_apart_and_fewer_are_not() -> None:
    assert merged({"attorney": 5, "notary": 3, "judge": 2, "clerk": 1}) == {
        "attorney": 5,
        "notary": 3,
        "others": 3,
    }
    assert merged({"attorney": 5, "notary": 3, "judge": 1}) == {"attorney": 5, "others": 4}
    assert merged({"attorney": 5, "judge": 2}) == {"others": 7}
    assert merged({"attorney": 3}) == {"attorney": 3}
    assert merged({}) == {}


def test_experience_and_jurisdiction_come_from_verified_credentials(
    done: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.models.release_people.FEWEST", 1)
    annotators = [done.people["annotator"], done.people["annotator2"]]
    Credential.objects.filter(expert__user=annotators[0]).update(jurisdiction="CN")
    unverified = cast.credential_of(annotators[1], cast.sector(), valid_from=date(1990, 1, 1), number="9")
    Credential.objects.filter(pk=unverified.pk).update(jurisdiction="FR")
    with override("zh-hans"):
        people = told(cast.make_release(done.project, done.lead)).people
    assert people.classes == {"attorney": 2}
    assert people.class_names["attorney"]["zh-hans"] == "执业律师"
    assert people.jurisdictions == {"": 1, "CN": 1}
    assert people.jurisdiction_names == {"CN": {"en": "China", "zh-hans": "中国"}}
    assert people.experience == {"5_to_10": 2}


def test_sources_and_rights_are_what_batches_stated(done: World) -> None:
    Batch.objects.update(
        source="A register", rights="By contract.", written_by="both", deidentified_statement="None is named."
    )
    first = Item.objects.order_by("pk")[0]
    Item.objects.filter(pk=first.pk).update(licence="CC-BY-4.0", source="A book", language="zh-hans")
    ReleasePolicy.objects.update_or_create(project=done.project, defaults={"licence": "CC-BY-4.0"})
    made = cast.make_release(done.project, done.lead)
    assert made.published_at
    facts = told(made)
    stated = [(one.name, one.licence, one.items) for one in facts.sources]
    assert stated == [(first.source, "CC0-1.0", COUNT - 1), ("A book", "CC-BY-4.0", 1)]
    assert [(one.rights, one.written_by, one.deidentified, one.items) for one in facts.rights] == [
        ("By contract.", "both", "None is named.", COUNT)
    ]
    assert facts.languages == {"": COUNT - 1, "zh-hans": 1}
    assert facts.language_names["zh-hans"]["en"] == "Simplified Chinese"
    assert facts.licence == "CC-BY-4.0"
    assert facts.licences == {"CC0-1.0": COUNT - 1, "CC-BY-4.0": 1}


def test_the_process_is_told_with_its_checks(done: World) -> None:
    process = told(cast.make_release(done.project, done.lead)).process
    assert (process.policy, process.overlap, process.dispute_rule) == ("fixed", 2, "any_difference")
    assert (process.answers, process.blind) == (2 * COUNT, 2 * COUNT)
    assert process.per_item == {"2": COUNT}
    assert process.qualified_only
    assert not process.exam


def test_the_gate_is_told_in_both_languages_with_the_waivers_names(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    release = Release.objects.get(pk=made.pk)
    release.gate = [
        check("overlap", "below", passed=False, asked=True, figure=1, below=3, items=7, least=2),
        check("disputes", "settled", passed=True, asked=True, figure=0),
    ]
    ReleaseWaiver.objects.create(release=release, check_name="overlap", reason="A *pilot*.", by=done.lead)
    with override("zh-hans"):  # the reader's language is not the document's
        facts = told(release)
        english = written(facts, [FILE])["README.md"].decode()
    assert "3 of 7 items have fewer than 2 independent answers." in english
    assert rf"by {done.lead.name}: A \*pilot\*." in english
    assert "failed, waived" in english
    assert facts.checks[0].names["en"] == "Answers an item"
    assert facts.waivers[0].by == done.lead.name


def test_the_policys_own_words_are_in_it(done: World) -> None:
    ReleasePolicy.objects.update_or_create(
        project=done.project, defaults={"contact": "a@example.org", "limits": "Few.", "use": "To test."}
    )
    facts = told(cast.make_release(done.project, done.lead))
    assert (facts.contact, facts.limits, facts.use) == ("a@example.org", "Few.", "To test.")


def test_the_same_state_gives_the_same_documents(done: World) -> None:
    first, second = (told(cast.make_release(done.project, done.lead)) for _ in range(2))
    assert written(first, [FILE]) == written(second, [FILE])
    assert first.version == second.version


def test_what_happens_after_the_freeze_is_not_in_it(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    before = told(made)
    cast.bring_texts(done.project, done.lead, 2, start=100)
    for user in (done.people["annotator"], done.people["annotator2"]):
        cast.answer_all(done.project, user, lambda _: cast.everything())
    cast.drain()
    assert told(Release.objects.get(pk=made.pk)) == before


def test_the_statements_do_not_grow_with_the_items(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    with CaptureQueriesContext(
        connection,
    ) as few:
        told(made)
    cast.bring_texts(done.project, done.lead, 10, start=100, source="elsewhere")
    for user in (done.people["annotator"], done.people["annotator2"]):
        cast.answer_all(done.project, user, lambda _: cast.everything())
    cast.drain()
    more = cast.make_release(done.project, done.lead)
    with CaptureQueriesContext(connection) as many:
        told(more)
    assert len(many) == len(few) < 40


def test_counters_of_the_documents_are_those_of_the_rows(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    assert made.job is not None
    tally: dict[str, Any] = tally_of(made.job)
    assert tally["per_item"] == Counter({"2": COUNT})
    assert tally["dissent"] == Counter({"verdict": 1})
    assert sum(tally["adjudicators"].values()) == 1
    assert sum(tally["classes"].values()) == 2 * COUNT


def test_it_is_json(done: World) -> None:
    facts = told(cast.make_release(done.project, done.lead))
    assert json.loads(json.dumps(facts.to_json(), allow_nan=False))["items"] == COUNT


@pytest.fixture
def chinese(done: World) -> tuple[World, User]:
    """A project in Chinese beside the other one, with two settled items."""
    config = """<View><Text name="text" value="$text"/>
      <Choices name="判断" toName="text" choice="single">
        <Choice value="违约"/><Choice value="未违约 | “是”"/>
      </Choices></View>"""
    lead, annotators = done.lead, (done.people["annotator"], done.people["annotator2"])
    project = cast.found_project(
        done.organisation,
        lead,
        name="租约: 违约 😀",
        config=config,
        guideline="# 1. 违约\n\n1.1 一方未履行。\n",
    )
    cast.bring(
        project, lead, cast.jsonl([{"text": "甲方未付租金。"}, {"text": "𠀋乙方。"}]), language="zh-hans"
    )
    for user in annotators:
        cast.answer_all(project, user, lambda _: [cast.region("判断", "choices", {"choices": ["违约"]})])
    cast.drain()
    return World(done.organisation, project, done.people), lead


def test_a_project_in_chinese(chinese: tuple[World, User]) -> None:
    world, lead = chinese
    facts = told(cast.make_release(world.project, lead))
    documents = written(facts, [FILE])
    card = documents["README.zh-Hans.md"].decode()
    assert card.startswith("# 租约: 违约 😀\n")
    assert "简体中文 (2)" in card
    assert "| `未违约 \\| “是”` | 未违约 \\| “是” | 0 |" in card
    assert "pretty_name: '租约: 违约 😀'" in documents["README.md"].decode()


def test_a_release_without_the_usual_formats(done: World) -> None:
    asked = request_release(project=done.project, by=done.lead, formats=[])
    cast.drain()
    asked.refresh_from_db()
    assert told(asked).formats == {"record": COUNT, "parquet": COUNT}


def test_a_release_as_it_is_made_is_loaded_by_both_libraries(done: World, tmp_path: Path) -> None:
    import datasets
    import mlcroissant

    asked = request_release(project=done.project, by=done.lead, formats=["parquet", "label_studio"])
    cast.drain()
    asked.refresh_from_db()
    assert asked.published_at
    folder = folder_of(asked)
    issues = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert (set(issues.metadata.ctx.issues.errors), set(issues.metadata.ctx.issues.warnings)) == (
        set(),
        set(),
    )
    lines = [json.loads(line) for path in sorted(folder.glob("gold/*.jsonl")) for line in path.open("rb")]
    loaded = {one["gold/id"].decode(): one for one in issues.records("gold")}
    assert {row["id"]: row["labels"]["verdict"] for row in lines} == {
        name: one["gold/labels/verdict"].decode() for name, one in loaded.items()
    }
    assert {one["data/id"].decode() for one in issues.records("data")} == loaded.keys()
    sets = datasets.load_dataset(str(folder), cache_dir=str(tmp_path))
    assert {split: rows.num_rows for split, rows in sets.items()} == asked.splits["rows"]
