"""The names by which a schema says what a field or a question is for, and labels what they judge.

A whole name counts, in any case; digits and dashes at its end do not (`answer_1`). Nothing is guessed from
titles, which are words for people. The same list stands in `docs/release-formats-training.md`.
"""

from __future__ import annotations

from annotation.formats.schema import Field, Question


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


PROMPTS = _names(
    "prompt instruction question task query input",
    "提示 提示词 指令 问题 任务 提问 输入",
)
RESPONSES = _names(
    "response answer completion output reply summary",
    "responses answers completions outputs replies summaries candidates",
    "回复 回答 答案 答复 输出 摘要",
)
SYSTEM = _names("system system_prompt system_message 系统 系统提示 系统提示词")
CORRECTIONS = _names("correction corrected rewrite revision 更正 修正 改写 修改")
NOTES = _names(
    "note notes remark remarks comment comments reason reasons why rationale explanation feedback",
    "备注 理由 原因 说明 评语 意见",
)
GOOD = _names(
    "right correct good true accurate acceptable accepted pass passed thumbs_up",
    "正确 对 好 准确 合格 通过",
)
BAD = _names(
    "wrong incorrect bad false inaccurate unacceptable rejected fail failed thumbs_down",
    "错误 错 差 不准确 不合格 不通过",
)


def named(one: Field | Question, names: frozenset[str]) -> bool:
    """Whether a field (by its name or its data key) or a question is called by one of the names."""
    own = (one.name, one.key) if isinstance(one, Field) else (one.key,)
    return any(name.strip().lower().rstrip("0123456789_-") in names for name in own)


def verdict(label: str) -> bool | None:
    """What a label's key says of what it judges: good, bad, or neither."""
    plain = label.strip().lower()
    return True if plain in GOOD else False if plain in BAD else None


def judges(question: Question) -> bool:
    """Whether some of its labels say good and some bad."""
    return {True, False} <= {verdict(one.key) for one in question.labels}
