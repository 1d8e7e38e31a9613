"""Why a release format for training formats: chats, preferences, steps, rubrics does not fit a schema or a row."""

from annotation.formats.message import Message, gettext_noop

RELEASE_TRAINING: dict[str, Message] = {
    "release_training_unclear": Message(
        gettext_noop("Two questions or fields of the schema could each be what this format asks for."),
        gettext_noop(
            "Rename those that are not meant, or choose another format; the record holds all of them."
        ),
    ),
    "release_training_no_response": Message(
        gettext_noop("No question of the schema has a response written."),
        gettext_noop("Name the text question that asks for it “answer” or “response”, or ask for a chat."),
    ),
    "release_training_no_prompt": Message(
        gettext_noop("The schema shows nothing that could be the prompt."),
        gettext_noop("Show the question or the task in a text of its own, or choose another format."),
    ),
    "release_training_not_text": Message(
        gettext_noop("The schema shows a table, a picture or a list, which cannot be said in a prompt."),
        gettext_noop("Choose another format; the record holds what was shown."),
    ),
    "release_training_no_preference": Message(
        gettext_noop("No question of the schema says which of several responses is better."),
        gettext_noop(
            "Ask for a pairwise choice, rank a list named “answers”, or ask for the correction of a message."
        ),
    ),
    "release_training_no_verdict": Message(
        gettext_noop("No question of the schema calls a response good or bad."),
        gettext_noop("Ask for labels such as “right” and “wrong” of an answer, or for a pairwise choice."),
    ),
    "release_training_no_ranking": Message(
        gettext_noop("No question of the schema puts a list into one order."),
        gettext_noop("Rank a list without buckets, or choose another format."),
    ),
    "release_training_no_steps": Message(
        gettext_noop("No question of the schema calls the steps of a solution right or wrong."),
        gettext_noop("Mark the turns of a dialogue with labels such as “right” and “wrong”."),
    ),
    "release_training_no_rubric": Message(
        gettext_noop("No question of the schema grades a text by a rubric, or has a rubric written."),
        gettext_noop("Ask for grades or for a rubric, or choose another format."),
    ),
}
"""By code; none has places to fill."""
