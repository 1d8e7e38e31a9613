"""The formats that trainers of language models read, in the order in which people are offered them."""

from __future__ import annotations

from annotation.formats.release.format import Format
from annotation.formats.release.training.dpo import DPO
from annotation.formats.release.training.kto import KTO
from annotation.formats.release.training.openai import OPENAI
from annotation.formats.release.training.openai_preference import OPENAI_PREFERENCE
from annotation.formats.release.training.prm import PRM
from annotation.formats.release.training.prompt_completion import PROMPT_COMPLETION
from annotation.formats.release.training.ranking import RANKING
from annotation.formats.release.training.reward import REWARD
from annotation.formats.release.training.rubric import RUBRIC
from annotation.formats.release.training.sharegpt import SHAREGPT
from annotation.formats.release.training.trl_chat import TRL_CHAT

TRAINING: tuple[Format, ...] = (
    OPENAI,
    SHAREGPT,
    TRL_CHAT,
    PROMPT_COMPLETION,
    DPO,
    KTO,
    REWARD,
    OPENAI_PREFERENCE,
    RANKING,
    PRM,
    RUBRIC,
)
