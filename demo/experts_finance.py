"""The analysts and accountants of the living example. All of them are invented."""

from __future__ import annotations

from demo.person import CredentialData, Language, Person, Profile

_SAC = "中国证券业协会"

FINANCE: tuple[Person, ...] = (
    Person(
        "Callum Strandberg-Ito",
        "callum@demo.example",
        "annotator",
        profile=Profile(
            sectors=("finance",),
            specialities=("equities", "industrials"),
            languages=(Language("en", "native"), Language("ja", "B2")),
            jurisdictions=("US", "JP"),
            credentials=(
                CredentialData("cfa_charter", "CFA Institute", "DEMO-31190", "", "equities", ends=220),
            ),
            accuracy={"finance": 0.94},
            seconds=35.0,
        ),
    ),
    Person(
        "Beatrix Oyelade",
        "beatrix@demo.example",
        "annotator",
        profile=Profile(
            sectors=("finance",),
            specialities=("financial reporting", "audit"),
            languages=(Language("en", "native"), Language("yo", "native")),
            jurisdictions=("US-TX",),
            credentials=(
                CredentialData(
                    "cpa_licence", "State board of accountancy", "DEMO-104417", "US-TX", "financial reporting"
                ),
            ),
            accuracy={"finance": 0.87},
            bias={"sentiment": "neutral"},
            seconds=31.0,
        ),
    ),
    Person(
        "Leopold Marchbanks",
        "leopold@demo.example",
        "annotator",
        profile=Profile(
            sectors=("finance",),
            specialities=("credit", "banks"),
            languages=(Language("en", "native"), Language("de", "C1")),
            jurisdictions=("GB",),
            # It ran out two months ago: he is not offered an item until he renews it.
            credentials=(
                CredentialData(
                    "chartered_accountant",
                    "ICAEW",
                    "DEMO-C22019",
                    "GB",
                    "financial reporting",
                    starts=-1160,
                    ends=-61,
                ),
            ),
            accuracy={"finance": 0.85},
            seconds=40.0,
        ),
    ),
    Person(
        "许之蘅",
        "zhiheng@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("finance",),
            specialities=("消费行业研究", "equities"),
            languages=(Language("zh-hans", "native"), Language("en", "C2")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData("cfa_charter", "CFA Institute", "DEMO-40872", "", "equities"),
                CredentialData(
                    "cn_securities_qualification", _SAC, "DEMO-S017026", "CN", "证券研究", ends=None
                ),
            ),
            accuracy={"finance": 0.93},
            seconds=28.0,
        ),
    ),
    Person(
        "方采蘩",
        "caifan@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("finance",),
            specialities=("审计", "上市公司财务"),
            languages=(Language("zh-hans", "native"), Language("en", "B2")),
            jurisdictions=("CN",),
            credentials=(CredentialData("cn_cpa", "省注册会计师协会", "DEMO-3301002", "CN", "审计"),),
            accuracy={"finance": 0.86},
            bias={"sentiment": "neutral"},
            seconds=33.0,
        ),
    ),
    Person(
        "孟昭霁",
        "zhaoji@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("finance",),
            specialities=("证券经纪", "市场情绪"),
            languages=(Language("zh-hans", "native"), Language("en", "B1")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData(
                    "cn_securities_qualification", _SAC, "DEMO-S019133", "CN", "证券经纪", ends=None
                ),
            ),
            accuracy={"finance": 0.79},
            bias={"sentiment": "positive"},
            seconds=22.0,
        ),
    ),
)
