"""The cards of the home page: what each says is read here, so that the template only shows."""

from dataclasses import dataclass

from django.utils import timezone

from annotation.models import Agreement, Annotation, Assignment, Batch, Dispute, Project
from annotation.stages import lease
from annotation.web.deciding import Waiting, waiting
from annotation.web.missing import next_step
from annotation.web.projects.agreement import newest_run
from annotation.web.projects.batch_rows import with_held
from annotation.web.projects.funnel import Funnel, funnel
from annotation.web.values import Values
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert

_MOST = 24


@dataclass(frozen=True)
class LabelCard:
    """A project that one labels. `capped`: there are `left` items or more. `paused`: nothing is offered now."""

    project: Project
    left: int
    capped: bool
    held: Assignment | None
    has_draft: bool
    today: int
    paused: bool
    missing: str


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
    expert = expert_of(user)
    cards = [_label_card(project, expert) for project in found]
    return sorted(cards, key=lambda card: (card.missing != "", not (card.held or card.left)))


def _label_card(project: Project, expert: Expert) -> LabelCard:
    missing = next_step(project, expert)
    held = (
        Assignment.objects.open()
        .filter(expert=expert, project=project, lease_until__gt=timezone.now())
        .first()
    )
    offered = not (missing or project.paused_at)
    left = lease.count_left(project, expert) if offered else 0
    answered = Annotation.objects.filter(expert=expert, project=project, retracted_at=None)
    return LabelCard(
        project=project,
        left=left,
        capped=left >= lease.COUNT_UP_TO,
        held=held if offered else None,
        has_draft=held is not None and hasattr(held, "draft"),
        today=answered.filter(created_at__date=timezone.localdate()).count(),
        paused=project.paused_at is not None,
        missing=missing,
    )


def decide_cards(user: User) -> list[DecideCard]:
    """Projects with disputes to decide, each with its oldest."""
    return [
        DecideCard(row, Dispute.objects.to_decide_by(user).filter(project=row.project).order_by("pk").first())
        for row in waiting(user)
    ]


def lead_cards(user: User, capability: Capability) -> list[LeadCard]:
    """Projects in which the person may do this, newest first."""
    projects = Project.objects.where(user, capability).select_related("sector", "organisation").distinct()
    led = set(Project.objects.where(user, Capability.LEAD_PROJECT).values_list("pk", flat=True))
    return [
        LeadCard(
            project=project,
            funnel=funnel(project),
            alphas=_alphas(project),
            disputes=Dispute.objects.filter(project=project, closed_at=None).count(),
            leads=project.pk in led,
        )
        for project in projects.order_by("-pk")[:_MOST]
    ]


def _alphas(project: Project) -> list[tuple[str, Agreement]]:
    """The headline figure of each question, with the question's title: alpha, or for spans their F1."""
    run = newest_run(project)
    if run is None:
        return []
    headline = Agreement.objects.filter(project=project, run=run, label="")
    schema = project.schemas.first()
    values = Values(schema.parsed if schema else {"questions": [], "fields": []}, {})
    figures = headline.filter(measure__in=["alpha", "span_f1"]).order_by("pk")
    return [(values.title(figure.question), figure) for figure in figures]


def batch_cards(user: User) -> list[Batch]:
    """What a contributor brought in lately."""
    seen = Project.objects.where(user, Capability.SEE_WORK).values("pk")
    mine = Batch.objects.visible_to(user).filter(created_by=user).exclude(project__in=seen)
    return list(with_held(mine.order_by("-pk"))[:_MOST])
