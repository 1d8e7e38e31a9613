"""The cards of the home page: what each says is read here, so that the template only shows."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from annotation.desks import answered_today, held_by, left_for
from annotation.formats.schema import outside_notes
from annotation.models import (
    Agreement,
    Assignment,
    Batch,
    Dispute,
    LabelSchema,
    Project,
)
from annotation.stages import lease
from annotation.web.deciding import Waiting, waiting
from annotation.web.missing import Step, next_steps
from annotation.web.projects.batch_rows import with_held
from annotation.web.projects.funnel import Funnel, funnels
from annotation.web.values import Values
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert

_MOST = 24


@dataclass(frozen=True)
class LabelCard:
    """A project that one labels. `capped`: there are `left` items or more. `paused`: nothing is offered now.

    `by_scripts`: the workspace cannot show all that is asked, so that only scripts label it.
    """

    project: Project
    left: int
    capped: bool
    held: Assignment | None
    has_draft: bool
    today: int
    paused: bool
    by_scripts: bool
    missing: Step


@dataclass(frozen=True)
class DecideCard:
    """Disputes of a project that wait for this person, and the first of them."""

    waiting: Waiting
    first: Dispute | None


@dataclass(frozen=True)
class LeadCard:
    """A project whose work one sees."""

    project: Project
    funnel: Funnel
    alphas: list[tuple[str, Agreement]]
    disputes: int
    leads: bool


def label_cards(user: User) -> list[LabelCard]:
    """Projects with work first, those for which something is missing last."""
    projects = (
        Project.objects.where(user, Capability.LABEL).select_related("sector", "organisation").distinct()
    )
    found = list(projects.order_by("pk")[:_MOST])
    if not found:
        return []
    cards = _label_cards(found, expert_of(user))
    return sorted(cards, key=lambda card: (bool(card.missing), card.by_scripts, not (card.held or card.left)))


def _label_cards(projects: list[Project], expert: Expert) -> list[LabelCard]:
    steps = next_steps(projects, expert)
    offering = [one for one in projects if not (steps[one.pk] or one.paused_at)]
    left, held, today = (
        left_for(offering, expert),
        held_by(offering, expert),
        answered_today(projects, expert),
    )
    scripted = _by_scripts(offering)
    return [
        LabelCard(
            project=project,
            left=left.get(project.pk, 0),
            capped=left.get(project.pk, 0) >= lease.COUNT_UP_TO,
            held=held.get(project.pk),
            has_draft=hasattr(held.get(project.pk), "draft"),
            today=today.get(project.pk, 0),
            paused=project.paused_at is not None,
            by_scripts=project.pk in scripted,
            missing=steps[project.pk],
        )
        for project in projects
    ]


def _by_scripts(projects: list[Project]) -> set[int]:
    """Those of whose newest questions the workspace cannot show all. One statement."""
    schemas = LabelSchema.objects.filter(project__in=projects).order_by("version")
    newest = dict(schemas.values_list("project_id", "parsed__notes"))  # the last one of a project stays
    return {project for project, notes in newest.items() if outside_notes(notes or ())}


def decide_cards(user: User) -> list[DecideCard]:
    """Projects with disputes to decide, each with the one that is worth most."""
    rows = waiting(user)
    first = Dispute.objects.in_bulk([row.first for row in rows])
    return [DecideCard(row, first.get(row.first)) for row in rows]


def lead_cards(user: User, capability: Capability) -> list[LeadCard]:
    """Projects in which the person may do this, newest first."""
    seen = Project.objects.where(user, capability).select_related("sector", "organisation").distinct()
    projects = list(seen.order_by("-pk")[:_MOST])
    if not projects:
        return []
    led = set(Project.objects.where(user, Capability.LEAD_PROJECT).values_list("pk", flat=True))
    counts, alphas = funnels(projects), _alphas(projects)
    open_disputes = Dispute.objects.filter(project__in=projects, closed_at=None).values_list("project")
    disputes = dict(open_disputes.annotate(Count("pk")).order_by())
    return [
        LeadCard(
            project=project,
            funnel=counts[project.pk],
            alphas=alphas.get(project.pk, []),
            disputes=disputes.get(project.pk, 0),
            leads=project.pk in led,
        )
        for project in projects
    ]


_HEADLINES = ("alpha", "alpha_ordinal", "alpha_interval", "alpha_masi", "span_f1")


def _alphas(projects: list[Project]) -> dict[int, list[tuple[str, Agreement]]]:
    """The newest headline figure of each question, with the question's title: alpha, or for spans their F1."""
    headline = Agreement.objects.current().filter(
        project__in=projects, scope="", label="", measure__in=_HEADLINES
    )
    newest = LabelSchema.objects.filter(project=OuterRef("project")).order_by("-version").values("pk")[:1]
    schemas = LabelSchema.objects.filter(project__in=projects, pk=Subquery(newest))
    words = {schema.project_id: Values(schema.parsed, {}) for schema in schemas}
    found: dict[int, list[tuple[str, Agreement]]] = {}
    for figure in headline.order_by("pk"):
        title = words[figure.project_id].title(figure.question)
        found.setdefault(figure.project_id, []).append((title, figure))
    return found


def batch_cards(user: User) -> list[Batch]:
    """What a contributor brought in lately."""
    seen = Project.objects.where(user, Capability.SEE_WORK).values("pk")
    mine = Batch.objects.visible_to(user).filter(created_by=user).exclude(project__in=seen)
    return list(with_held(mine.order_by("-pk"))[:_MOST])
