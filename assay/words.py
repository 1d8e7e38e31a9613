"""What the command says, in English and Chinese: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping

from assay.problems import Problem

LANGUAGES = ("en", "zh")
_EN, _ZH = range(2)
WORDS: Mapping[str, tuple[str, str]] = {
    # of any document
    "missing": ("The file is missing.", "文件缺失。"),
    "unreadable": ("It cannot be read: {reason}.", "无法读取：{reason}。"),
    "not_a_file": ("It is a link or no plain file.", "这是链接，或不是普通文件。"),
    "too_large": ("It has more than {most} bytes.", "超过 {most} 字节。"),
    "line_end_missing": ("It does not end with a line end.", "末尾缺少换行符。"),
    "not_canonical_text": ("It is no UTF-8.", "不是 UTF-8 编码。"),
    "not_canonical_json": ("It is no JSON.", "不是 JSON。"),
    "not_canonical_twice": ("A key stands in it twice.", "其中有重复的键。"),
    "not_canonical_form": (
        "It says it in another form than the canonical one.",
        "内容不是规范形式的 JSON。",
    ),
    # the manifest
    "format_unknown": (
        "Its format is {format}; this program knows {known}.",
        "其格式为 {format}；本程序只认识 {known}。",
    ),
    "manifest_form": ("“{field}” does not have the form that it should.", "“{field}”的形式不对。"),
    "path_outside": ("It lists a path that is not allowed: {path}.", "其中列出了不允许的路径：{path}。"),
    "path_twice": ("It lists a file twice: {path}.", "其中重复列出了文件：{path}。"),
    "row_files": (
        "The files of rows are not those of the record: {path}.",
        "行文件与记录文件不一致：{path}。",
    ),
    # the signature
    "envelope_form": (
        "It is no envelope of the known form: a field is too much, is missing or has another value.",
        "信封的形式不对：字段多余、缺失或取值不同。",
    ),
    "envelope_base64": ("It holds Base64 that is not canonical.", "其中的 Base64 不是规范形式。"),
    "statement_form": (
        "The signed statement does not have the known form.",
        "已签名的声明形式不对。",
    ),
    "key_other": (
        "It is signed by another key than those given: {key}.",
        "签名所用的密钥不是给定的密钥：{key}。",
    ),
    "key_differs": (
        "The key that it names is not the key that it is signed by.",
        "其中写明的密钥与签名密钥不一致。",
    ),
    "signature_wrong": ("The signature is wrong.", "签名错误。"),
    "manifest_other": (
        "It is not the manifest that was signed.",
        "这不是签名时的清单。",
    ),
    "statement_differs": (
        "The signed statement says something else of rows or gate than the manifest.",
        "已签名的声明对行或发布门槛的说法与清单不同。",
    ),
    # the gate
    "gate_failed": (
        "The check “{check}” failed ({figure}), and nobody waived it.",
        "检查项“{check}”未通过（{figure}），且无人豁免。",
    ),
    "gate_closed": ("The release did not pass its gate.", "该发布版本未通过发布门槛。"),
    "waiver_form": (
        "The waiver of “{check}” lacks a name, a reason or a check.",
        "“{check}”的豁免缺少姓名、理由或检查项。",
    ),
    # files and rows
    "extra": ("The manifest does not list this file.", "清单中没有此文件。"),
    "empty_folder": ("An empty folder belongs to no release.", "发布版本中不应有空文件夹。"),
    "tar_header": (
        "Its header in the archive is not Assay's: damaged, or packed again. Unpack it and check the folder.",
        "归档中该文件的头部与 Assay 写入的不同：已损坏，或被重新打包过。请解包后检查文件夹。",
    ),
    "tar_padding": (
        "What stands behind it in the archive is not zero, as it should be.",
        "归档中该文件之后的填充应为零，但不是零。",
    ),
    "tar_end": (
        "The archive does not end as Assay ends it: something is missing, or stands behind the end.",
        "归档的结尾与 Assay 写入的不同：内容有缺失，或结尾之后还有内容。",
    ),
    "longer": (
        "It is longer than the {said} bytes that the manifest says.",
        "比清单所写的 {said} 字节更长。",
    ),
    "shorter": (
        "It has {found} bytes; the manifest says {said}.",
        "有 {found} 字节；清单写的是 {said} 字节。",
    ),
    "changed": ("Its SHA-256 is not that of the manifest.", "其 SHA-256 与清单不符。"),
    "file_rows": ("It has {found} rows; the manifest says {said}.", "有 {found} 行；清单写的是 {said} 行。"),
    "row_line_end": ("Row {row} does not end with a line end.", "第 {row} 行末尾缺少换行符。"),
    "row_not_canonical_text": ("Row {row} is no UTF-8.", "第 {row} 行不是 UTF-8 编码。"),
    "row_not_canonical_json": ("Row {row} is no JSON.", "第 {row} 行不是 JSON。"),
    "row_not_canonical_twice": ("A key stands twice in row {row}.", "第 {row} 行有重复的键。"),
    "row_not_canonical_form": (
        "Row {row} is not written in the canonical form.",
        "第 {row} 行不是规范形式的 JSON。",
    ),
    "row_form": ("Row {row} is no record of an item.", "第 {row} 行不是样本记录。"),
    "rows_counted": (
        "The files hold {found} rows; the manifest says {said}.",
        "文件共有 {found} 行；清单写的是 {said} 行。",
    ),
    "root_differs": (
        "The Merkle root over the rows is another one.",
        "各行的默克尔树根与清单不符。",
    ),
    # one row
    "proof_form": ("It is no proof of the known form.", "证明的形式不对。"),
    "row_not_in": (
        "The row is not row {row} of the signed release.",
        "该行不是已签名发布版本的第 {row} 行。",
    ),
    "row_other": (
        "Your row is not the one that is proved.",
        "您的行与所证明的行不同。",
    ),
    # wrong use
    "key_unreadable": (
        "This is no public key. Give an Ed25519 key as Base64, hexadecimal digits, PEM or a file of one of these.",
        "这不是公钥。请给出 Ed25519 公钥：Base64、十六进制、PEM，或包含其中之一的文件。",
    ),
    "no_release": (
        "There is no release here: give its folder, or a tar of it that is not compressed.",
        "这里没有发布版本：请给出其文件夹或未压缩的 tar 文件。",
    ),
    "no_such_item": ("No row of the release is of this item.", "发布版本中没有该样本的行。"),
    # verdicts
    "good": ("Good: intact, and signed by the key given.", "良好：完整无损，并由给定的密钥签名。"),
    "broken": ("BROKEN: do not use this release.", "已损坏：请勿使用此发布版本。"),
    "intact, origin unknown": (
        "Intact, origin unknown: anybody may have made it. Give the publisher's public key with --key.",
        "完整无损，来源未知：任何人都可能制作它。请用 --key 给出发布者的公钥。",
    ),
    "more": ("… and {count} more.", "……另有 {count} 项。"),
    "unchecked": (
        "Not checked. `assay verify` says whether to believe it.",
        "未经检查。是否可信请用 `assay verify` 检查。",
    ),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "waiver": ("“{check}” waived by {by}: {reason}", "“{check}”由 {by} 豁免：{reason}"),
    "check_passed": ("passed", "通过"),
    "check_failed": ("FAILED", "未通过"),
    "check_unasked": ("not asked", "未要求"),
    "fact_name": ("Release", "发布版本"),
    "fact_organisation": ("Publisher", "发布机构"),
    "fact_licence": ("Licence", "许可证"),
    "fact_formats": ("Formats", "格式"),
    "fact_splits": ("Splits", "数据划分"),
    "fact_rows": ("Rows", "行数"),
    "fact_root": ("Merkle root", "默克尔树根"),
    "fact_files": ("Files", "文件数"),
    "fact_key": ("Key", "密钥"),
    "fact_index": ("Index", "序号"),
    "fact_item": ("Item", "样本"),
    "fact_gate": ("Gate passed", "通过发布门槛"),
}


def say(code: str, language: str, **params: object) -> str:
    """The sentence of a code, safe to print."""
    words = WORDS[code][_ZH if language == "zh" else _EN]
    return plain(words.format(**params))


def problem_line(problem: Problem, language: str) -> str:
    """Where, and what."""
    return f"{plain(problem.where)}: {say(problem.code, language, **problem.params)}"


def plain(text: object) -> str:
    """One line without control characters: what stands in a stranger's file must not steer a terminal."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in str(text))
