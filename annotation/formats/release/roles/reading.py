"""What a reading of a schema comes to: a role, or what the schema lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

UNCLEAR = "release_training_unclear"
NO_RESPONSE = "release_training_no_response"
NO_PROMPT = "release_training_no_prompt"
NOT_TEXT = "release_training_not_text"
NO_PREFERENCE = "release_training_no_preference"
NO_VERDICT = "release_training_no_verdict"
NO_RANKING = "release_training_no_ranking"
NO_STEPS = "release_training_no_steps"
NO_RUBRIC = "release_training_no_rubric"

T = TypeVar("T")


@dataclass(frozen=True)
class Lacks:
    """Why a schema cannot be read so: a code of `messages_release_training`."""

    code: str


def only(found: Sequence[T], lacking: str) -> T | Lacks:
    """The one that was found; two could mean different things, and nobody is asked which."""
    if len(found) == 1:
        return found[0]
    return Lacks(UNCLEAR if found else lacking)
