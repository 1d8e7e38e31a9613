"""What a project asks of its releases before they are published, and how their items are split."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project


class SplitBy(models.TextChoices):
    """What stays together in one split, so that nothing leaks."""

    ITEM = "item", _("Equal texts")
    GROUP = "group", _("The document (group key)")
    SOURCE = "source", _("The source")
    PARTY = "party", _("The parties")


def usual_shares() -> dict[str, float]:
    """Eight, one and one in ten."""
    return {"train": 0.8, "validation": 0.1, "test": 0.1}


class ReleasePolicy(models.Model):
    """A project without one has the usual: `policy_of` gives it, not saved. What is null is not asked.

    `alpha_floor`: the least lower end of alpha's interval, for every compared question. `least_overlap`: answers that
    count, an item. `second_look_share` of the decisions were looked at again blind, and agreed to at least
    `second_look_agreement`. `licence`: the release's; empty: the project's, or else the organisation's. `credentials`:
    every counted answer was given under a qualification in force at that time. `shares` add up to 1; `stratify` names
    the question whose gold labels are spread evenly. Once items are drawn, `split_by` and `seed` stay.
    `contact`, `limits` and `use` are texts of the card.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="release_policy")
    alpha_floor = models.FloatField(_("lower bound of alpha"), null=True, blank=True)
    least_overlap = models.PositiveSmallIntegerField(_("answers an item"), null=True, blank=True)
    disputes_settled = models.BooleanField(_("every dispute settled"), default=True)
    second_look_share = models.FloatField(_("share of decisions looked at again"), null=True, blank=True)
    second_look_agreement = models.FloatField(_("agreement of second looks"), null=True, blank=True)
    credentials = models.BooleanField(_("credentials valid when labelling"), default=True)
    licences = models.BooleanField(_("licences of all sources fit"), default=True)
    licence = models.CharField(_("licence of the release"), max_length=100, blank=True)
    personal = models.BooleanField(_("no open personal-data finding"), default=True)
    duplicates = models.BooleanField(_("no repeats across splits"), default=True)
    shares = models.JSONField(_("shares of the splits"), default=usual_shares)
    split_by = models.CharField(
        _("kept together"), max_length=10, choices=SplitBy.choices, default=SplitBy.GROUP
    )
    stratify = models.CharField(_("spread evenly by"), max_length=100, blank=True)
    seed = models.BigIntegerField(_("seed"), default=0)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    limits = models.TextField(_("known limits"), blank=True)
    use = models.TextField(_("intended use"), blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.project_id}"

    FROZEN: ClassVar[tuple[str, ...]] = (
        "alpha_floor",
        "least_overlap",
        "disputes_settled",
        "second_look_share",
        "second_look_agreement",
        "credentials",
        "licences",
        "licence",
        "personal",
        "duplicates",
        "shares",
        "split_by",
        "stratify",
        "seed",
        "contact",
        "limits",
        "use",
    )

    def frozen(self) -> dict[str, Any]:
        """As a release keeps what it was asked under."""
        return {name: getattr(self, name) for name in self.FROZEN}


def policy_of(project: Project) -> ReleasePolicy:
    """The project's policy, or the usual one, not saved."""
    return ReleasePolicy.objects.filter(project=project).first() or ReleasePolicy(project=project)
