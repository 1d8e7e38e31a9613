"""What a replay came to, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.algorithms.replay.alike import too_few
from annotation.algorithms.replay.board import Board
from annotation.algorithms.replay.policies import NAMES, PolicyRefused
from annotation.algorithms.replay.reading import too_large
from annotation.algorithms.replay.report import Report
from annotation.algorithms.replay.scores import Bin
from annotation.management.counted import items, labels

BAR = 20
_OPTIONS = {"least": "--min", "most": "--max", "stop_at": "--stop-at"}


def refused(problem: PolicyRefused) -> str:
    """Why a policy cannot be had, and what to do."""
    words = {name: str(value) for name, value in problem.params.items()} | {"names": ", ".join(NAMES)}
    if "limit" in words:
        words["limit"] = _OPTIONS[words["limit"]]
    match problem.code:
        case "no_labels":
            return _("“%(policy)s” asks for no label. Ask for one at least, as in fixed3.") % words
        case "least":
            return _("--min is %(least)s: an item needs one label at least.") % words
        case "most":
            return _("--max is %(most)s and --min %(least)s: the most labels of an item cannot be fewer than the "
                     "least.") % words  # fmt: skip
        case "chance":
            return _("--stop-at is %(chance)s: give a probability above 0, and 1 at most.") % words
        case "not_taken":
            return _("“%(policy)s” takes no %(limit)s. Leave it out, or choose another policy.") % words
    return _("There is no policy “%(policy)s”. Policies: %(names)s, fixedK for any K from 1.") % words


def told_alike(board: Board) -> str:
    """Why nobody was trusted more than anybody else."""
    if too_large(board):
        return _(
            "There are too many different labels to learn who confuses what, so all people were trusted alike."
        )
    if too_few(board):
        return _(
            "Fewer than three people labelled: nothing tells whom to trust more, so all were trusted alike."
        )
    return _("People gave too few labels each to be told apart, so all were trusted alike.")


def lines(told: Report, policy: str) -> Iterator[str]:
    """The report: what was asked, what it saves, how right it was, how well it knew that."""
    yield _("%(policy)s: %(labels)s labels an item, %(items)s, %(all)s in all") % {
        "policy": policy,
        "labels": f"{told.labels_per_item:.3f}",
        "items": items(told.items),
        "all": labels(round(told.labels_per_item * told.items)),
    }
    if told.adjudicated:
        yield ngettext(
            "%(items)s item goes to an adjudicator, counted as one label.",
            "%(items)s items go to an adjudicator, each counted as one label.",
            told.adjudicated,
        ) % {"items": f"{told.adjudicated:,}"}
    yield _("The busiest annotator gave %(share)s of the labels.") % {"share": f"{told.busiest_share:.1%}"}
    for k, (given, right) in told.fixed.items():
        yield _compared(told, k, given, right)
    if told.told is None:
        yield _("No item's answer is known (gold.csv), so accuracy and calibration are not measured.")
        return
    yield ngettext(
        "Accuracy %(accuracy)s on %(known)s item whose answer is known.",
        "Accuracy %(accuracy)s on %(known)s items whose answer is known.",
        told.told.known,
    ) % {"accuracy": f"{told.told.accuracy:.2%}", "known": f"{told.told.known:,}"}
    yield _("Calibration: ECE %(ece)s, Brier score %(brier)s.") % {
        "ece": f"{told.told.ece:.4f}",
        "brier": f"{told.told.brier:.4f}",
    }
    yield _("How often an answer is right, by the probability given to it (| marks that probability):")
    for one in told.told.bins:
        yield _drawn(one)


def _compared(told: Report, k: int, given: float, right: float | None) -> str:
    saved = 1 - told.labels_per_item / given
    words = {"k": k, "given": f"{given:.3f}", "saved": f"{abs(saved):.1%}"}
    if saved >= 0:
        said = _("Fixed majority of %(k)s: %(given)s labels an item; this is %(saved)s fewer.") % words
    else:
        said = _("Fixed majority of %(k)s: %(given)s labels an item; this is %(saved)s more.") % words
    if right is None or told.told is None:
        return said
    gained = round(100 * (told.told.accuracy - right), 2) + 0.0  # no -0.00
    points = {"right": f"{right:.2%}", "points": f"{gained:+.2f}"}
    return f"{said} {_('Its accuracy is %(right)s; this is %(points)s points from it.') % points}"


def _drawn(one: Bin) -> str:
    """One bin of the reliability diagram: a bar as long as the accuracy, a mark at the mean posterior."""
    bar = list("█" * round(one.accuracy * BAR) + "·" * (BAR - round(one.accuracy * BAR)))
    bar[min(round(one.posterior * BAR), BAR - 1)] = "|"
    return f"  {one.posterior:.3f} {''.join(bar)} {one.accuracy:.3f}  {one.items:>7,}"
