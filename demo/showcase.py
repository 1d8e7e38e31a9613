"""Small projects that show the newer families of tasks: their rows, guidelines and first answers, as plain data."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.agreement_pdf import agreement

HERE = Path(__file__).parent / "showcase"
LIBRARY = Path(__file__).parent.parent / "annotation" / "templates_library"

Region = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Showcase:
    """One project founded from a template; `key` names its rows and guideline in `showcase/`.

    `answers` are what the first annotators say of the first rows, in their order.
    """

    key: str
    name: str
    sector: str
    language: str
    template: str
    description: str
    answers: Sequence[Sequence[Region]] = field(default=())

    @property
    def config(self) -> str:
        """The template's labelling config in the project's language."""
        suffix = "" if self.language == "en" else f".{self.language}"
        return (LIBRARY / f"{self.template}{suffix}.xml").read_text("utf-8")

    @property
    def guideline(self) -> str:
        """The guideline, in Markdown with numbered clauses."""
        return (HERE / f"{self.key}.md").read_text("utf-8")

    @property
    def rows(self) -> list[Row]:
        """The rows to import. A PDF is made here."""
        rows: list[Row] = json.loads((HERE / f"{self.key}.json").read_text("utf-8"))
        return [_with_pdf(row) for row in rows]


def _with_pdf(row: Row) -> Row:
    if "pages" not in row:
        return row
    made = base64.b64encode(agreement(row["pages"])).decode()
    kept = {name: value for name, value in row.items() if name != "pages"}
    return {**kept, "document": f"data:application/pdf;base64,{made}"}


def mark(id_: str, question: str, text: str, part: str, label: str, *, to: str) -> Region:
    """A span over the first place where `part` stands in `text`; raises ValueError when it does not."""
    start = text.index(part)
    value = {"start": start, "end": start + len(part), "text": part, "labels": [label]}
    return {"id": id_, "from_name": question, "to_name": to, "type": "labels", "value": value}


def relation(id_: str, question: str, to: str, ends: tuple[str, str], label: str) -> Region:
    """The first end says something of the second."""
    value = {"from_id": ends[0], "to_id": ends[1], "direction": "right", "labels": [label]}
    return {"id": id_, "from_name": question, "to_name": to, "type": "relation", "value": value}


def said(question: str, to: str, type_: str, value: Any) -> Region:
    """An answer about the whole."""
    return {
        "id": f"a-{question}",
        "from_name": question,
        "to_name": to,
        "type": type_,
        "value": {"text" if type_ == "textarea" else type_: value},
    }


_ANSWER = "The tenant must give three months' notice. The deposit comes back within ten days of the end."
_SOURCE = (
    "14. The Tenant may end this tenancy by not less than two months' written notice. 15. The Landlord returns "
    "the deposit, less lawful deductions, within ten days after the tenancy has ended."
)

SHOWCASES: tuple[Showcase, ...] = (
    Showcase(
        key="claims-en",
        name="Evidence for every claim",
        sector="legal",
        language="en",
        template="citations",
        description="Which part of the source supports or contradicts each claim of an answer.",
        answers=(
            (
                mark("c1", "claim", _ANSWER, "must give three months' notice", "claim", to="answer"),
                mark("c2", "claim", _ANSWER, "deposit comes back within ten days", "claim", to="answer"),
                mark("e1", "evidence", _SOURCE, "two months' written notice", "evidence", to="source"),
                mark("e2", "evidence", _SOURCE, "returns the deposit", "evidence", to="source"),
                relation("r1", "relations", "answer,source", ("e1", "c1"), "contradicts"),
                relation("r2", "relations", "answer,source", ("e2", "c2"), "supports"),
                said("grounded", "answer", "choices", ["some"]),
            ),
        ),
    ),
    Showcase(
        key="writing-zh",
        name="理财咨询：撰写指令与回答",
        sector="finance",
        language="zh-hans",
        template="instruction_writing",
        description="根据材料撰写客户会提出的问题，并写出愿意署名的回答。",
        answers=(
            (
                said(
                    "instruction",
                    "topic",
                    "textarea",
                    ["我有20万元，半年后要付首付。**现在买两年期债券基金合适吗？**请说明风险。"],
                ),
                said(
                    "answer",
                    "topic",
                    "textarea",
                    [
                        (
                            "## 结论\n\n不合适。资金半年后要用，而该基金建议持有两年以上。\n\n"
                            "1. 利率上行时净值可能下跌，半年内未必能回升。\n2. 持有不满一年赎回，费率为 1.5%。\n\n"
                            "| 用途 | 更合适的选择 |\n| --- | --- |\n| 半年后首付 | 定期存款、货币基金 |\n"
                            "| 两年以上闲钱 | 可以考虑债券基金 |\n\n> 以上为一般说明，具体以产品合同为准。"
                        )
                    ],
                ),
                said("hard", "topic", "rating", 2),
            ),
        ),
    ),
    Showcase(
        key="steps-en",
        name="Reasoning about contracts, step by step",
        sector="legal",
        language="en",
        template="reasoning_steps",
        description="Each step of a chain of reasoning is judged; what is wrong is corrected.",
    ),
    Showcase(
        key="agreements-en",
        name="Signed agreements (PDF)",
        sector="legal",
        language="en",
        template="pdf_spans",
        description="Parties, amounts and periods in agreements as they were printed.",
    ),
)
