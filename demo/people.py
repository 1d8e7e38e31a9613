"""The organisation of the living example and everybody in it. All of them are invented."""

from __future__ import annotations

from demo.experts_finance import FINANCE
from demo.experts_healthcare import HEALTHCARE
from demo.experts_legal import LEGAL
from demo.person import CredentialData, Language, Person, Profile

ORGANISATION = {
    "name": "Quillmere Assay House",
    "slug": "quillmere",
    "rights": "Texts written for the Assay project, CC-BY-4.0; no text describes a real person or company.",
    "licence": "CC-BY-4.0",
}

STAFF: tuple[Person, ...] = (
    Person("Rosalind Achterberg", "rosalind@demo.example", "owner"),
    Person("Emeka Thornbury", "emeka@demo.example", "lead"),
    Person(
        "Ottoline Fray",
        "ottoline@demo.example",
        "adjudicator",
        profile=Profile(
            sectors=("legal", "finance"),
            specialities=("commercial contracts", "securities regulation"),
            languages=(Language("en", "native"), Language("zh-hans", "C1")),
            jurisdictions=("GB", "HK"),
            credentials=(
                CredentialData(
                    "solicitor_roll", "Solicitors Regulation Authority", "DEMO-600114", "GB", "contracts"
                ),
                CredentialData("cfa_charter", "CFA Institute", "DEMO-27718", "", "equities"),
            ),
            accuracy={"legal": 0.97, "finance": 0.86},
            seconds=140.0,
        ),
    ),
    Person(
        "裴望舒",
        "wangshu@demo.example",
        "adjudicator",
        language="zh-hans",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("internal medicine", "clinical coding"),
            languages=(Language("zh-hans", "native"), Language("en", "C2")),
            jurisdictions=("CN", "US"),
            credentials=(
                CredentialData(
                    "cn_physician_licence", "卫生健康委员会", "DEMO-110330001", "CN", "内科", ends=None
                ),
                CredentialData(
                    "medical_licence", "State medical board", "DEMO-M40921", "US-MA", "internal medicine"
                ),
            ),
            accuracy={"healthcare": 0.97},
            seconds=150.0,
        ),
    ),
    Person(
        "Ignatius Vell",
        "ignatius@demo.example",
        "adjudicator",
        profile=Profile(
            sectors=("legal",),
            specialities=("commercial contracts",),
            languages=(Language("en", "native"), Language("zh-hans", "C1")),
            jurisdictions=("GB",),
            credentials=(
                CredentialData(
                    "solicitor_roll", "Solicitors Regulation Authority", "DEMO-600871", "GB", "contracts"
                ),
            ),
            accuracy={"legal": 0.8},
            seconds=120.0,
        ),
    ),
    Person(
        "Perpetua Lindqvist-Rao",
        "perpetua@demo.example",
        "adjudicator",
        profile=Profile(
            sectors=("finance",),
            specialities=("equities", "financial reporting"),
            languages=(Language("en", "native"), Language("de", "C1")),
            jurisdictions=("SE", "GB"),
            credentials=(
                CredentialData("cfa_charter", "CFA Institute", "DEMO-38055", "", "financial reporting"),
            ),
            accuracy={"finance": 0.99},
            seconds=130.0,
        ),
    ),
    Person("Bartholomew Quist", "bartholomew@demo.example", "contributor"),
    Person("Solveig Marchetti-Dunne", "solveig@demo.example", "auditor"),
)

EXPERTS: tuple[Person, ...] = LEGAL + HEALTHCARE + FINANCE

PEOPLE: tuple[Person, ...] = STAFF + EXPERTS
