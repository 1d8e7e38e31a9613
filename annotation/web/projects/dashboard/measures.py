"""Every measure that fits a kind of question, with its value or the reason in words why it has none."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from annotation.models import Agreement, Project
from annotation.models.scopes import FULL
from annotation.web import charts, sentences
from annotation.web.projects.dashboard.asked import Asked, texts_in
from annotation.web.projects.dashboard.few import FEW, few
from annotation.web.projects.dashboard.figure import Cell, Figure, Row, bounds, figure, text

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
    "datetime": ("alpha", "percent"),
    "ranking": ("alpha", "percent", "ranking_tau", "ranking_w"),
    "relations": ("alpha_masi", "percent", "relation_f1"),
}
"""By kind of question, in the order of the table. A question about spans also has `alpha_u` of each label."""


def of_question(asked: Asked, rows: Sequence[Agreement]) -> Figure:
    """The measures of a question: of spans those of their places too. `rows` count now, as a whole."""
    if asked.is_spans:
        title = gettext("%(question)s: places and labels") % {"question": asked.title}
    else:
        title = gettext("%(question)s: every measure that fits") % {"question": asked.title}
    return _figure(asked, rows, "spans" if asked.is_spans else "measures", title)


def of_texts(project: Project) -> list[Figure]:
    """Questions of free text that a full measurement has compared."""
    found = []
    asked = texts_in(project)
    rows = list(_texts(project, asked)) if asked else []
    for one in asked:
        mine = [row for row in rows if row.question == one.key]
        if mine:
            title = gettext("%(question)s: how alike the texts are") % {"question": one.title}
            found.append(_figure(one, mine, "texts", title))
    return found


def _texts(project: Project, asked: Sequence[Asked]) -> Iterable[Agreement]:
    rows = Agreement.objects.current().filter(project=project, scope=FULL)
    return rows.filter(question__in=[one.key for one in asked]).order_by("pk")


def _figure(asked: Asked, rows: Sequence[Agreement], key: str, title: str) -> Figure:
    by_measure = {row.measure: row for row in rows if not row.label}
    fitting = FITTING.get(asked.kind, ())
    names = [*fitting, *(one for one in by_measure if one not in fitting)]
    wanted = [(one, "", by_measure.get(one)) for one in names]
    wanted += [(row.measure, row.label, row) for row in rows if row.label and row.measure == "alpha_u"]
    there = [row for _, _, row in wanted if row is not None and row.value is not None]
    lines = [_line(asked, row) for row in there]
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
        ),
        rows=[_row(asked, *one) for one in wanted],
        svg=charts.forest(title, lines, low=charts.floor_of(lines), marks=charts.QUARTERS) if lines else None,
        said=_said(asked.kind),
        notes=[*_told(asked, wanted), *few(there), _when(asked.kind)],
        question=asked.key,
    )


Wanted = tuple[str, str, Agreement | None]
"""A measure, a label, and what was measured; None where it was not computed at all."""


def _row(asked: Asked, measure: str, label: str, row: Agreement | None) -> Row:
    """The file has in a last column the codes of why there is no value, or of what to bear in mind."""
    cells = [text(sentences.measure(measure), raw=measure)]
    if asked.is_spans:
        cells.append(text(asked.name(label) if label else "–", raw=label))
    items = row.items if row else 0
    cells += [
        figure(row.value if row else None),
        bounds(row.low, row.high) if row else bounds(None, None),
        Cell(charts.number(items), (items, _codes(row)), number=True),
    ]
    return Row(cells, weak=items < FEW)


def _codes(row: Agreement | None) -> str:
    if row is None:
        return "not_computed"
    return row.reason or " ".join(one["code"] for one in row.details.get("warnings", []))


def _told(asked: Asked, wanted: Sequence[Wanted]) -> list[str]:
    """Why measures have no value, and what to bear in mind of those that have one; each sentence once."""
    said: dict[str, list[str]] = {}
    for measure, label, row in wanted:
        for sentence in _sentences(measure, row):
            said.setdefault(sentence, []).append(_name_of(asked, measure, label))
    return [
        gettext("%(names)s: %(sentence)s") % {"names": ", ".join(names), "sentence": sentence}
        for sentence, names in said.items()
    ]


def _sentences(measure: str, row: Agreement | None) -> list[str]:
    if row is None:
        return [_why_missing(measure)]
    if row.value is None:
        return [sentences.reason(row.reason, measure)]
    said_of_all = {"few_items", "no_agreement_coefficient", "few_items_with_label"}
    told = [one for one in row.details.get("warnings", []) if one["code"] not in said_of_all]
    return [sentences.warning(one) for one in told]


def _why_missing(measure: str) -> str:
    """Why a measure that fits has not been computed at all."""
    if measure == "cohen_kappa":
        return gettext(
            "Only where just two people share items, and every item is a document of its own. "
            "For more people there are Conger's and Light's kappa."
        )
    return gettext("Comes with the next full measurement.")


def _line(asked: Asked, row: Agreement) -> charts.Line:
    return charts.Line(
        _name_of(asked, row.measure, row.label), row.value, row.low, row.high, weak=row.items < FEW
    )


def _name_of(asked: Asked, measure: str, label: str) -> str:
    """A measure's short name, with the label where it is of one."""
    return f"{short(measure)} · {asked.name(label)}" if label else short(measure)


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
        "ranking_w": "Kendall W",
        "ranking_tau": "Kendall tau",
        "relation_f1": gettext("F1 of relations"),
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
        "ranking": gettext("Alpha asks whether orders are the same as a whole; tau and W how far they are."),
        "relations": gettext(
            "Alpha counts sets of relations that share some as partly the same; F1 counts the relations, and is not "
            "corrected for chance. Both want the same ends and labels."
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
