"""Control items of the living example: texts with a known answer, and what is told about them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demo.build import text_row, truth_row
from demo.source_file import read_source
from demo.truths import Truth

EXAM_KIND = "indemnity"
"""What the items of the exam are about; items of this kind are for who has passed it, or has a lead's grant."""


@dataclass(frozen=True)
class ControlSet:
    """The control items of one project. `asked`: the questions that the known answer speaks of. `use` as at import."""

    key: str
    asked: tuple[str, ...]
    use: str
    kind: str
    explanations: tuple[str, ...]

    @property
    def source(self) -> str:
        return f"{self.key}-controls"

    def rows(self) -> list[dict[str, object]]:
        """The rows to import."""
        found = []
        for item, explanation in zip(read_source(self.source), self.explanations, strict=True):
            row = text_row(item)
            row |= {"_answer": {key: item.answers[key] for key in self.asked}, "_explanation": explanation}
            row |= {"_use": self.use, "_kind": self.kind}
            found.append({key: value for key, value in row.items() if value})
        return found

    def truths(self) -> Mapping[str, Truth]:
        """What is right, for the simulated experts."""
        rows: list[dict[str, Any]] = [truth_row(item) for item in read_source(self.source)]
        return {row["ref"]: Truth(**row) for row in rows}


CONTROLS: tuple[ControlSet, ...] = (
    ControlSet(
        "legal-en",
        ("clause_type", "risk"),
        "exam",
        EXAM_KIND,
        (
            "It shifts every loss, also what the installer did not cause, and without limit: an indemnity, one-sided.",
            "It limits what may be claimed and promises nothing to anybody: a cap. It binds both sides alike.",
            "Mutual, for one's own negligence, with notice and defence: a balanced indemnity.",
            "A duty to insure is no indemnity: nobody promises to make good a loss.",
            "“Hold harmless” is an indemnity. Only wilful default is left out, so the tenant bears most of it.",
            "Expenses are paid back as agreed: payment. No loss is made good.",
            "A cap, so low that next to nothing can be claimed.",
            "A promise to make good a loss is an indemnity, whatever it is called. The limit softens it.",
        ),
    ),
    ControlSet(
        "healthcare-en",
        ("urgency", "findings"),
        "work",
        "",
        (
            "A potassium of 6.7 is dangerous today, whatever was booked (1.4).",
            "Nothing to follow: routine, as needed (1.3).",
            "The nurse sees the patient in 10 days: soon. A drug was started and goes on (2.3).",
            "The earliest follow-up counts: 4 days (1.6). A return instruction raises nothing (1.5).",
            "Rigors under treatment are a warning sign that nobody dealt with (1.1).",
            "A year, and a result that is awaited without hurry (1.3, 2.4).",
            "Help with daily life, and a check within two weeks (2.5).",
            "The attack is explained and nothing was changed: routine (1.3).",
            "A warning sign that nobody has dealt with (1.1), and a result that is awaited (2.4).",
            "A new shadow that wants a scan, which is 9 days away (2.2).",
        ),
    ),
    ControlSet(
        "finance-zh",
        ("sentiment",),
        "work",
        "",
        (
            "收入增长，但由盈转亏：对股东而言是负面。",
            "只是会议形式变化，没有业绩信息：中性。",
            "现金流由负转正，债务减少：正面。",
            "新订单抵不过失去占收入四成的客户：负面。",
            "登记事项变更，不影响股东价值：中性。",
            "预计计提大额减值：负面。",
            "调查结案，准备转回：正面。",
            "例行续聘，费用不变：中性。",
            "提价幅度小于成本涨幅，毛利率下降：负面。",
            "续约且金额增加，款项到账：正面。",
        ),
    ),
)
EXAM_TITLE = "Telling indemnities from their neighbours"
QUESTIONS = 4
ATTEMPTS = 2
"""Each sitting asks what its expert never had, so the control items are enough for this many."""
SITTINGS: Mapping[str, int] = {"tobias@demo.example": 4, "isolde@demo.example": 2}
"""How many of the exam's questions the two who sat it answered rightly."""
HASTY = "zhaoji@demo.example"
"""Answers control items by the first impression, and is suspended for it."""
