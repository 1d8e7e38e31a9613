"""Figures that no table of folding holds: computed from who said what, with a full measurement.

They stand in scopes of their own (`scopes.SPANS`, and `FULL` for questions that are not about spans), so that folding
leaves them as they are until the next full measurement. Of spans there is also how each person marks. Read-only.
"""

import logging
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from annotation.algorithms.figures import Figure
from annotation.algorithms.full_figures import full_figures, sampled
from annotation.algorithms.span_figures import span_figures
from annotation.algorithms.span_places import Tokens
from annotation.algorithms.span_reliability import SpanPerson, not_computed, span_reliability
from annotation.algorithms.study import Study
from annotation.formats.lengths import units_of
from annotation.formats.schema import Field, Kind, Question, Schema
from annotation.models import Item, Project
from annotation.models.scopes import FULL, SPANS
from annotation.stages.statistics.gathering import Gathered, Places, gather, places
from annotation.stages.statistics.tables import SEED

log = logging.getLogger(__name__)

MOST_TEXTS = 1_000
MOST_MARKS = 2_000_000
"""How people mark is inferred from so many texts at most, and so many tokens, each counted once for every pair of
answers: the model holds them all at once."""
AT_ONCE = 200


@dataclass(frozen=True)
class Beside:
    """One question's figures in `scope`, and of spans its people."""

    question: Question
    scope: str
    seed: int
    figures: list[Figure]
    people: list[SpanPerson] = field(default_factory=list)


def scope_of(question: Question) -> str:
    """The scope in which a question's figures of a full measurement stand."""
    return SPANS if question.kind == Kind.SPANS else FULL


def full_figures_of(
    project: Project,
    run: int,
    schema: Schema,
    *,
    grouped: bool,
    seed: int = SEED,
    from_results: bool = False,
) -> Iterator[Beside]:
    """Question by question, what a full measurement makes of the answers that run `run` saw.

    `grouped`: several items are of one document. `from_results` reads the answers from the immutable results of their
    versions. Raises AnswerInvalid as `seen_by`.
    """
    scopes = [scope_of(one) for one in schema.questions]
    said = gather(project, run, schema, seed=seed, scopes=scopes, from_results=from_results)
    known: dict[Field | None, Places] = {}
    for one, scope in zip(said, scopes, strict=True):
        place = schema.by_name[one.question.field] if one.question.kind == Kind.SPANS else None
        if place not in known:
            known[place] = places(project, place, grouped=grouped)
        made, people = _measured(one, known[place], place)
        if one.left_out:
            made = sampled(made, one.shared - one.left_out, one.shared)
        yield Beside(one.question, scope, one.seed, made, people)


def _measured(one: Gathered, items: Places, place: Field | None) -> tuple[list[Figure], list[SpanPerson]]:
    if place is None:
        if one.question.buckets:  # what is sorted into buckets is no order of the same things
            return [], []
        return full_figures(str(one.question.kind), one.study(items), seed=one.seed), []
    labels = [label.key for label in one.question.labels]
    tokens = _tokens(one.items, place)
    people = _people(one.study(items, tokens.keys()), tokens, one.seed)
    return span_figures(one.study(items), labels, seed=one.seed), people


def _people(study: Study, tokens: Tokens, seed: int) -> list[SpanPerson]:
    """How people mark; where that fails, everybody with the reason, so that the run is stored all the same."""
    try:
        return span_reliability(study, tokens, seed=seed)
    except Exception:
        log.exception("not computed: how people mark")
        return not_computed(study)


def _tokens(items: Mapping[int, int], place: Field) -> dict[Hashable, list[tuple[int, int]]]:
    """The tokens, or cells, of as many of these items as may be kept; `items` has the number of answers of each."""
    found: dict[Hashable, list[tuple[int, int]]] = {}
    marks = 0
    wanted = list(items)[:MOST_TEXTS]
    for block in (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)):
        texts = dict(Item.objects.filter(pk__in=block).values_list("pk", "data"))
        for item in block:
            tokens = units_of(place, texts[item])
            marks += len(tokens) * items[item] ** 2
            if marks > MOST_MARKS and found:
                return found
            found[item] = tokens
    return found
