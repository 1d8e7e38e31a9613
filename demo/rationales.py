"""What the example's adjudicators write when they decide, and what the lead learns from it for the guideline."""

from __future__ import annotations

# Project key -> question key -> (clause of the project's guideline, rationale in its language).
RATIONALES: dict[str, dict[str, tuple[str, str]]] = {
    "legal-en": {
        "clause_type": (
            "1.8",
            "The main verb of the first operative sentence decides the type, not the heading.",
        ),
        "risk": (
            "2.2",
            "The rating follows the number of one-sided features, read from the words as drafted.",
        ),
        "mentions": (
            "3.4",
            "The obligation runs from the modal verb to the end of the duty; conditions stay outside.",
        ),
    },
    "legal-zh": {
        "clause_type": ("1.8", "以第一个有实际效力的句子为准，不看标题。"),
        "risk": ("2.2", "按文字所含的严重情形计数评分，不考虑法院是否调整。"),
        "mentions": ("3.4", "义务从“应”“不得”等词起，到义务内容结束为止，不含条件。"),
    },
    "healthcare-en": {
        "urgency": ("1.4", "The findings in the note decide, not the appointment that was booked."),
        "findings": ("2.1", "Only what the next clinician has to act on is chosen."),
        "mentions": (
            "3.5",
            "Each mention is marked, without spaces or punctuation at its edges; denied terms are not.",
        ),
    },
    "healthcare-zh": {
        "urgency": ("1.4", "按文中情况判断患者的实际需要，不以已预约的时间为准。"),
        "findings": ("2.1", "只选下一位医生需要处理的情况；已恢复正常的不选。"),
        "mentions": ("3.6", "名称整体与其中的身体部位分别标注；否认的症状不标。"),
    },
    "finance-en": {
        "sentiment": ("1.4", "What concerns the future outweighs results, and facts outweigh tone."),
        "mentions": ("2.2", "Amounts carry their sign, currency and unit; counts and years are left out."),
        "guidance": ("3.3", "The first figure that the company itself gives for a period not yet ended."),
    },
    "finance-zh": {
        "sentiment": ("1.4", "涉及未来的信息优先于已实现的业绩，事实优先于语气。"),
        "mentions": ("2.2", "数额连同正负号、币种和单位标出，股数、人数和年份不标。"),
        "guidance": ("3.1", "只填公司自己对尚未结束的期间给出的数字。"),
    },
}


def rationale(key: str, question: str) -> tuple[str, str]:
    """The clause and the rationale for a decision on `question` in the project `key`; raises KeyError."""
    return RATIONALES[key][question]


# Project key -> what the second version of its guideline adds at the end.
ADDITIONS: dict[str, str] = {
    "legal-en": "## 5. Examples\n\n"
    "5.1 “The Customer shall pay within 30 days; if it does not, the Supplier may terminate”: Payment (1.8). "
    "The Obligation is “shall pay”; the period is a Date.\n\n"
    "5.2 A cap in one sentence and an exception to it in the next are one feature (2.2), not two.\n",
    "legal-zh": "## 5. 示例\n\n5.1 “甲方应于三十日内付款，逾期的，乙方有权解除合同”：按 1.8 归入价款与支付。\n",
    "healthcare-en": "## 5. Examples\n\n"
    "5.1 “Potassium 5.9 at discharge, recheck in clinic in two weeks”: Urgent (1.4). The finding decides.\n",
    "healthcare-zh": "## 5. 示例\n\n5.1 “出院时血钾 5.9，两周后门诊复查”：按 1.4 为紧急，以检查结果为准。\n",
    "finance-en": "## 5. Examples\n\n"
    "5.1 “Record revenue; we now expect the full year at the low end of guidance”: Negative (1.4).\n",
    "finance-zh": "## 5. 示例\n\n5.1 “营收创新高，但下调全年指引”：按 1.4 为负面，以涉及未来的信息为准。\n",
}


def addition(key: str) -> str:
    """What the second version of a project's guideline adds; raises KeyError."""
    return ADDITIONS[key]
