"""`manage.py check_texts BATCH…`: look at the texts of batches again, as the button on a batch's page does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotation.management.progress import acting_person, finish, work_here
from annotation.models import Batch, QualityStep
from annotation.stages.quality import asking
from core import jobs
from core.models import Job
from core.roles import Capability


class Command(BaseCommand):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.help = _("Look at the texts of batches again; their flags are replaced.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batches", nargs="+", metavar="BATCH", help=_("the ids of batches"))
        parser.add_argument(
            "--by", metavar="EMAIL", help=_("whom the audit trail names (an owner by default)")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each and print how many items each step flagged."""
        work_here()
        for uid in options["batches"]:
            batch = Batch.objects.select_related("project").filter(uid=uid).first()
            if batch is None:
                raise CommandError(_("There is no batch “%(uid)s”.") % {"uid": uid})
            by = acting_person(batch.project, options["by"], Capability.BRING_BATCHES)
            asking.check_again(batch=batch, by=by)
            waiting = Job.objects.filter(kind=asking.QUALITY, args__batch=batch.pk, state__in=jobs.UNFINISHED)
            for job in waiting:
                finish(job)
            for step in QualityStep.objects.filter(batch=batch).order_by("pk"):
                said = step.error or _("%(count)s flagged") % {"count": step.flagged}
                self.stdout.write(f"{batch.uid} {step.get_key_display()}: {said}")
