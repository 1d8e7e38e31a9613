"""The sentences of a card: (English, Chinese). Places in braces are filled with words that are escaped already."""

from __future__ import annotations

from collections.abc import Mapping

from annotation.formats.release.documents.card_terms import Both

WORDS: Mapping[str, Both] = {
    "languages_links": ("[简体中文](README.zh-Hans.md)", "[English](README.md)"),
    "none_stated": ("not stated", "未说明"),
    "none_shown": ("none shown", "未出示"),
    "others": ("others", "其他"),
    "more": ("and {count} more", "另有 {count} 项"),
    "listed": (", ", "、"),
    # what it is
    "summary": ("What it is", "概述"),
    "intro": (
        "A gold set of {items} items in the sector {sector}, labelled and settled in Assay by {organisation}.",
        "{sector}领域的金标签数据集，共 {items} 个样本，由{organisation}在 Assay 中标注并定稿。",
    ),
    "days": (
        "Its gold labels were settled from {first} to {last}.",
        "金标签定稿时间为 {first} 至 {last}。",
    ),
    "fact": ("fact", "事实"),
    "value": ("value", "值"),
    "version": ("version", "版本"),
    "items": ("items", "样本数"),
    "languages": ("languages", "语言"),
    "licence": ("licence", "许可证"),
    "software": ("software", "软件"),
    "organisation": ("organisation", "机构"),
    "sector": ("sector", "领域"),
    # use
    "use": ("Intended use", "预期用途"),
    "use_unstated": ("Whoever made it has not stated an intended use.", "制作方未说明预期用途。"),
    "load": ("How to load it", "如何加载"),
    "load_words": (
        "`gold/` holds the whole record, a JSON object a line; `manifest.json` lists every file with its SHA-256.",
        "`gold/` 中是完整记录，每行一个 JSON 对象；`manifest.json` 列出每个文件及其 SHA-256。",
    ),
    "format": ("format", "格式"),
    "records": ("records", "记录数"),
    "files": ("files", "文件数"),
    # task
    "task": ("Task", "任务"),
    "shown": ("What an item shows", "样本内容"),
    "field": ("field", "字段"),
    "kind": ("kind", "类型"),
    "question": ("question", "问题"),
    "asked": ("asked", "提问"),
    "label": ("label", "标签"),
    "gold": ("gold labels", "金标签"),
    "carried": ("in gold", "金标签中"),
    "part": ("share", "占比"),
    "labels_of": ("Labels of `{question}`:", "`{question}` 的标签："),
    # sources
    "sources": ("Sources and licences", "来源与许可证"),
    "source": ("source", "来源"),
    "rights": ("statement of rights", "权利说明"),
    "written_by": ("texts written by", "文本作者"),
    "deidentified": ("statement of de-identification", "去标识化声明"),
    # people
    "people": ("Who annotated", "标注人员"),
    "people_words": (
        (
            "{annotators} people annotated, {adjudicators} decided disputes. Nobody is named; in the record they are "
            "pseudonyms that hold in this release only. Cells of fewer than three people are counted together."
        ),
        (
            "{annotators} 人参与标注，{adjudicators} 人裁定争议。不公布姓名；记录中使用仅在本发布版本内有效的假名。"
            "少于三人的类别合并计数。"
        ),
    ),
    "class": ("class of credential", "资质证书类别"),
    "jurisdiction": ("jurisdiction", "司法辖区"),
    "experience": ("experience", "从业经验"),
    "persons": ("people", "人数"),
    # guideline
    "guideline": ("Guideline", "标注规范"),
    "guideline_words": (
        "Version {version}, SHA-256 of its text `{sha256}`.",
        "第 {version} 版，文本的 SHA-256 为 `{sha256}`。",
    ),
    "guideline_version": ("guideline version", "标注规范版本"),
    "answers": ("answers", "标注数"),
    "clause": ("clause", "条款"),
    "change": ("last change", "最近一次修改"),
    # process
    "process": ("Process", "过程"),
    "policy_words": (
        "Asked for: {policy}, {overlap} an item to begin with and {overlap_max} at most; {rule}.",
        "作答方式：{policy}，每个样本起初 {overlap} 份，至多 {overlap_max} 份；{rule}。",
    ),
    "stop_words": (
        "Asking stops when the likeliest answer has a probability of {stop_at}.",
        "当最可能的答案概率达到 {stop_at} 时停止提问。",
    ),
    "blind_words": (
        "{blind} of {answers} answers were given before anybody's answer was shown.",
        "{answers} 份标注中有 {blind} 份在看到他人回答之前给出。",
    ),
    "suggestions_words": (
        "Annotators were shown suggestions of machines.",
        "标注人可以看到机器建议。",
    ),
    "no_suggestions_words": (
        "No suggestions of machines were shown to annotators.",
        "未向标注人显示机器建议。",
    ),
    "qualified_words": (
        "Only people with a qualification in the sector were given items.",
        "仅向具备该领域资格的人员派发样本。",
    ),
    "open_words": (
        "Items were open to every member of the organisation.",
        "机构的所有成员均可标注。",
    ),
    "exam_words": ("An exam had to be passed first.", "须先通过考试。"),
    "undertaking_words": ("An undertaking had to be accepted first.", "须先接受承诺书。"),
    "authors_words": (
        "Who brought an item in did not judge it.",
        "带入样本的人不对其作判断。",
    ),
    "control_words": (
        "{right} of {answers} answers to control items with a known answer were right.",
        "对已知答案的质控样本，{answers} 份回答中有 {right} 份正确。",
    ),
    "looks_words": (
        "{looks} decisions were looked at again blind by somebody else; {same} came to the same.",
        "{looks} 项裁定由他人在盲态下复核，其中 {same} 项结论相同。",
    ),
    "per_item": ("answers an item", "每个样本的标注数"),
    # agreement
    "agreement": ("Agreement", "一致性"),
    "agreement_words": (
        (
            "Measured on the first blind answers of each item, with intervals of 95 percent. Where there is no figure "
            "the reason stands instead."
        ),
        "以每个样本最初的盲态标注测得，附 95% 区间。没有数值时给出原因。",
    ),
    "measure": ("measure", "指标"),
    "interval": ("interval", "区间"),
    # settled
    "settled": ("How gold was settled", "金标签如何定稿"),
    "settled_words": (
        "Dissent is kept beside the gold label: who said otherwise is no error by that.",
        "异议与金标签一并保留：持不同意见并不等于错误。",
    ),
    "how": ("how", "方式"),
    "dissent": ("with dissent", "有异议"),
    # splits
    "splits": ("Splits", "数据划分"),
    "splits_words": (
        "Drawn once with seed {seed} and never moved. Kept together: {by}.",
        "以种子 {seed} 一次抽定，不再移动。保持在一起的单位：{by}。",
    ),
    "stratified_words": (
        "Spread evenly by the gold labels of `{question}`.",
        "按 `{question}` 的金标签分层。",
    ),
    "split": ("split", "划分"),
    "rows": ("rows", "行数"),
    "share": ("wanted share", "目标比例"),
    # gate
    "gate": ("Gate", "发布门槛"),
    "check": ("check", "检查项"),
    "found": ("found", "结果"),
    "verdict": ("verdict", "结论"),
    "passed": ("passed", "通过"),
    "failed": ("failed", "未通过"),
    "waived": ("failed, waived", "未通过，已豁免"),
    "unasked": ("not asked", "未要求"),
    "waiver_words": (
        "Waiver for *{check}*, by {by}: {reason}",
        "豁免*{check}*，由{by}作出：{reason}",
    ),
    # personal data
    "personal": ("Personal data", "个人信息"),
    "personal_words": (
        "The check at the door found {found} places that look like personal data; {open} of them nobody has looked at.",
        "导入检查发现 {found} 处疑似个人信息，其中 {open} 处尚未有人查看。",
    ),
    "personal_unchecked": (
        "{items} items were never looked through.",
        "有 {items} 个样本从未检查。",
    ),
    "personal_written": (
        "In answers in free text and in reasons of decisions {written} places look like personal data.",
        "自由文本回答与裁定理由中有 {written} 处疑似个人信息。",
    ),
    "personal_none": (
        "The check at the door for personal data has not been made of these items.",
        "未对这些样本作个人信息导入检查。",
    ),
    # limits
    "limits": ("Known limits", "已知局限"),
    "limit_few_items": (
        "Only {items} items: figures and models that rest on them are uncertain.",
        "只有 {items} 个样本：据此得出的数值和模型不确定性较大。",
    ),
    "limit_small_split": (
        "Only {rows} rows in {split}: a figure measured there is uncertain.",
        "{split}只有 {rows} 行：在其上测得的数值不确定性较大。",
    ),
    "limit_empty_split": (
        "There is no row in {split}, which was to have a share of {share}: too few groups that stay together.",
        "{split}没有任何行，目标比例为 {share}：须保持在一起的单位过少。",
    ),
    "limit_wide_interval": (
        "The agreement on `{question}` is known from {low} to {high} only.",
        "`{question}` 的一致性仅知在 {low} 至 {high} 之间。",
    ),
    "limit_no_figure": (
        "There is no figure of agreement on `{question}`: {reason}.",
        "`{question}` 没有一致性数值：{reason}。",
    ),
    "limit_no_alpha": (
        "There is no alpha of `{question}` ({reason}); of its agreement `{measure}` is known, {value}.",
        "`{question}` 没有 alpha 值（{reason}）；其一致性仅有 `{measure}`，为 {value}。",
    ),
    "limit_low_agreement": (
        "The agreement on `{question}` may be as low as {low}: the question itself may be unclear.",
        "`{question}` 的一致性可能低至 {low}：问题本身可能不够明确。",
    ),
    "limit_language": (
        "Only {items} items in {language}.",
        "{language}样本只有 {items} 个。",
    ),
    "limit_no_language": (
        "The language of {items} items is not stated.",
        "{items} 个样本未说明语言。",
    ),
    "limit_rare_label": (
        "Labels of `{question}` with fewer than ten gold answers: {labels}.",
        "`{question}` 中金标签不足十个的标签：{labels}。",
    ),
    "limit_single": (
        "{gold} gold labels of `{question}` rest on one annotation.",
        "`{question}` 有 {gold} 个金标签仅依据一份标注。",
    ),
    "limit_bad_items": (
        "{items} items that cannot be judged are left out: the hardest ones may be missing.",
        "{items} 个无法判断的样本未收入：最难的样本可能缺失。",
    ),
    "limit_suggestions": (
        "Annotators saw suggestions of machines, which may have drawn their answers.",
        "标注人看到了机器建议，其回答可能受到影响。",
    ),
    "limit_machines": (
        "Texts of {items} items were written by machines, wholly or in part.",
        "{items} 个样本的文本全部或部分由机器撰写。",
    ),
    "limit_written_unstated": (
        "Of {items} items it is not stated whether people wrote the texts.",
        "{items} 个样本未说明文本是否由人撰写。",
    ),
    "limit_waived": (
        "A check of the gate failed and was waived: {check}.",
        "发布门槛有一项检查未通过而被豁免：{check}。",
    ),
    "limit_notes": (
        "Parts of the labelling config are not represented: {notes}.",
        "标注配置中有部分内容未体现：{notes}。",
    ),
    "limits_none": ("None was found by the checks that look for them.", "自动检查未发现局限。"),
    # the end
    "verify": ("Check it", "核验"),
    "verify_words": (
        (
            "`manifest.json` is signed in `manifest.dsse.json`. `assay verify` checks files, rows, signature and gate "
            "offline, with the organisation's public key."
        ),
        "`manifest.json` 的签名在 `manifest.dsse.json` 中。`assay verify` 凭机构公钥离线核验文件、行、签名与发布门槛。",
    ),
    "contact": ("Contact", "联系方式"),
}
