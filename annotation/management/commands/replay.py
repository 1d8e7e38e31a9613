"""`manage.py replay DIR`: what labels that were given would have cost under another way of asking."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.algorithms.replay.adaptive import Adaptive
from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policies import DEFAULT, NAMES, Limits, PolicyRefused, policy_of
from annotation.algorithms.replay.policy import run
from annotation.algorithms.replay.report import report
from annotation.algorithms.truth.methods import TooManyClasses
from annotation.formats.label_table import LabelTable, read_label_table
from annotation.formats.messages import MESSAGES, FormatError
from annotation.management.meter import Meter
from annotation.management.replay_words import lines, refused, told_alike
from annotation.problems import sentence


class Command(BaseCommand):
    requires_system_checks = ()  # it reads a folder and no database

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Replay the labels of a folder under a stopping rule.")  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            metavar="DIR",
            type=Path,
            help=_(
                "holds labels.csv or labels.csv.gz (item,worker,label) and optionally gold.csv (item,label)"
            ),
        )
        parser.add_argument("--policy", default=DEFAULT, help=", ".join(NAMES))
        parser.add_argument("--seed", type=int, default=0, help=_("of the order in which people are asked"))
        parser.add_argument(
            "--json", type=Path, metavar="FILE", help=_("write the figures and every item here")
        )
        parser.add_argument("--min", type=int, help=_("labels of an item at least"))
        parser.add_argument("--max", type=int, help=_("labels of an item at most"))
        parser.add_argument("--stop-at", type=float, help=_("the probability at which an item is settled"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, show progress, print what it came to; exit status 1 for a folder that cannot be read."""
        try:
            table = read_label_table(options["folder"])
            policy = policy_of(options["policy"], Limits(options["min"], options["max"], options["stop_at"]))
        except FormatError as error:
            words = f"{sentence(error.code, error.params)} {_(MESSAGES[error.code].action) % error.params}"
            raise CommandError(f"{error.where}: {words}" if error.where else words) from error
        except PolicyRefused as error:
            raise CommandError(refused(error)) from error
        if options["seed"] < 0:
            raise CommandError(_("A seed is a whole number from 0 on."))
        if table.kind == "numbers":
            self.stderr.write(_("The labels look like numbers; each different number is taken for a label."))
        offers = Offers(len(table.items), len(table.workers), table.item, table.worker, table.label)
        board = Board(offers, options["seed"])
        with Meter(self.stderr, _("Replaying")) as meter:
            try:
                endings = run(board, policy, meter.show)
            except TooManyClasses as error:
                raise CommandError(
                    _(
                        "“%(policy)s” keeps tables that are too large for so many different labels. Use %(other)s."
                    )
                    % {"policy": options["policy"], "other": DEFAULT}
                ) from error
        told = report(offers, board, endings, _gold(table), (table.items, table.labels), options["seed"])
        if options["json"]:  # before anything is printed: who reads the lines may stop reading
            _write(options["json"], told.as_json())
        if isinstance(policy, Adaptive) and policy.trusts_alike(board):
            self.stdout.write(told_alike(board))
        for line in lines(told, options["policy"]):
            self.stdout.write(line)


def _gold(table: LabelTable) -> Codes:
    """Each item's gold as a code of the labels; -1 for an item without, -2 for a label that nobody gave."""
    code = {name: at for at, name in enumerate(table.labels)}
    known = [code.get(table.gold[name], -2) if name in table.gold else -1 for name in table.items]
    return np.array(known, dtype=np.int64)


def _write(path: Path, figures: dict[str, object]) -> None:
    try:
        path.write_text(json.dumps(figures, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(str(error)) from error
