"""How reliable a person is held to be: one estimate for the stopping rule and for who is given items in doubt first.

It rests on control items and settled items (`Reliability`), those of the item's kind or else of none in particular, and
on answers, right as often as the truth model holds (`ExpertMeasure`). So of whom little is known, little changes.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Avg, BooleanField, DateField, F, FloatField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from annotation.algorithms.posterior import SUPPOSED_ASKED, SUPPOSED_RIGHT, expected_reliability
from annotation.models.control import Reliability
from annotation.models.lane import Desk
from annotation.models.truth import ExpertMeasure
from core.statements import BlankParam, Statement, assembled, compiled

LATELY: Final = timedelta(weeks=1)
"""Who took an item in a week that began so long before this one, or later, is at work in a project."""

_HELD: Final = f"""
WITH at_work(expert) AS ({{at_work}}), tests(expert, kind, correct, asked) AS MATERIALIZED ({{tests}}),
model(expert, inferred, given) AS MATERIALIZED ({{model}}),
known(expert, kind, correct, asked) AS (
    SELECT at_work.expert, '', coalesce(tests.correct, 0), coalesce(tests.asked, 0)
    FROM at_work LEFT JOIN tests ON tests.expert = at_work.expert AND tests.kind = ''
    UNION ALL
    SELECT tests.expert, tests.kind, tests.correct, tests.asked
    FROM at_work JOIN tests ON tests.expert = at_work.expert AND tests.kind <> ''
),
held(expert, kind, reliable) AS MATERIALIZED (
    SELECT known.expert, known.kind, (known.correct + coalesce(model.inferred, 0) + {float(SUPPOSED_RIGHT)})
        / (known.asked + coalesce(model.given, 0) + {float(SUPPOSED_ASKED)})
    FROM known LEFT JOIN model ON model.expert = known.expert
)
{{lanes}}
"""  # noqa: S608 (two numbers of ours)
_REACHED: Final = """
EXISTS (
    SELECT 1 FROM held WHERE held.reliable * 100 >= annotation_lane.wants AND (
        held.kind = annotation_lane.kind OR held.kind = '' AND NOT EXISTS (
            SELECT 1 FROM held own WHERE own.expert = held.expert AND own.kind = annotation_lane.kind
        )
    )
)
"""


def estimate(right: float, asked: float, inferred: float, answers: float) -> float:
    """The share of a person's answers that is right: `right` of `asked` tests, `inferred` of `answers` by the model."""
    return expected_reliability(right + inferred, asked + answers)


def tests_of(project_id: int, expert: Any, kind: Any) -> "QuerySet[Reliability]":
    """For a subquery: the person's tests of this kind, else those of none. One row at most."""
    found = Reliability.objects.filter(project=project_id, expert=expert, kind__in=["", kind])
    return found.order_by("-kind")[:1]


def inferred_in(project_id: int) -> "QuerySet[Any, Any]":
    """By `expert`, how many answers are `inferred` to be right, of how many `given`: means over the questions, as a
    lane does not say which of them is in doubt."""
    rows: Any = ExpertMeasure.objects.filter(project=project_id, value__isnull=False).order_by()
    means: QuerySet[Any, Any] = rows.values("expert").annotate(
        inferred=Avg(F("value") * F("answers"), output_field=FloatField()),
        given=Avg(Cast("answers", FloatField())),
    )
    return means


def reached() -> RawSQL:
    """Over lanes, in a statement `with_held`: whether anybody at work is as reliable as the lane wants."""
    return RawSQL(_REACHED, [], output_field=BooleanField())  # noqa: S611 (ours)


def with_held(project_id: int, lanes: Statement) -> Statement:
    """The statement with what `reached` reads: each person at work with the `estimate` for each kind.

    Each table is read once, and only where a lane asks. The blank `lately` says since when people are at work.
    """
    at_work = Desk.objects.filter(project=project_id, week__gte=BlankParam("lately", DateField()))
    tests = Reliability.objects.filter(project=project_id)
    return assembled(
        _HELD,
        {
            "at_work": compiled(at_work.values_list("expert")),
            "tests": compiled(tests.values_list("expert", "kind", "right", "asked")),
            "model": compiled(inferred_in(project_id).values_list("expert", "inferred", "given")),
            "lanes": lanes,
        },
    )
