"""An answered row for each template of the gallery that a training format fits."""

from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats.release.rows import ReleaseRow
from tests.annotation.formats.release.training.scene import Said, example_of, row, schema_of, turns

Data = Mapping[str, Any]


def story(template: str, language: str = "en", item: str = "it-1") -> ReleaseRow:
    """The example of a template as one expert would answer it."""
    suffix = "" if language == "en" else f".{language}"
    data = example_of(template, language)
    return row(schema_of(template + suffix), data, ANSWERS[template](data), item=item)


def _turns_of_chat(data: Data) -> Said:
    marks = turns(data, "messages", "content", ["", "right", "", "wrong"], "choices")
    rewritten = {**{name: marks[1][name] for name in ("id", "start", "end")}, "text": ["No: at par. 😀 是的"]}
    return {"verdict": marks, "correction": rewritten}


ANSWERS: Mapping[str, Callable[[Data], Said]] = {
    "answer_ranking": lambda _: {
        "order": {"ranker": {"order": ["c", "a", "b"]}},
        "why": {"text": ["It names what stays outside."]},
    },
    "answer_writing": lambda _: {
        "answer": {"text": ["Paracetamol.\n\n告诉门诊。 👩‍⚕️"]},
        "sure": {"choices": ["sure"]},
    },
    "chat_review": lambda data: {
        "fault": turns(data, "messages", "content", _good(data), "labels"),
        "verdict": {"choices": ["yes"]},
    },
    "chat_turns": _turns_of_chat,
    "dialogue_writing": lambda _: {
        "conversation": [
            {"chatmessage": {"role": "user", "content": "It began in May. 五月"}},
            {"chatmessage": {"role": "assistant", "content": "Then read clause 3. 😀"}},
        ]
    },
    "instruction_writing": lambda _: {
        "instruction": {"text": ["What is capped?\n"]},
        "answer": {"text": ["Charges, up to 125 %."]},
        "hard": {"rating": 3},
    },
    "item_rubric_grading": lambda data: {
        "grades": {"grades": [{"text": one["text"], "points": 1} for one in data["rubric"]]}
    },
    "preference": lambda _: {
        "better": {"selected": "right"},
        "much": {"choices": ["clearly"]},
        "reasons": {"choices": ["safe"]},
        "why": {"text": ["Bleeding."]},
    },
    "reasoning_steps": lambda data: {
        "verdict": turns(data, "steps", "text", ["right", "wrong", "wrong", "wrong"], "paragraphlabels"),
        "conclusion": {"choices": ["no"]},
    },
    "rubric_writing": lambda _: {
        "rubric": {
            "rubric": [{"text": "Names the cap", "weight": 3}, {"text": "Jargon 行话", "weight": -0.5}]
        },
        "traps": {"text": ["Advice."]},
    },
    "search_ranking": lambda data: {
        "order": {"ranker": {"order": [one["id"] for one in data["results"]][::-1]}}
    },
    "summary_writing": lambda _: {"summary": {"text": ["Profit fell. 利润下降"]}},
}


def _good(data: Data) -> list[str]:
    return ["good" if one["role"] == "assistant" else "" for one in data["messages"]]


def _graded(data: Data) -> Said:
    lines = (
        ("Says what the cap is and what it covers", 4),
        ("Names what cannot be capped", 2),
        ("Uses words that a client understands", 1),
        ("Gives advice that was not asked for", 0),
    )
    return {
        "grades": {"grades": [{"text": text, "points": points} for text, points in lines]},
        "why": {"text": ["One word is jargon."]},
    }


def graded_story(item: str = "it-1") -> ReleaseRow:
    """An answer graded by the rubric of the config, with a reason."""
    data = example_of("rubric_grading")
    return row(schema_of("rubric_grading"), data, _graded(data), item=item)
