"""Personal data in what people wrote: the gate finds it in answers and reasons, and never repeats it."""

from typing import Any

from annotation.models import Dispute, Release
from annotation.models.release_written import Written, words, written_personal
from annotation.problems import sentence
from annotation.stages.release.gating import waive
from tests import cast
from tests.annotation.stages.release_scene import annotators, content, done, empty, kept, played
from tests.cast import World

__all__ = ["done", "empty", "kept", "played"]

ADDRESS = "jane.roe@gmail.com"
REASON = "The address is one of our own, made for this test."


def _note(text: str) -> list[dict[str, Any]]:
    return [*cast.everything()[:-1], cast.region("note", "textarea", {"text": [text]})]


def _personal(made: Release) -> dict[str, Any]:
    return next(one for one in made.gate if one["check"] == "personal")


def test_a_release_of_harmless_answers_passes(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    found = _personal(made)
    assert (found["passed"], found["params"]["because"], found["params"]["written"]) == (True, "none", 0)


def test_an_address_in_a_note_holds_the_release_until_it_is_waived(done: World) -> None:
    first, second = annotators(done)
    item = cast.bring_texts(done.project, done.lead, 1, start=70).items.get()
    cast.answer_all(done.project, first, lambda _: _note(f"Jane Roe, {ADDRESS}"))
    cast.answer_all(done.project, second, lambda _: _note(f"Jane Roe, {ADDRESS}"))
    cast.drain()
    made = cast.make_release(done.project, done.lead)
    found = _personal(made)
    assert made.held_at
    assert (found["passed"], found["figure"], found["params"]["because"]) == (False, 1, "written")
    assert found["params"]["written_examples"] == [[item.uid, "email"]]
    assert ADDRESS not in str(made.gate)
    assert sentence("gate_personal_written", found["params"]).endswith("personal data: 1 (items: 1).")
    waive(release=made, check="personal", reason=REASON, by=done.lead)
    cast.drain()
    card = content(made)["README.md"].decode()
    assert "In answers in free text and in reasons of decisions 1 places look like personal data." in card
    assert REASON in card


def test_a_number_in_the_reason_of_a_decision_is_found(empty: World) -> None:
    first, second = annotators(empty)
    cast.bring_texts(empty.project, empty.lead, 1)
    cast.answer_all(empty.project, first, lambda _: cast.everything())
    cast.answer_all(empty.project, second, lambda _: cast.everything("unsure"))
    cast.drain()
    cast.decide(
        Dispute.objects.get(project=empty.project),
        empty.people["adjudicator"],
        cast.choice("unsure"),
        rationale=f"I asked {ADDRESS}, who says that it is unsure.",
    )
    cast.drain()
    made = cast.make_release(empty.project, empty.lead)
    assert _personal(made)["params"]["written"] == 1
    cast.ask_less(empty.project, personal=False)
    made = cast.make_release(empty.project, empty.lead)
    assert (_personal(made)["passed"], _personal(made)["figure"]) == (True, 1)


def test_statements_do_not_grow_with_the_rows(done: World, django_assert_num_queries: Any) -> None:
    made = cast.make_release(done.project, done.lead)
    with django_assert_num_queries(4):
        assert written_personal(made) == Written()


def test_words_are_those_of_free_text_alone() -> None:
    said = [
        {"type": "labels", "value": {"text": "Clause", "labels": ["Party"]}},
        {"type": "textarea", "value": {"text": ["one", "two"]}},
        {"type": "chatmessage", "value": {"chatmessage": {"role": "user", "content": "three"}}},
        {"type": "choices", "value": {"choices": ["yes"]}},
    ]
    assert list(words(said)) == ["one", "two", "three"]
