"""W3C PROV of every label: one document an item, one a line, in PROV-JSON.

An item is an entity, and so is each answer to it, each decision, and each gold label. Answers come from labelling,
gold labels from settling, which used the answers that were there by then, or from an adjudicator's decision.
People are agents by their pseudonyms with their class of credential; the guideline is the plan they went by, and
the schema what they used. Of a time Assay knows the end: when an answer was submitted, and a label settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex
from annotation.formats.release.format import Format, Lines, Out, View
from annotation.formats.release.prov_document import Document, name
from annotation.formats.release.rows import GoldAnswer, ReleasedAnnotation, ReleaseRow


class Prov:
    """The `prov` format."""

    key = "prov"
    folder = "prov"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> Lines:
        """A document a line."""
        return Lines(out, lambda row: [canonical_json(_Item(row, view.software).document().to_json())])


PROOF: tuple[Format, ...] = (Prov(),)
"""The formats that say where labels come from."""


class _Item:
    """The statements about one item and its labels."""

    def __init__(self, row: ReleaseRow, software: str) -> None:
        self._row, self._software = row, software
        self._doc = Document()
        self._item = name("item", row.item)
        self._answers: list[tuple[str, ReleasedAnnotation]] = []

    def document(self) -> Document:
        """All of them."""
        row = self._row
        self._doc.state(
            "entity",
            self._item,
            ("assay:Item",),
            {
                "assay:sha256": sha256_hex(canonical_json(dict(row.data))),
                "assay:source": row.source,
                "assay:licence": row.licence,
                "assay:language": row.language,
            },
        )
        for number, one in enumerate(row.annotations, start=1):
            self._answers.append((self._labelled(number, one), one))
        for gold in row.gold:
            self._settled(gold)
        return self._doc

    def _labelled(self, number: int, one: ReleasedAnnotation) -> str:
        """An answer: who gave it, when, under which guideline and schema."""
        doc, row = self._doc, self._row
        answer = doc.state("entity", name("answer", row.item, number), ("assay:Answer",))
        act = doc.state(
            "activity",
            name("labelling", row.item, number),
            ("assay:Labelling",),
            {"prov:endTime": one.submitted_at, "assay:secondsOnTask": one.seconds},
        )
        schema = self._version("schema", one.schema_version, "assay:Schema")
        doc.relate("used", {"activity": act, "entity": self._item})
        doc.relate("used", {"activity": act, "entity": schema})
        doc.relate("wasGeneratedBy", {"entity": answer, "activity": act, "time": one.submitted_at})
        doc.relate("wasDerivedFrom", {"generatedEntity": answer, "usedEntity": self._item})
        plan = self._version("guideline", one.guideline_version, "assay:Guideline", "prov:Plan")
        self._person(act, answer, one.annotator, one.credential_class, "assay:Annotator", plan)
        return answer

    def _settled(self, gold: GoldAnswer) -> None:
        """A gold label: how it was settled, from which answers or by which decision."""
        doc, row = self._doc, self._row
        label = doc.state(
            "entity",
            name("gold", row.item, gold.question),
            ("assay:GoldLabel",),
            {
                "assay:question": gold.question,
                "prov:value": canonical_json(gold.value).decode("utf-8"),
                "assay:settledBy": gold.how,
                "assay:posterior": gold.chance,
            },
        )
        act = doc.state(
            "activity",
            name("settling", row.item, gold.question),
            ("assay:Settling",),
            {"prov:endTime": gold.settled_at},
        )
        doc.relate("wasGeneratedBy", {"entity": label, "activity": act, "time": gold.settled_at})
        doc.relate("wasDerivedFrom", {"generatedEntity": label, "usedEntity": self._item})
        software = doc.state(
            "agent",
            name("agent", "assay"),
            ("prov:SoftwareAgent",),
            {"assay:softwareVersion": self._software},
        )
        doc.relate("wasAssociatedWith", {"activity": act, "agent": software})
        answers = self._there_by(gold)
        if gold.decision is None:
            self._from_answers(gold, label, act, answers)
        else:
            self._from_decision(gold, gold.decision, label, act, answers)

    def _from_answers(self, gold: GoldAnswer, label: str, act: str, answers: Mapping[str, str]) -> None:
        dissent = {one.annotator for one in gold.dissent}
        for answer, annotator in answers.items():
            self._doc.relate("used", {"activity": act, "entity": answer})
            if annotator not in dissent:
                self._doc.relate("wasDerivedFrom", {"generatedEntity": label, "usedEntity": answer})

    def _from_decision(
        self, gold: GoldAnswer, decided: str, label: str, act: str, answers: Mapping[str, str]
    ) -> None:
        doc = self._doc
        decision = doc.state(
            "entity",
            name("decision", decided),
            ("assay:Decision",),
            {"assay:rationale": gold.rationale, "assay:clause": gold.clause},
        )
        deciding = doc.state("activity", name("adjudication", decided), ("assay:Adjudication",))
        doc.relate("used", {"activity": deciding, "entity": self._item})
        for answer in answers:
            doc.relate("used", {"activity": deciding, "entity": answer})
        for cited in gold.cites:
            precedent = doc.state("entity", name("decision", cited), ("assay:Decision",))
            doc.relate("used", {"activity": deciding, "entity": precedent}, {"prov:role": "precedent"})
        doc.relate("wasGeneratedBy", {"entity": decision, "activity": deciding})
        doc.relate("used", {"activity": act, "entity": decision})
        doc.relate("wasDerivedFrom", {"generatedEntity": label, "usedEntity": decision})
        if gold.adjudicator is not None:
            who = gold.adjudicator
            self._person(deciding, decision, who, gold.adjudicator_class or "", "assay:Adjudicator", "")

    def _person(self, act: str, made: str, pseudonym: str, class_: str, role: str, plan: str) -> None:
        """The class is that of the act: nobody's credentials are the same for ever."""
        doc = self._doc
        agent = doc.state("agent", name("agent", pseudonym), ("prov:Person",))
        told: dict[str, Any] = {"prov:role": role}
        if class_:
            told["assay:credentialClass"] = class_
        doc.relate("wasAssociatedWith", {"activity": act, "agent": agent, "plan": plan}, told)
        doc.relate("wasAttributedTo", {"entity": made, "agent": agent})

    def _version(self, space: str, version: int | None, *types: str) -> str:
        if version is None:
            return ""
        return self._doc.state("entity", name(space, version), types, {"assay:version": version})

    def _there_by(self, gold: GoldAnswer) -> dict[str, str]:
        """The answers, with who gave them, that had been submitted when it was settled.

        One that leaves the question out says that there is nothing.
        """
        settled = datetime.fromisoformat(gold.settled_at)
        return {
            answer: one.annotator
            for answer, one in self._answers
            if datetime.fromisoformat(one.submitted_at) <= settled
        }
