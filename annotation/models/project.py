"""One labelling effort."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.models import Membership
from core.questions import NUMBER, Rows
from core.roles import Capability, Role, roles_that
from experts.models import Sector

if TYPE_CHECKING:
    from core.models import User


class DisputeRule(models.TextChoices):
    ANY_DIFFERENCE = "any_difference", _("Any difference")
    NO_MAJORITY = "no_majority", _("No strict majority")


class Policy(models.TextChoices):
    """How many answers an item gets, and from whom."""

    FIXED = "fixed", _("A fixed number")
    ADAPTIVE = "adaptive", _("As many as it takes")
    TIERED = "tiered", _("Specialists for what is disputed")
    PANEL = "panel", _("The whole panel")


ROLES = "roles"
"""Under which, with the project's number, a request knows a person's roles (`User.known`)."""
_MEMBERS_THAT_LABEL = [role for role in Role if role is not Role.AUDITOR]
"""Whose role in the organisation lets them label where a project is open to its members."""


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: "User") -> "ProjectQuerySet":
        return self.where(user, Capability.SEE_PROJECT)

    def where(self, user: "User", capability: Capability) -> "ProjectQuerySet":
        """Projects in which the person may do this: by a role in the owning organisation, or in the project itself."""
        granting = Membership.objects.granting(user, capability)
        may = Q(organisation__in=granting.filter(project_id=None).values("organisation")) | Q(
            pk__in=granting.exclude(project_id=None).values("project_id")
        )
        if capability is Capability.LABEL:
            member = Membership.objects.current().filter(
                user=user, project_id=None, role__in=_MEMBERS_THAT_LABEL
            )
            may |= Q(open_to_members=True, organisation__in=member.values("organisation"))
        return self.filter(may, deleted_at=None)


class Project(models.Model):
    """`overlap` is how many independent annotations an item wants; `overlap_max` leaves room for adaptive policies.

    `qualified_only`: an item is offered to experts with a qualification in `sector`; otherwise to every member.
    `party_field` names the key of an item's data that holds its parties. `language_required`: whoever judges an item
    knows its language, `needs_required` likewise the speciality and jurisdiction it names (else they only rank).
    `bar_colleagues`: nobody judges what concerns, or was brought in by, an organisation of theirs.
    `residences` (country codes; none: anywhere) says where an expert must live. `walls` holds lists of rooms: who has
    been in one room of a list may not enter another one of it. `weights` rank experts (`algorithms.ranking`).
    `policy` with `stop_at` (the probability that suffices) and `specialists` (answers of the second tier).
    `control_rate` of what an expert is given are control items; who has answered `control_least` of them and is right
    in less than `control_mark` of the last `control_window` is suspended.
    `question_weights` (question key -> how much settling it is worth, 1 where it is not named), `appeal_days` (0: none)
    and `second_look_share` of the decisions are about disputes (`stages.adjudicate.rules`).
    `suggestions`: annotators see what predictions say of an item; their answers then leave agreement out.
    `outcomes_hidden`: annotators are not told what became of their answers.
    `open_to_members`: whoever holds a role in the organisation as a whole, auditors aside, may label.
    `bar_authors`: who brought an item in does not judge it. `deleted_at`: for everybody it is not there any more.
    Partners' people take part by memberships of this project: a role in a partner organisation alone grants nothing.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    organisation = models.ForeignKey("core.Organisation", on_delete=models.PROTECT, related_name="projects")
    partners = models.ManyToManyField("core.Organisation", related_name="shared_projects", blank=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    language = models.CharField(_("language of the texts"), max_length=20, blank=True)
    qualified_only = models.BooleanField(_("qualified experts only"), default=True)
    language_required = models.BooleanField(_("language required"), default=False)
    party_field = models.CharField(_("field of the parties"), max_length=100, blank=True)
    bar_colleagues = models.BooleanField(_("bar colleagues"), default=False)
    bar_authors = models.BooleanField(_("bar who brought it in"), default=True)
    open_to_members = models.BooleanField(_("open to all members"), default=False)
    needs_required = models.BooleanField(_("specialities required"), default=True)
    residences = models.JSONField(_("countries of residence"), default=list, blank=True)
    walls = models.JSONField(_("information barriers"), default=list, blank=True)
    weights = models.JSONField(_("weights"), default=dict, blank=True)
    rate_ceiling = models.DecimalField(
        _("highest rate an item"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    policy = models.CharField(_("policy"), max_length=20, choices=Policy.choices, default=Policy.FIXED)
    stop_at = models.FloatField(_("certain enough at"), default=0.85)
    specialists = models.PositiveSmallIntegerField(_("answers of specialists"), default=1)
    control_rate = models.FloatField(_("share of control items"), default=0)
    control_mark = models.FloatField(_("mark of control items"), default=0.7)
    control_least = models.PositiveSmallIntegerField(default=5)
    control_window = models.PositiveSmallIntegerField(default=20)
    overlap = models.PositiveSmallIntegerField(_("annotations an item"), default=2)
    overlap_max = models.PositiveSmallIntegerField(default=5)
    dispute_rule = models.CharField(
        _("what is a dispute"), max_length=20, choices=DisputeRule.choices, default=DisputeRule.ANY_DIFFERENCE
    )
    question_weights = models.JSONField(_("weights of the questions"), default=dict, blank=True)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=14)
    second_look_share = models.FloatField(_("share of decisions looked at again"), default=0)
    suggestions = models.BooleanField(_("show suggestions"), default=False)
    outcomes_hidden = models.BooleanField(_("hide outcomes"), default=False)
    lease_minutes = models.PositiveIntegerField(_("minutes to answer an item"), default=60)
    licence = models.CharField(_("default licence of its items"), max_length=100, blank=True)
    rights = models.TextField(_("default statement of rights"), blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(overlap__gte=1, overlap_max__lte=50, overlap_max__gte=F("overlap")),
                name="overlap_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def roles_of(self, user: "User") -> set[Role]:
        """The person's roles here, by one query."""
        return {Role(role) for role, _project in self._held_by(user)}

    def memberships_that(self, capability: Capability) -> Q:
        """The memberships that allow something here, ended ones among them; a role in one project opens no more."""
        return _memberships(capability, self.pk, self.organisation_id, open_to_members=self.open_to_members)

    def allows(self, user: "User", capability: Capability) -> bool:
        """Whether one of the person's roles allows something here; nothing does where the project is deleted."""
        if self.deleted_at is not None:
            return False
        here, members = (
            roles_that(capability),
            _members_that(capability, open_to_members=self.open_to_members),
        )
        return any(role in (here if project else members) for role, project in self._held_by(user))

    def _held_by(self, user: "User") -> list[tuple[Any, ...]]:
        """The person's roles here, with the project of those that are for it alone."""
        found = user.known.get((ROLES, self.pk)) if user.known is not None else None
        if found is None:
            found = _roles.ask(user=user.pk, project=self.pk, organisation=self.organisation_id)
            self.know_roles(user, found)
        return list(found)

    def know_roles(self, user: "User", found: Sequence[tuple[Any, ...]]) -> None:
        """Keep what `roles_at` found of the person here, where the request keeps anything."""
        if user.known is not None:
            user.known[ROLES, self.pk] = found


def _members_that(capability: Capability, *, open_to_members: bool) -> list[str]:
    """The roles in the organisation that allow something in each of its projects."""
    of_members = open_to_members and capability is Capability.LABEL
    return [*_MEMBERS_THAT_LABEL] if of_members else roles_that(capability)


def _memberships(capability: Capability, project: Any, organisation: Any, *, open_to_members: bool) -> Q:
    members = _members_that(capability, open_to_members=open_to_members)
    return Q(project_id=project, role__in=roles_that(capability)) | Q(
        project_id=None, organisation=organisation, role__in=members
    )


def roles_at(user: Any, here: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The roles that a person has in projects, each with the project if it is for that alone."""
    return _held(user, Q(project_id__in=here.values("pk")), Q(organisation__in=here.values("organisation")))


def _held(user: Any, project: Q, organisation: Q) -> QuerySet[Any, Any]:
    found = Membership.objects.current().filter(project | Q(organisation, project_id=None), user=user)
    return found.order_by().values_list("role", "project_id")


_roles = Rows[Any](
    lambda user, project, organisation: _held(user, Q(project_id=project), Q(organisation=organisation)),
    user=NUMBER,
    project=NUMBER,
    organisation=NUMBER,
)
