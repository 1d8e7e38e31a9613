"""Which training formats each template of the gallery gives, in both languages, and that they then give records."""

import pytest

from annotation.formats.messages import MESSAGES, FormatError
from annotation.formats.release.format import Format, View
from annotation.formats.release.training_formats import TRAINING
from tests.annotation.formats.release.training.scene import LIBRARY, schema_of, written
from tests.annotation.formats.release.training.stories import ANSWERS, graded_story, story

TALKS = {"openai", "sharegpt", "trl_chat", "prompt_completion"}
PAIRS = {"dpo", "reward", "openai_preference"}
FIT: dict[str, set[str]] = {
    "answer_ranking": {*PAIRS, "ranking"},
    "answer_writing": TALKS,
    "chat_review": {"kto"},
    "chat_turns": {*PAIRS, "kto"},
    "dialogue_writing": TALKS,
    "instruction_writing": TALKS,
    "item_rubric_grading": {"rubric"},
    "preference": {*PAIRS, "kto"},
    "reasoning_steps": {"prm"},
    "rubric_grading": {"rubric"},
    "rubric_writing": {"rubric"},
    "search_ranking": {"ranking"},
    "summary_writing": TALKS,
}
TEMPLATES = sorted(path.stem for path in LIBRARY.glob("*.xml"))


def fitting(template: str) -> set[str]:
    return {one.key for one in TRAINING if not one.misfit(View(schema_of(template)))}


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_fit_what_they_are_for(template: str) -> None:
    assert fitting(template) == FIT.get(template.removesuffix(".zh-hans"), set())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("template", sorted(ANSWERS))
def test_what_fits_gives_records(template: str, language: str) -> None:
    one = story(template, language)
    for key in FIT[template]:
        assert written(key, one.asked, one)[1] != [0], key


def test_the_rubric_of_a_config_gives_records() -> None:
    assert written("rubric", schema_of("rubric_grading"), graded_story())[1] == [1]


@pytest.mark.parametrize("format_", TRAINING, ids=lambda one: one.key)
def test_each_format_refuses_what_does_not_fit_with_a_sentence(format_: Format) -> None:
    schema = schema_of("named_entities")
    code = format_.misfit(View(schema))
    assert MESSAGES[code].detail % {}
    assert MESSAGES[code].action % {}
    with pytest.raises(FormatError) as refused:
        written(format_.key, schema)
    assert (refused.value.code, refused.value.where) == (code, format_.key)
