"""The words of a card for codes: (English, Chinese). A document has its own languages, not its reader's."""

from __future__ import annotations

from collections.abc import Mapping

Both = tuple[str, str]

TERMS: Mapping[str, Mapping[str, Both]] = {
    "kind": {
        "choice": ("one label", "单选"),
        "choices": ("several labels", "多选"),
        "spans": ("spans", "文本区间"),
        "rating": ("rating", "评分"),
        "number": ("number", "数值"),
        "text": ("free text", "自由文本"),
        "datetime": ("date or time", "日期或时间"),
        "ranking": ("ranking", "排序"),
        "relations": ("relations", "关系"),
        "boxes": ("areas of pictures", "图像区域"),
    },
    "field": {
        "text": ("text", "文本"),
        "html": ("HTML", "HTML"),
        "dialogue": ("dialogue", "对话"),
        "chat": ("chat", "聊天"),
        "table": ("table", "表格"),
        "pages": ("pages of a PDF", "PDF 页面"),
        "image": ("picture", "图像"),
        "list": ("list", "列表"),
    },
    "how": {
        "single": ("one annotation", "单份标注"),
        "unanimous": ("unanimous", "一致"),
        "majority": ("majority", "多数"),
        "stopped": ("certain enough (stopping rule)", "足够确定（停止规则）"),
        "weighed": ("weighed by reliability", "按可靠度加权"),
        "adjudicated": ("adjudicated", "裁定"),
        "collected": ("collected", "收集"),
        "imported": ("imported", "导入"),
    },
    "policy": {
        "fixed": ("a fixed number of answers", "固定份数"),
        "adaptive": ("as many answers as it takes", "按需份数"),
        "tiered": ("specialists for what is disputed", "有争议时由专家作答"),
        "panel": ("the whole panel", "全体小组"),
    },
    "dispute_rule": {
        "any_difference": ("any difference is decided by an adjudicator", "有任何分歧即由裁定人裁定"),
        "no_majority": ("no strict majority is decided by an adjudicator", "无严格多数时由裁定人裁定"),
    },
    "written_by": {
        "": ("not stated", "未说明"),
        "people": ("people", "人"),
        "both": ("people and machines", "人与机器"),
        "machines": ("machines", "机器"),
    },
    "split": {
        "train": ("train", "训练集"),
        "validation": ("validation", "验证集"),
        "test": ("test", "测试集"),
    },
    "split_by": {
        "item": ("equal texts", "相同文本"),
        "group": ("the document (group key)", "同一文档（分组键）"),
        "source": ("the source", "同一来源"),
        "party": ("the parties", "同一当事方"),
    },
    "experience": {
        "under_2": ("under 2 years", "不足 2 年"),
        "2_to_5": ("2 to 5 years", "2 至 5 年"),
        "5_to_10": ("5 to 10 years", "5 至 10 年"),
        "over_10": ("over 10 years", "10 年以上"),
    },
    "change": {
        "added": ("added", "新增"),
        "changed": ("changed", "修改"),
        "removed": ("removed", "删除"),
    },
    "reason": {
        "": ("not measured", "未测量"),
        "no_labels": ("nobody has answered", "无人作答"),
        "one_annotator": ("only one person has answered", "只有一人作答"),
        "no_shared_items": ("no item has two answers", "没有样本有两份标注"),
        "one_item": ("only one item has two answers", "只有一个样本有两份标注"),
        "no_variation": ("everybody always gave the same label", "所有人始终给出同一标签"),
        "items_alike": ("the labels show no difference between items", "标签未显示样本间的差别"),
        "label_unused": ("nobody used the label", "无人使用该标签"),
        "no_spans": ("nobody marked a span", "无人标出区间"),
        "no_relations": ("nobody marked a relation", "无人标出关系"),
        "no_text": ("nobody wrote a text", "无人填写文本"),
        "no_overlap": ("no two people marked the same place", "没有两人标出同一处"),
        "too_large": ("too many different answers", "不同的回答过多"),
        "not_computed": ("could not be computed", "无法计算"),
    },
    "yes": {"True": ("yes", "是"), "False": ("no", "否")},
}
"""What a table does not know stands for itself."""


def term(table: str, code: str, language: str) -> str:
    """The word for a code in a language; a code that is not known stands for itself."""
    both = TERMS[table].get(code)
    if both is None:
        return code
    return both[1] if language == "zh-hans" else both[0]
