"""500 questions on abstracts, two real annotators, the published decisions: from the file to the release."""

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.annotation.shared_data import shared
from tests.stories.effort import Effort, Released, Work, choice, said
from tests.stories.founding import Founding
from tests.stories.textbook import cohen_kappa, krippendorff_alpha
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.long, pytest.mark.timeout(900)]

# scikit-learn 1.9.1 (cohen_kappa_score) and nltk 3.10.4 (AnnotationTask.alpha) on the same answers.
LIBRARY_KAPPA = 0.4769044286353339
LIBRARY_ALPHA = 0.4768934647344112
FIELD_OF = {"ann": "annotator_reasoning_free", "ben": "annotator_reasoning_required"}
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Header value="Does the abstract answer the question with yes?"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/><Choice value="maybe"/>
  </Choices>
</View>"""


@dataclass
class Told:
    """What the story left behind."""

    questions: dict[str, dict[str, Any]]
    batch: dict[str, Any]
    alpha: dict[str, Any]
    kappa: dict[str, Any]
    percent: dict[str, Any]
    disputed: list[str]
    released: Released


@pytest.fixture(scope="module")
def told(stack: Stack) -> Told:
    """The whole story, told once."""
    questions = _questions()
    effort = Effort(
        stack,
        Founding(
            title="PubMedQA",
            sector="healthcare",
            people={"ann": "annotator", "ben": "annotator", "cora": "adjudicator"},
            config=CONFIG,
            settings={"overlap": 2, "language": "en"},
        ),
    )
    batch = effort.upload(
        "pubmedqa.jsonl",
        ({"text": _text(row), "pmid": pmid} for pmid, row in questions.items()),
        source="PubMedQA, PQA-L",
        licence="MIT",
        deidentified_statement="Published abstracts; no patient can be recognised.",
    )
    _label_both(effort, questions)
    effort.settle()
    alpha, kappa, percent = (
        effort.agreement("verdict", name) for name in ("alpha", "cohen_kappa", "percent")
    )
    disputed = list(_decide_all(effort, questions))
    effort.settle()
    return Told(questions, batch, alpha, kappa, percent, disputed, effort.release())


def _questions() -> dict[str, dict[str, Any]]:
    with gzip.open(shared("data/domain/healthcare/pubmedqa.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def _text(row: dict[str, Any]) -> str:
    return "\n\n".join([row["question"], *row["contexts"], row["long_answer"]])


def _label_both(effort: Effort, questions: dict[str, dict[str, Any]]) -> None:
    """Both at once, each in the order in which the queue gives."""

    by_text = {_text(row): row for row in questions.values()}  # a work has only what is shown

    def label_as(name: str) -> int:
        def answer(work: Work) -> list[dict[str, Any]]:
            return choice("verdict", by_text[work["item"]["data"]["text"]][FIELD_OF[name]])

        return sum(1 for _ in effort.label(effort.person(name), answer))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(label_as, FIELD_OF)) == [len(questions)] * 2


def _decide_all(effort: Effort, questions: dict[str, dict[str, Any]]) -> Iterator[str]:
    cora = effort.person("cora")
    for dispute in effort.disputes(cora):
        pmid = dispute["item"]["data"]["pmid"]
        body = {
            "result": choice("verdict", questions[pmid]["final_decision"]),
            "rationale": "The published final decision.",
            "clause": "1.1",
        }
        said(cora.post(f"/api/v1/disputes/{dispute['dispute']}/decide", json=body), 201)
        yield pmid


def _pairs(told: Told) -> list[tuple[str, str]]:
    return [(row[FIELD_OF["ann"]], row[FIELD_OF["ben"]]) for row in told.questions.values()]


def test_every_question_is_imported(told: Told) -> None:
    assert (told.batch["items_stored"], told.batch["items_repeated"], told.batch["rows_bad"]) == (500, 0, 0)


def test_alpha_is_the_textbooks_and_the_librarys(told: Told) -> None:
    assert told.alpha["value"] == pytest.approx(float(krippendorff_alpha(_pairs(told))), abs=1e-9)
    assert told.alpha["value"] == pytest.approx(LIBRARY_ALPHA, abs=1e-9)
    assert told.alpha["low"] < told.alpha["value"] < told.alpha["high"]
    assert told.alpha["items"] == 500


def test_kappa_is_the_textbooks_and_the_librarys(told: Told) -> None:
    assert told.kappa["value"] == pytest.approx(float(cohen_kappa(_pairs(told))), abs=1e-9)
    assert told.kappa["value"] == pytest.approx(LIBRARY_KAPPA, abs=1e-9)


def test_percent_agreement_is_the_share_of_equal_answers(told: Told) -> None:
    assert told.percent["value"] == pytest.approx(
        sum(one == two for one, two in _pairs(told)) / 500, abs=1e-9
    )


def test_exactly_the_items_they_differ_on_were_disputed(told: Told) -> None:
    differ = [pmid for pmid, row in told.questions.items() if row[FIELD_OF["ann"]] != row[FIELD_OF["ben"]]]
    assert sorted(told.disputed) == sorted(differ)


def test_the_release_holds_the_published_decision_or_the_agreed_answer_of_every_question(told: Told) -> None:
    disputed = set(told.disputed)
    assert len(told.released.rows) == 500
    for row in told.released.rows:
        pmid, gold = row["data"]["pmid"], row["gold"]["verdict"]
        published = told.questions[pmid]
        assert row["data"]["text"] == _text(published)
        assert row["labels"]["verdict"] == published["final_decision"]
        assert gold["how"] == ("adjudicated" if pmid in disputed else "unanimous")
        theirs = [published[field] for field in FIELD_OF.values()]
        dissent = [answer for answer in theirs if answer != published["final_decision"]]
        assert sorted(entry["value"] for entry in gold["dissent"]) == sorted(dissent)
        assert sorted(annotation["values"]["verdict"] for annotation in row["annotations"]) == sorted(theirs)


def test_the_label_studio_file_says_the_same(told: Told) -> None:
    golden = {
        task["data"]["pmid"]: next(a for a in task["annotations"] if a["ground_truth"])["result"]
        for task in told.released.tasks
    }
    assert {pmid: result[0]["value"]["choices"] for pmid, result in golden.items()} == {
        pmid: [row["final_decision"]] for pmid, row in told.questions.items()
    }
