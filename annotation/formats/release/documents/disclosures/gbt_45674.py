"""A record of annotation security after GB/T 45674-2025, as far as a database of annotation can fill it.

GB/T 45674-2025 (网络安全技术 生成式人工智能数据标注安全规范) asks for rules, people, verification and records.
Its final text was not at hand, nor all of the public draft of 2024: parts, keys and titles are ours, after what could
be read of it, and the file says so.
"""

from __future__ import annotations

from typing import Any

from annotation.formats.release.documents.card_terms import term
from annotation.formats.release.documents.disclosures.entry import entry
from annotation.formats.release.documents.facts import Facts

STANDARD = "GB/T 45674-2025 网络安全技术 生成式人工智能数据标注安全规范"
KEYS = (
    "字段名称与标题为 Assay 自拟：编写时未能核对标准正式文本，章节依所能读到的 2024 年公开征求意见稿编排。"
    "Parts, keys and titles are Assay's own, after what could be read of the draft of 2024: the standard's final text "
    "could not be checked."
)
_ISSUER = "由数据提供方补充 (to be added by the issuer)"


def gbt_45674(facts: Facts) -> dict[str, Any]:
    """The document as a JSON object."""
    return {
        "standard": STANDARD,
        "keys": KEYS,
        "task": _task(facts),
        "rules": _rules(facts),
        "people": _people(facts),
        "verification": _verification(facts),
        "security": _security(facts),
    }


def _task(facts: Facts) -> dict[str, Any]:
    return {
        "name": entry("任务名称 (task)", facts.name),
        "organisation": entry("标注机构 (organisation)", facts.organisation),
        "software": entry("标注工具 (tool)", f"Assay {facts.software}"),
        "items": entry("样本数 (items)", facts.items),
        "questions": entry(
            "标注内容 (what was asked)",
            [
                {"key": one.key, "kind": term("kind", one.kind, "zh-hans"), "title": one.title}
                for one in facts.questions
            ],
        ),
        "period": entry("定稿起止日期 (days on which gold was settled)", [facts.first_day, facts.last_day]),
        "sources": entry(
            "数据来源 (sources)",
            [{"name": one.name, "licence": one.licence, "items": one.items} for one in facts.sources],
        ),
        "safety_task": entry("功能性标注或安全性标注 (functional or safety annotation)", None, _ISSUER),
    }


def _rules(facts: Facts) -> dict[str, Any]:
    told = facts.guideline
    return {
        "version": entry("标注规范版本 (guideline version)", told.version),
        "sha256": entry("标注规范文本的 SHA-256 (of its text)", told.sha256),
        "answers_by_version": entry("各版本下的标注数 (answers by version)", dict(told.answers)),
        "changes": entry("最近一次修改 (last change)", [list(one) for one in told.changes]),
    }


def _people(facts: Facts) -> dict[str, Any]:
    who, how = facts.people, facts.process
    return {
        "annotators": entry("标注人员数 (annotators)", who.annotators),
        "adjudicators": entry("审核裁定人员数 (adjudicators)", who.adjudicators),
        "qualification": entry("资质证书类别 (classes of credential)", dict(who.classes)),
        "qualified_only": entry("仅限具备资格者 (qualified people only)", how.qualified_only),
        "exam": entry("上岗考核 (exam before the first item)", how.exam),
        "undertaking": entry("承诺书 (undertaking)", how.undertaking),
        "training": entry("安全培训 (training in security)", None, _ISSUER),
        "separation": entry(
            "岗位分离 (separation of duties)",
            "标注人不得裁定自己标注的样本；带入样本者不作判断："
            + ("是" if how.bar_authors else "否")
            + "。(Nobody decides a dispute about an item that they annotated.)",
        ),
        "barriers": entry("信息隔离 (information barriers)", how.walls),
        "suspensions": entry("暂停标注次数 (suspensions)", how.suspensions),
    }


def _verification(facts: Facts) -> dict[str, Any]:
    how = facts.process
    return {
        "overlap": entry("每个样本的标注份数 (answers an item)", dict(how.per_item)),
        "blind": entry("盲态标注 (given blind)", {"answers": how.answers, "blind": how.blind}),
        "control": entry(
            "质控抽检 (control items)",
            {"rate": how.control_rate, "answers": how.control_answers, "right": how.control_right},
        ),
        "second_looks": entry(
            "裁定复核 (decisions looked at again)", {"looks": how.looks, "same": how.looks_same}
        ),
        "settled": entry(
            "定稿方式 (how gold was settled)", {one.key: dict(one.settled) for one in facts.questions}
        ),
        "agreement": entry(
            "一致性 (agreement)",
            [
                {
                    "question": one.question,
                    "label": one.label,
                    "measure": one.measure,
                    "value": one.value,
                    "low": one.low,
                    "high": one.high,
                }
                for one in facts.headline
            ],
        ),
        "gate": entry(
            "发布门槛 (gate)",
            [{"check": one.check, "asked": one.asked, "passed": one.passed} for one in facts.checks],
        ),
        "waivers": entry(
            "豁免 (waivers)",
            [{"check": one.check, "by": one.by, "reason": one.reason} for one in facts.waivers],
            "" if facts.waivers else "无 (none)",
        ),
        "bad_items": entry("剔除的样本 (items left out)", facts.bad_items),
    }


def _security(facts: Facts) -> dict[str, Any]:
    statements = sorted({one.deidentified for one in facts.rights} - {""})
    return {
        "deidentification": entry("去标识化声明 (de-identification)", statements),
        "personal": entry(
            "个人信息检查 (check for personal data)",
            None
            if facts.personal is None
            else {
                "found": facts.personal.found,
                "open": facts.personal.open,
                "written": facts.personal.written,
            },
        ),
        "pseudonyms": entry(
            "标注人员假名化 (pseudonyms)", "HMAC-SHA-256，仅在本发布版本内有效 (this release only)"
        ),
        "audit": entry("日志 (audit trail)", "保存于服务器，不随发布版本提供 (kept on the server)"),
        "integrity": entry("完整性 (integrity)", "SHA-256、默克尔根、Ed25519 签名 (Merkle root, signature)"),
        "incidents": entry("安全事件 (incidents)", None, _ISSUER),
    }
