"""What of a schema is shown under an answer: conditions, and what they mean for a submit.

A condition about a selected region holds for a question about the whole item when there is such a region, which
somebody could select; where there is none, the question is not asked. For a question asked of regions it is asked of
the region itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.required_for import check_required_for
from annotation.formats.schema import Condition, Question
from annotation.formats.shown import TURNS, Shown
from annotation.formats.tags import MARKING
from annotation.formats.tags.family import Given, Mark, Marks


class Visible:
    """The conditions of a schema under one answer: its `marks` and judgement `values`."""

    def __init__(self, shown: Shown, marks: Marks, values: Mapping[str, Any]) -> None:
        self.shown = shown
        self.marks = marks
        self.values = values

    def whole(self, question: Question) -> bool:
        """Whether a question about the whole item is shown, a region being selected that it wants."""
        return all(self._holds(condition) for condition in question.when)

    def may_be_answered(self, question: Question) -> bool:
        """Whether an answer to it can stand: what was selected when it was given may be gone since."""
        return all(
            condition.on in ("region", "no_region") or self._holds(condition) for condition in question.when
        )

    def of(self, question: Question, region: str, mark: Mark) -> bool:
        """Whether a question asked of regions is shown for one."""
        return all(self._holds_at(condition, region, mark) for condition in question.when)

    def regions(self, question: Question) -> Iterator[tuple[str, Mark]]:
        """The regions that a question is asked of: the marked ones of its field, or turns where nothing is marked."""
        field = question.field
        marking = {one.key for one in self._marking(field)}
        if not marking:
            yield from self._turns(field)
            return
        for id_, mark in self.marks.all:
            if mark.field == field and mark.question in marking:
                yield id_, mark

    def _marking(self, field: str) -> list[Question]:
        asked = self.shown.schema.questions
        return [one for one in asked if one.field == field and one.tag in MARKING and not one.per_region]

    def _turns(self, field: str) -> Iterator[tuple[str, Mark]]:
        """The turns of a field, each under the id by which the answer names it; one without words cannot be named."""
        if self.shown.field(field).kind not in TURNS:
            return
        told = [(id_, mark) for (_, id_), mark in self.marks.about.items()]
        by_place = {mark.place: id_ for id_, mark in (*told, *self.marks.all) if mark.field == field}
        for turn in self.shown.turns(field):
            place = (turn.start, turn.end)
            if turn.start < turn.end:
                yield by_place.get(place, ""), Mark("", field, place, (turn.role,))

    def _holds(self, condition: Condition) -> bool:
        if condition.on == "region":
            return self._any_region(condition)
        if condition.on == "no_region":
            return True
        said = self._said(condition.tag)
        return (
            self._chosen(condition, said) if condition.on == "choice" else self._not_chosen(condition, said)
        )

    def _holds_at(self, condition: Condition, region: str, mark: Mark) -> bool:
        if condition.on == "region":
            return self._is(condition, region, mark)
        if condition.on == "no_region":
            return not self._is(condition, region, mark)
        asked = self.shown.schema.by_key.get(condition.tag)
        about = asked is not None and asked.per_region
        said = self.marks.answers.get((condition.tag, region), set()) if about else self._said(condition.tag)
        return (
            self._chosen(condition, said) if condition.on == "choice" else not self._chosen(condition, said)
        )

    def _any_region(self, condition: Condition) -> bool:
        """Whether there is a region that can be selected and fits: a mark, a message, a turn that is asked about."""
        asked = {one.field for one in self.shown.schema.questions if one.per_region}
        turns = (found for field in asked if not self._marking(field) for found in self._turns(field))
        return any(self._is(condition, id_, mark) for id_, mark in (*self.marks.all, *turns))

    def _is(self, condition: Condition, region: str, mark: Mark) -> bool:
        labels = set(mark.labels)
        if condition.tag and mark.question != condition.tag:
            labels = self.marks.answers.get((condition.tag, region), set())
            if not labels:
                return False
        if condition.values and not labels & set(condition.values):
            return False
        if not condition.roles:
            return True
        turn = self.shown.turn_at(mark.field, mark.place[0])
        return turn is not None and turn.role in condition.roles

    def _said(self, tag: str) -> set[str]:
        """What was chosen in a question, or in any; of one asked of regions, at any region."""
        found: set[str] = set()
        for question in self.shown.schema.questions:
            if tag in ("", question.key):
                value = self.values.get(question.key)
                if question.tag in MARKING and not question.per_region:
                    marks = (mark for _, mark in self.marks.all if mark.question == question.key)
                    found |= {label for mark in marks for label in mark.labels}
                elif question.per_region:
                    found |= {
                        part
                        for (key, _), said in self.marks.answers.items()
                        if key == question.key
                        for part in said
                    }
                elif value is not None:
                    found |= set(map(str, value)) if isinstance(value, list) else {str(value)}
        return found

    def _chosen(self, condition: Condition, said: set[str]) -> bool:
        return bool(said & set(condition.values)) if condition.values else bool(said)

    def _not_chosen(self, condition: Condition, said: set[str]) -> bool:
        asked = self.shown.schema.by_key.get(condition.tag)
        # Somewhere a region without the choice can be selected.
        return (asked is not None and asked.per_region) or not self._chosen(condition, said)


def check_complete(visible: Visible, regions: Mapping[str, Sequence[Given]]) -> None:
    """Refuse an answer that cannot be submitted: to a question that is not shown, or without one that is required."""
    for question in visible.shown.schema.questions:
        given = regions.get(question.key, ())
        if question.per_region:
            _check_regions(visible, question, given)
            continue
        shown = visible.whole(question)
        if given and question.key in visible.values and not visible.may_be_answered(question):
            title = question.title or question.key
            raise AnswerInvalid("question_hidden", {"title": title}, str(given[0].place))
        if shown:
            _check_required(visible, question)
        if shown and question.required_for:
            check_required_for(visible.shown, question, visible.marks, given)


def _check_required(visible: Visible, question: Question) -> None:
    title = question.title or question.key
    if question.required and question.key not in visible.values:
        raise AnswerInvalid(
            "required_missing", {"title": title, "message": question.required_message}, question.key
        )
    if question.min_messages:
        count = len(visible.shown.turns(question.field))
        if count < question.min_messages:
            params = {"title": title, "count": count, "limit": question.min_messages}
            raise AnswerInvalid("too_few_messages", params, question.key)


def _check_regions(visible: Visible, question: Question, given: Sequence[Given]) -> None:
    title = question.title or question.key
    for one in given:
        mark = visible.marks.about.get((question.key, one.id))
        if mark is not None and not visible.of(question, one.id, mark):
            raise AnswerInvalid("question_hidden", {"title": title}, str(one.place))
    if not question.required:
        return
    answered = {
        key[1] for key in visible.marks.answers if key[0] == question.key and visible.marks.answers[key]
    }
    places = {
        mark.place
        for key, mark in visible.marks.about.items()
        if key[0] == question.key and key[1] in answered
    }
    for id_, mark in visible.regions(question):
        done = id_ in answered if id_ else mark.place in places
        if not done and visible.of(question, id_, mark):
            params = {"title": title, "message": question.required_message, "start": mark.place[0]}
            raise AnswerInvalid("required_missing_region", params, question.key)
