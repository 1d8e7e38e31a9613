"""`manage.py recompute PROJECT`: compute a stored run's figures again from the answers that it saw, and compare."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.formats.answers import AnswerInvalid
from annotation.management.commands.ingest import find_project
from annotation.models import MeasureRun, Project
from annotation.models.agreement import RunKind
from core.refusals import NotFound

SHOWN = 500
"""Of more figures only those that differ are printed."""


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Compute a project's stored figures again from the answers they saw, and compare.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help=_("the project's id or name"))
        parser.add_argument(
            "--run",
            type=int,
            metavar="N",
            help=_("the number of a run of agreement, truth or replay (by default the newest of agreement)"),
        )
        parser.add_argument(
            "--json", type=Path, metavar="FILE", help=_("write the comparison to this file too")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each figure as it was stored and as it comes out now. Exit code 1 where one differs."""
        from annotation.stages.statistics.recomputing_runs import recompute_any  # numpy

        project = find_project(options["project"])
        run = _run(project, options["run"])
        try:
            found = recompute_any(project, run)
        except NotFound as error:
            raise CommandError(
                _("A later run has taken the place of run %(run)s, and no totals of it were kept.")
                % {"run": run.number}
            ) from error
        except AnswerInvalid as error:
            raise CommandError(
                _("A stored answer cannot be read any more: %(what)s") % {"what": error}
            ) from error
        self._print(found)
        if options["json"]:
            options["json"].write_text(json.dumps(_json(found), indent=1, ensure_ascii=False) + "\n")
        if not found.equal:
            raise CommandError(_("What comes out differs from what is stored."))

    def _print(self, found: Any) -> None:
        run = found.run
        self.stdout.write(
            _("Run %(run)s of %(at)s, computed by version %(version)s; this is version %(now)s")
            % {
                "run": run.number,
                "at": f"{run.at:%Y-%m-%d %H:%M:%S} UTC",
                "version": run.code_version,
                "now": settings.ASSAY_VERSION,
            }
        )
        self.stdout.write(
            _("answers: %(count)s, hash %(hash)s: %(verdict)s")
            % {"count": found.answers, "hash": found.seen_hash, "verdict": _verdict(found.hash_equal)}
        )
        for row in found.rows:
            if row.equal and len(found.rows) > SHOWN:
                continue
            name = " / ".join(part for part in row.key if part)
            self.stdout.write(f"{name}: {_said(row.stored)} | {_said(row.again)} | {_verdict(row.equal)}")
        differing = sum(not row.equal for row in found.rows)
        self.stdout.write(
            _("%(count)s figures, %(differing)s differ") % {"count": len(found.rows), "differing": differing}
        )


def _run(project: Project, number: int | None) -> MeasureRun:
    from annotation.stages.statistics import recomputing

    try:
        return recomputing.find_run(project, number)
    except NotFound as error:
        kept = MeasureRun.objects.filter(project=project).order_by("-number")
        newest = kept.values_list("number", "kind")[:10]
        told = ", ".join(f"{run} ({RunKind(kind).label})" for run, kind in newest) or _("none")
        raise CommandError(
            _("There is no such run. The newest that are kept: %(runs)s.") % {"runs": told}
        ) from error


def _verdict(equal: bool) -> str:
    return _("equal") if equal else _("DIFFERENT")


def _said(values: Any) -> str:
    if values is None:
        return "–"
    if "of" in values or "value" not in values:
        return _facts(values)
    if values["value"] is None:
        return str(values.get("reason") or "–")
    if not isinstance(values["value"], float):
        return f"{values['value']} ({values['probability']:.12g})"
    bounds = "" if values.get("low") is None else f" [{values['low']:.12g}, {values['high']:.12g}]"
    return f"{values['value']:.12g}{bounds}"


def _facts(values: Any) -> str:
    """Figures by their names; what is not there is left out."""
    shown = {name: value for name, value in values.items() if value is not None}
    return ", ".join(
        f"{name} {value:.12g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in shown.items()
    )


def _json(found: Any) -> dict[str, Any]:
    return {
        "run": found.run.number,
        "at": found.run.at.isoformat(),
        "seed": found.run.seed,
        "code_version": found.run.code_version,
        "answers": found.answers,
        "seen_hash": {"stored": found.run.seen_hash, "again": found.seen_hash, "equal": found.hash_equal},
        "figures": [
            dict(zip(("question", "scope", "measure", "label"), row.key, strict=True))
            | {"stored": row.stored, "recomputed": row.again, "equal": row.equal}
            for row in found.rows
        ],
        "equal": found.equal,
    }
