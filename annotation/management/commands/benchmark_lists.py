"""`manage.py benchmark_lists`: build the lists that items are compared with, from what ASSAY_BENCHMARKS names."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.formats.plain_texts import texts_of


class Command(BaseCommand):
    requires_system_checks = ()  # it reads files and no database

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Build the lists that items are compared with, from the files of ASSAY_BENCHMARKS.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a list for each path, named like it; lists of paths that are no longer named are removed."""
        from annotation.algorithms.quality.known_lists import SUFFIX, build  # numpy

        folder = settings.ASSAY_HOME / "benchmarks"
        folder.mkdir(parents=True, exist_ok=True)
        kept = set()
        for path in map(Path, settings.ASSAY_BENCHMARKS):
            name = path.name.split(".")[0] or "list"
            target = folder / f"{name}{SUFFIX}"
            if target in kept:
                raise CommandError(_("Two paths are called “%(name)s”: rename one.") % {"name": name})
            if not path.exists():
                raise CommandError(_("There is nothing at %(path)s.") % {"path": path})
            try:
                count = build(texts_of(path), target)
            except (OSError, ValueError) as error:
                raise CommandError(
                    _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error}
                ) from error
            kept.add(target)
            self.stdout.write(
                _("%(name)s: %(count)s runs of thirteen words") % {"name": name, "count": count}
            )
        for path in set(folder.glob(f"*{SUFFIX}")) - kept:
            path.unlink()
            self.stdout.write(_("%(name)s: removed") % {"name": path.name.removesuffix(SUFFIX)})
