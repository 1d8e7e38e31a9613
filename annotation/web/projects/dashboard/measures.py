"""Every measure that fits a kind of question, with its value or the reason in words why it has none."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, ngettext

from annotation.models import Agreement, Project
from annotation.models.scopes import FULL
from annotation.web import charts, sentences
from annotation.web.projects.dashboard.asked import Asked, texts_in
from annotation.web.projects.dashboard.figure import Cell, Figure, Row, bounds, count, figure, text

FEW = 100  # items: below, a figure is not ground for a decision, and grey
_NUMBERS = ("percent", "icc_1", "icc_2", "icc_2k", "kendall_w")
FITTING = {
    "choice": (
        "alpha",
        "percent",
        "gwet_ac1",
        "cohen_kappa",
        "fleiss_kappa",
        "conger_kappa",
        "light_kappa",
        "brennan_prediger",
    ),
    "choices": ("alpha_masi", "alpha_jaccard", "percent"),
    "rating": ("alpha_ordinal", *_NUMBERS),
    "number": ("alpha_interval", *_NUMBERS),
    "spans": (
        "span_f1",
        "span_f1_relaxed",
        "span_f1_char",
        "u_alpha",
        "u_alpha_binary",
        "cu_alpha",
        "gamma",
        "gamma_cat",
    ),
    "text": ("text_exact", "text_normalised", "text_edits", "text_ngrams"),
}
"""By kind of question, in the order of the table. A question about spans also has `alpha_u` of each label."""


def of_question(project: Project, asked: Asked, rows: Sequence[Agreement]) -> Figure:
    """The measures of a question: of spans those of their places too. `rows` count now, as a whole."""
    if asked.is_spans:
        title = gettext("%(question)s: places and labels") % {"question": asked.title}
    else:
        title = gettext("%(question)s: every measure that fits") % {"question": asked.title}
    return _figure(project, asked, rows, "spans" if asked.is_spans else "measures", title)


def of_texts(project: Project) -> list[Figure]:
    """Questions of free text that a full measurement has compared."""
    found = []
    asked = texts_in(project)
    rows = list(_texts(project, asked)) if asked else []
    for one in asked:
        mine = [row for row in rows if row.question == one.key]
        if mine:
            title = gettext("%(question)s: how alike the texts are") % {"question": one.title}
            found.append(_figure(project, one, mine, "texts", title))
    return found


def _texts(project: Project, asked: Sequence[Asked]) -> Iterable[Agreement]:
    rows = Agreement.objects.current().filter(project=project, scope=FULL)
    return rows.filter(question__in=[one.key for one in asked]).order_by("pk")


def _figure(project: Project, asked: Asked, rows: Sequence[Agreement], key: str, title: str) -> Figure:
    by_measure = {row.measure: row for row in rows if not row.label}
    fitting = FITTING.get(asked.kind, ())
    wanted = [*fitting, *(one for one in by_measure if one not in fitting)]
    lines = [_line(measure, "", by_measure.get(measure)) for measure in wanted]
    shown = [_row(measure, "", by_measure.get(measure), asked) for measure in wanted]
    for row in (one for one in rows if one.label and one.measure == "alpha_u"):
        label = asked.name(row.label)
        lines.append(_line(row.measure, label, row))
        shown.append(_row(row.measure, label, row, asked))
    there = [row for row in rows if row.value is not None]
    return Figure(
        key,
        title,
        codes=("measure", *(("label",) if asked.is_spans else ()), "value", "low", "high", "items", "note"),
        head=(
            gettext("Measure"),
            *((gettext("Label"),) if asked.is_spans else ()),
            gettext("Value"),
            gettext("95% interval"),
            gettext("Items"),
            gettext("To note"),
        ),
        rows=shown,
        svg=charts.forest(title, lines, low=_floor(lines), marks=charts.QUARTERS),
        said=_said(asked.kind),
        notes=[_when(asked.kind), *_few(there)],
        question=asked.key,
        project=project.uid,
        wide=True,
        open_table=True,
    )


def _row(measure: str, label: str, row: Agreement | None, asked: Asked) -> Row:
    cells = [text(sentences.measure(measure), raw=measure)]
    if asked.is_spans:
        cells.append(text(label or "–", raw=row.label if row else ""))
    cells += [
        figure(row.value if row else None),
        bounds(row.low, row.high) if row else bounds(None, None),
        count(row.items if row else 0),
        _note(measure, row),
    ]
    return Row(cells, weak=row is None or row.items < FEW)


def _note(measure: str, row: Agreement | None) -> Cell:
    """Why there is no value, or what to bear in mind; the file has the codes."""
    if row is None:
        return text(why_missing(measure), raw="not_measured")
    if row.value is None:
        return text(sentences.reason(row.reason, measure), raw=row.reason)
    told = [one for one in row.details.get("warnings", []) if one["code"] != "few_items"]
    return text(" ".join(sentences.warning(one) for one in told), raw=" ".join(one["code"] for one in told))


def why_missing(measure: str) -> str:
    """Why a measure that fits has not been computed at all."""
    if measure == "cohen_kappa":
        return gettext(
            "Only where just two people share items, and every item is a document of its own. "
            "For more people there are Conger's and Light's kappa."
        )
    return gettext("Comes with the next full measurement.")


def _line(measure: str, label: str, row: Agreement | None) -> charts.Line:
    name = f"{short(measure)} · {label}" if label else short(measure)
    if row is None:
        return charts.Line(name, None, note=why_missing(measure), weak=True)
    if row.value is None:
        return charts.Line(name, None, note=sentences.reason(row.reason, measure), weak=True)
    return charts.Line(name, row.value, row.low, row.high, weak=row.items < FEW)


def short(measure: str) -> str:
    """What stands beside a line; the table has the whole name."""
    names = {
        "alpha": gettext("Alpha"),
        "alpha_ordinal": gettext("Alpha, ordinal"),
        "alpha_interval": gettext("Alpha, interval"),
        "alpha_masi": gettext("Alpha, MASI"),
        "alpha_jaccard": gettext("Alpha, Jaccard"),
        "percent": gettext("Percent"),
        "gwet_ac1": "AC1",
        "cohen_kappa": "Cohen",
        "fleiss_kappa": "Fleiss",
        "conger_kappa": "Conger",
        "light_kappa": "Light",
        "brennan_prediger": "Brennan-Prediger",
        "icc_1": "ICC(1,1)",
        "icc_2": "ICC(2,1)",
        "icc_2k": "ICC(2,k)",
        "kendall_w": "Kendall W",
        "span_f1": gettext("Exact F1"),
        "span_f1_relaxed": gettext("Relaxed F1"),
        "span_f1_char": gettext("F1 of characters"),
        "u_alpha": "u-alpha",
        "u_alpha_binary": "|u|-alpha",
        "cu_alpha": "cu-alpha",
        "gamma": "Gamma",
        "gamma_cat": "Gamma-cat",
        "alpha_u": "alpha-U",
        "text_exact": gettext("Equal"),
        "text_normalised": gettext("Equal but for form"),
        "text_edits": gettext("By edits"),
        "text_ngrams": gettext("By runs of characters"),
    }
    return names.get(measure, measure)


def _said(kind: str) -> str:
    """How to read them together."""
    numbers = gettext(
        "ICC(1,1) is for items that each have people of their own. ICC(2,1), of one answer, and ICC(2,k), of the mean "
        "of all, want items that everybody answered; so does Kendall's W, which compares orders alone: "
        "by chance it is 1 divided by the number of people."
    )
    return {
        "choice": gettext(
            "They differ in what they take for chance. Where one is far from the others, labels are unevenly "
            "frequent or people use them unevenly often: look at the labels, not at the highest figure."
        ),
        "choices": gettext(
            "Both alphas count sets that share a label as partly the same; MASI more strictly."
        ),
        "rating": numbers,
        "number": numbers,
        "spans": gettext(
            "Where relaxed F1 is far above the exact one, people see the same things and cut them differently."
        ),
        "text": gettext(
            "These are similarities, no agreement coefficients: two people who write about the same thing share "
            "much by chance, which is not taken into account."
        ),
    }.get(kind, "")


def _when(kind: str) -> str:
    if kind in ("spans", "text"):
        return gettext("Computed with the last full measurement, once a day.")
    return gettext(
        "Alpha and what is made of counts is kept while answers arrive; "
        "the others come with a full measurement, once a day."
    )


def _floor(lines: Sequence[charts.Line]) -> float:
    return charts.floor_of(one for line in lines for one in (line.value, line.low))


def _few(rows: Sequence[Agreement]) -> list[str]:
    least = min((row.items for row in rows), default=FEW)
    if least >= FEW:
        return []
    return [
        ngettext(
            "Grey: fewer than 100 items (the least here is %(items)s item), not ground for a decision.",
            "Grey: fewer than 100 items (the least here is %(items)s items), not ground for a decision.",
            least,
        )
        % {"items": least}
    ]
