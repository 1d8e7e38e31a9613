"""`manage.py truth DIR`: which answer each item of a folder of labels truly has, and how far to trust whom."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.algorithms.truth import METHODS, Labels, Method, fit
from annotation.algorithms.truth.methods import TooManyClasses, too_large
from annotation.algorithms.truth.numbers import Numbers
from annotation.algorithms.truth.numeric import NUMERIC_METHODS, NumericMethod, fit_numbers
from annotation.algorithms.truth.plain import plain_json
from annotation.algorithms.truth.report import as_json, numbers_as_json
from annotation.formats.label_table import LabelTable, number, read_label_table
from annotation.formats.messages import MESSAGES, FormatError
from annotation.management.meter import Meter
from annotation.management.truth_words import lines
from annotation.problems import sentence

ALL = "all"
KINDS = ("classes", "numbers")
PLAIN = ("default", "majority")
"""What is answered by the majority where there are too many classes for tables."""


class Command(BaseCommand):
    requires_system_checks = ()  # it reads a folder and no database

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Infer the true answers from the labels of a folder.")  # argparse wants text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            metavar="DIR",
            type=Path,
            help=_(
                "holds labels.csv or labels.csv.gz (item,worker,label) and optionally gold.csv (item,label)"
            ),
        )
        names = ", ".join((*METHODS, ALL))
        numeric = ", ".join((*NUMERIC_METHODS, ALL))
        parser.add_argument(
            "--method",
            default="default",
            help=_("%(names)s; of numbers: %(numeric)s") % {"names": names, "numeric": numeric},
        )
        parser.add_argument(
            "--kind", choices=KINDS, help=_("whether labels are classes or numbers (else told from them)")
        )
        parser.add_argument(
            "--json", type=Path, metavar="FILE", help=_("write the figures and every item here")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Infer, show progress, print how right it is; exit status 1 for a folder that cannot be read."""
        try:
            table = read_label_table(options["folder"])
            kind = options["kind"] or table.kind
            names = _names(options["method"], kind)
            found = []
            with Meter(self.stderr, _("Inferring")) as meter:
                for done, figures in enumerate(_figures(table, kind, names), start=1):
                    found.append(figures)
                    meter.show(done / len(names))
        except FormatError as error:
            words = f"{sentence(error.code, error.params)} {_(MESSAGES[error.code].action) % error.params}"
            raise CommandError(f"{error.where}: {words}" if error.where else words) from error
        except TooManyClasses as error:
            about = {"method": options["method"], "labels": f"{len(table.labels):,}"}
            raise CommandError(
                _(
                    "“%(method)s” keeps tables that are too large for %(labels)s different labels. "
                    "Use majority or default."
                )
                % about
            ) from error
        except ValueError as error:
            problem = _("The labels cannot be taken as %(kind)s: %(problem)s.") % {
                "kind": kind,
                "problem": error,
            }
            raise CommandError(problem) from error
        if options["json"]:  # before anything is printed: who reads the lines may stop reading
            _write(options["json"], found[0] if options["method"] != ALL else _together(found))
        if [figures["method"] for figures in found] != [*names]:
            self.stdout.write(_many(table))
        for line in lines(found):
            self.stdout.write(line)


def _names(method: str, kind: str) -> tuple[str, ...]:
    known: tuple[str, ...] = METHODS if kind == "classes" else NUMERIC_METHODS
    if method == ALL:
        return known
    if method not in known:
        words = {"method": method, "names": ", ".join((*known, ALL))}
        if kind == "classes":
            raise CommandError(_("There is no method “%(method)s”. Methods: %(names)s.") % words)
        raise CommandError(_("There is no method “%(method)s” of numbers. Methods: %(names)s.") % words)
    return (method,)


def _figures(table: LabelTable, kind: str, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Each method's object, one after the other."""
    if kind == "classes":
        labels = Labels.from_codes(
            table.items, table.workers, table.labels, table.item, table.worker, table.label
        )
        if too_large(labels) and (len(names) > 1 or names[0] in PLAIN):
            yield plain_json(labels, table.gold)
            return
        classes: dict[str, Method] = {name: name for name in METHODS}
        yield from (as_json(fit(labels, classes[name]), table.gold) for name in names)
        return
    numbers = Numbers.from_codes(table.items, table.workers, table.item, table.worker, table.numbers)
    gold = {item: number(label) for item, label in table.gold.items()}
    methods: dict[str, NumericMethod] = {name: name for name in NUMERIC_METHODS}
    yield from (numbers_as_json(fit_numbers(numbers, methods[name]), gold) for name in names)


def _many(table: LabelTable) -> str:
    return _(
        "There are %(labels)s different labels: too many to learn who confuses what, so this is the majority."
    ) % {"labels": f"{len(table.labels):,}"}


def _together(found: list[dict[str, Any]]) -> dict[str, Any]:
    """What the methods share, and each method's own under its name."""
    shared = {name: found[0][name] for name in ("items", "labels", "workers")}
    return shared | {"method": ALL, "methods": {figures["method"]: figures for figures in found}}


def _write(path: Path, figures: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(figures, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(str(error)) from error
