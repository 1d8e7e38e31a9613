"""The projects of the living example, as plain data; configs and guidelines are files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

# Opens a dispute when any two answers to a question differ.
ANY_DIFFERENCE = "any_difference"
# Opens a dispute only when no answer has more than half of the votes.
NO_MAJORITY = "no_majority"


@dataclass(frozen=True)
class ProjectData:
    """One project; `key` names its files in `configs/`, `guidelines/`, `texts/` and `truth/`.

    `overlap`: independent answers an item wants. `dispute_rule`: `any_difference` or `no_majority`.
    `deidentified`: the statement that a healthcare batch needs; empty for other sectors.
    """

    key: str
    name: str
    sector: str
    language: str
    overlap: int
    dispute_rule: str
    description: str
    licence: str = "CC-BY-4.0"
    deidentified: str = ""

    @property
    def config(self) -> str:
        """The labelling config (Label Studio XML)."""
        return (HERE / "configs" / f"{self.key}.xml").read_text("utf-8")

    @property
    def guideline(self) -> str:
        """The guideline, in Markdown with numbered clauses."""
        return (HERE / "guidelines" / f"{self.key}.md").read_text("utf-8")

    @property
    def texts(self) -> Path:
        """The JSONL file to import; it holds no answers."""
        return HERE / "texts" / f"{self.key}.jsonl"


PROJECTS: tuple[ProjectData, ...] = (
    ProjectData(
        key="legal-en",
        name="Commercial contract clauses",
        sector="legal",
        language="en",
        overlap=3,
        dispute_rule=NO_MAJORITY,
        description="What a clause does, how one-sided it is, and who owes what.",
    ),
    ProjectData(
        key="legal-zh",
        name="合同条款审阅",
        sector="legal",
        language="zh-hans",
        overlap=2,
        dispute_rule=ANY_DIFFERENCE,
        description="判断条款类别与风险，标出当事方、金额、期限与义务。",
    ),
    ProjectData(
        key="healthcare-en",
        name="Discharge notes: follow-up",
        sector="healthcare",
        language="en",
        overlap=3,
        dispute_rule=NO_MAJORITY,
        description="How soon a patient must be seen again, and what needs acting on.",
        deidentified="The notes were written for this project and describe no real patient.",
    ),
    ProjectData(
        key="healthcare-zh",
        name="出院小结标注",
        sector="healthcare",
        language="zh-hans",
        overlap=2,
        dispute_rule=ANY_DIFFERENCE,
        description="判断复诊紧急程度，标出疾病、药物、剂量、症状与身体部位。",
        deidentified="文本为本项目编写，不涉及任何真实患者。",
    ),
    ProjectData(
        key="finance-en",
        name="Earnings sentences",
        sector="finance",
        language="en",
        overlap=3,
        dispute_rule=NO_MAJORITY,
        description="What a statement means for a shareholder, with its figures and guidance.",
    ),
    ProjectData(
        key="finance-zh",
        name="公告与股评情绪",
        sector="finance",
        language="zh-hans",
        overlap=2,
        dispute_rule=ANY_DIFFERENCE,
        description="判断公告与股评的情绪，标出公司、数额与指标。",
    ),
)


def project(key: str) -> ProjectData:
    """The project named `key`; raises KeyError for an unknown one."""
    for candidate in PROJECTS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
