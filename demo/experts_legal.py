"""The lawyers of the living example. All of them are invented."""

from __future__ import annotations

from demo.person import CredentialData, Language, Person, Profile

_SRA = "Solicitors Regulation Authority"
_MOJ = "中华人民共和国司法部"

LEGAL: tuple[Person, ...] = (
    Person(
        "Harriet Vanterpool",
        "harriet@demo.example",
        "annotator",
        profile=Profile(
            sectors=("legal",),
            specialities=("commercial contracts", "technology"),
            languages=(Language("en", "native"), Language("fr", "B1")),
            jurisdictions=("GB",),
            credentials=(
                CredentialData("solicitor_roll", _SRA, "DEMO-588201", "GB", "commercial contracts"),
            ),
            accuracy={"legal": 0.94},
            seconds=75.0,
        ),
    ),
    Person(
        "Tobias Ekwueme-Reyes",
        "tobias@demo.example",
        "annotator",
        profile=Profile(
            sectors=("legal",),
            specialities=("mergers", "commercial contracts"),
            languages=(Language("en", "native"), Language("es", "C1")),
            jurisdictions=("US-NY",),
            credentials=(
                CredentialData(
                    "attorney_admission", "State supreme court", "DEMO-5120077", "US-NY", "corporate"
                ),
                CredentialData(
                    "law_degree", "Larkspur University", "DEMO-JD-2014", "US", ends=None, starts=-4300
                ),
            ),
            accuracy={"legal": 0.88},
            bias={"clause_type": "liability_cap"},
            seconds=52.0,
        ),
    ),
    Person(
        "Isolde Brannigan-Shaw",
        "isolde@demo.example",
        "annotator",
        profile=Profile(
            sectors=("legal",),
            specialities=("employment", "commercial contracts"),
            languages=(Language("en", "native"), Language("ga", "B2")),
            jurisdictions=("IE", "GB"),
            credentials=(
                CredentialData("solicitor_roll", "Law Society of Ireland", "DEMO-S21930", "IE", "employment"),
            ),
            accuracy={"legal": 0.82},
            bias={"clause_type": "other"},
            seconds=44.0,
        ),
    ),
    Person(
        "Marguerite Castellane",
        "marguerite@demo.example",
        "annotator",
        profile=Profile(
            sectors=("legal",),
            specialities=("intellectual property",),
            languages=(Language("en", "C2"), Language("fr", "native")),
            jurisdictions=("US-CA",),
            # Nobody has looked at it yet: she is not offered an item, and the page says why.
            credentials=(
                CredentialData(
                    "attorney_admission", "State bar", "DEMO-338142", "US-CA", "patents", verified=False
                ),
            ),
            accuracy={"legal": 0.90},
            seconds=60.0,
        ),
    ),
    Person(
        "梁砚秋",
        "yanqiu@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("legal",),
            specialities=("买卖合同", "跨境交易"),
            languages=(Language("zh-hans", "native"), Language("en", "C1")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData("cn_lawyer_licence", "直辖市司法局", "DEMO-13101201", "CN", "公司商事"),
                CredentialData(
                    "cn_legal_qualification", _MOJ, "DEMO-A2009310", "CN", ends=None, starts=-5200
                ),
            ),
            accuracy={"legal": 0.93},
            seconds=58.0,
        ),
    ),
    Person(
        "顾蘅芷",
        "hengzhi@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("legal",),
            specialities=("建设工程", "租赁合同"),
            languages=(Language("zh-hans", "native"), Language("en", "B1")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData("cn_lawyer_licence", "省级司法厅", "DEMO-13302015", "CN", "建设工程"),
            ),
            accuracy={"legal": 0.87},
            bias={"clause_type": "breach"},
            seconds=46.0,
        ),
    ),
    Person(
        "江予澄",
        "yucheng@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("legal",),
            specialities=("企业法务", "数据合规"),
            languages=(Language("zh-hans", "native"), Language("en", "B2")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData(
                    "cn_legal_qualification", _MOJ, "DEMO-A2016771", "CN", ends=None, starts=-3300
                ),
            ),
            accuracy={"legal": 0.80},
            bias={"clause_type": "other"},
            seconds=39.0,
        ),
    ),
)
