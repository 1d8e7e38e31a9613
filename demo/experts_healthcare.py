"""The clinicians of the living example. All of them are invented."""

from __future__ import annotations

from demo.person import CredentialData, Language, Person, Profile

_GMC = "General Medical Council"
_HEALTH = "卫生健康委员会"

HEALTHCARE: tuple[Person, ...] = (
    Person(
        "Dr Nadira Holtzen",
        "nadira@demo.example",
        "annotator",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("internal medicine", "cardiology"),
            languages=(Language("en", "native"),),
            jurisdictions=("US-OH",),
            credentials=(
                CredentialData(
                    "medical_licence", "State medical board", "DEMO-35077", "US-OH", "internal medicine"
                ),
                CredentialData(
                    "board_certification",
                    "American Board of Medical Specialties member board",
                    "DEMO-IM9921",
                    "US",
                    "internal medicine",
                    ends=24,  # soon to expire: the profile page warns
                ),
            ),
            accuracy={"healthcare": 0.95},
            seconds=80.0,
        ),
    ),
    Person(
        "Dr Caspian Okonjo-Wells",
        "caspian@demo.example",
        "annotator",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("general practice",),
            languages=(Language("en", "native"), Language("pt", "B2")),
            jurisdictions=("GB",),
            credentials=(CredentialData("medical_licence", _GMC, "DEMO-7041188", "GB", "general practice"),),
            accuracy={"healthcare": 0.88},
            bias={"urgency": "soon"},
            seconds=55.0,
        ),
    ),
    Person(
        "Owen Tadlow",
        "owen@demo.example",
        "annotator",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("discharge planning", "wound care"),
            languages=(Language("en", "native"),),
            jurisdictions=("GB",),
            credentials=(
                CredentialData(
                    "registered_nurse", "Nursing and Midwifery Council", "DEMO-12B3344", "GB", "adult"
                ),
            ),
            accuracy={"healthcare": 0.84},
            bias={"urgency": "urgent", "findings": "support_needed"},
            seconds=42.0,
        ),
    ),
    Person(
        "罗静漪",
        "jingyi@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("心血管内科",),
            languages=(Language("zh-hans", "native"), Language("en", "C1")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData("cn_physician_licence", _HEALTH, "DEMO-110310200", "CN", "内科", ends=None),
            ),
            accuracy={"healthcare": 0.93},
            seconds=62.0,
        ),
    ),
    Person(
        "贺云岫",
        "yunxiu@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("呼吸内科", "急诊"),
            languages=(Language("zh-hans", "native"), Language("en", "B1")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData("cn_physician_licence", _HEALTH, "DEMO-110420117", "CN", "内科", ends=None),
            ),
            accuracy={"healthcare": 0.88},
            bias={"urgency": "urgent"},
            seconds=48.0,
        ),
    ),
    Person(
        "唐维桢",
        "weizhen@demo.example",
        "annotator",
        language="zh-hans",
        profile=Profile(
            sectors=("healthcare",),
            specialities=("临床药学",),
            languages=(Language("zh-hans", "native"), Language("en", "B2")),
            jurisdictions=("CN",),
            credentials=(
                CredentialData(
                    "cn_pharmacist_licence", "药品监督管理局", "DEMO-442150088", "CN", "临床药学", ends=410
                ),
            ),
            accuracy={"healthcare": 0.83},
            bias={"findings": "medication_change"},
            seconds=50.0,
        ),
    ),
)
