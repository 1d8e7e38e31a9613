"""Everything that a release's documents say, from its frozen rows and what was counted while they were written."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext, override

from annotation.formats.guideline_changes import changes
from annotation.formats.messages_gate import NAMES as CHECK_NAMES
from annotation.formats.release.documents import facts as told
from annotation.formats.release.gate import code_of
from annotation.formats.schema import Question
from annotation.models.guideline import Guideline
from annotation.models.release import Release
from annotation.models.release_agreement import figures_of
from annotation.models.release_manifest import by_question
from annotation.models.release_origin import MOST, cut, language_names, personal_of, rights_of, sources_of
from annotation.models.release_people import LANGUAGES, Tally, people_of
from annotation.models.release_process import process_of
from annotation.models.release_tally import ANSWERED
from annotation.problems import sentence

MOST_LABELS = 100
SCOPE_DIGITS = 12


def facts_of(release: Release, tally: Tally, dataset_info: Mapping[str, Any] | None = None) -> told.Facts:
    """The facts of a release whose rows are written: `tally` holds the counters of its parts, added up by name.

    `dataset_info` is what the Parquet format says of its columns, where the release holds it.

    A fixed number of statements; nobody who annotated is named. To be asked for by jobs.
    """
    project, about, policy = release.project, release.about, release.policy
    schema = release.label_schema.schema
    days = sorted(tally.get("days", {})) or [release.created_at.date().isoformat()]
    sources, more_sources = sources_of(release)
    rights, more_rights = rights_of(release)
    organisation = about.get("organisation") or {
        "uid": project.organisation.uid,
        "name": project.organisation.name,
    }
    languages = _most(tally.get("languages", {}))
    return told.Facts(
        project=project.uid,
        name=about.get("name", project.name),
        key=about.get("key", "dataset"),
        version=_version(release),
        organisation_uid=organisation["uid"],
        organisation=organisation["name"],
        sector=about.get("sector", project.sector.key),
        sector_names=project.sector.names,
        licence=release.licence,
        software=settings.ASSAY_VERSION,
        items=release.items,
        first_day=days[0],
        last_day=days[-1],
        process=process_of(release, tally),
        guideline=_guideline(release, tally),
        description=about.get("description", project.description),
        languages=languages,
        language_names={code: language_names(code) for code in languages if code},
        fields=tuple(told.Shown(one.name, one.key, one.kind.value) for one in schema.fields),
        questions=tuple(_asked(one, tally) for one in schema.questions),
        schema_version=release.label_schema.version,
        sources=sources,
        more_sources=more_sources,
        licences={cut(name): number for name, number in _most(tally.get("licences", {})).items()},
        rights=rights,
        more_rights=more_rights,
        people=people_of(release, tally, date.fromisoformat(days[-1])),
        agreement=_agreement(release),
        splits=release.splits,
        checks=tuple(_check(one) for one in release.gate),
        waivers=_waivers(release),
        limits=policy.get("limits", ""),
        use=policy.get("use", ""),
        contact=policy.get("contact", ""),
        personal=personal_of(release),
        bad_items=about.get("bad_items", 0),
        notes=_notes(schema.notes),
        formats={key: tally["records"].get(key, 0) for key in release.formats} if "records" in tally else {},
        dataset_info=dataset_info,
    )


def _version(release: Release) -> str:
    """Like semver, and of the content alone: the same state has the same version, whenever it is made."""
    numbers = (release.label_schema.version, release.guideline.version, release.items)
    content = f"+{release.scope[:SCOPE_DIGITS]}" if release.scope else ""
    return ".".join(map(str, numbers)) + content


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent, in order."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST])


def _asked(question: Question, tally: Tally) -> told.Asked:
    labels = _of_question(tally, "labels", question.key)
    offered = [
        told.GoldLabelCount(label.key, label.text, labels.get(label.key, 0)) for label in question.labels
    ]
    known = question.by_label.keys()
    offered += [  # a config may let items bring labels of their own
        told.GoldLabelCount(key, key, number)
        for key, number in labels.items()
        if key not in known and key != ANSWERED
    ]
    offered.sort(key=lambda one: -one.gold)
    return told.Asked(
        key=question.key,
        kind=question.kind.value,
        title=question.title,
        tag=question.tag,
        required=question.required,
        labels=tuple(offered[:MOST_LABELS]),
        more_labels=max(0, len(offered) - MOST_LABELS),
        carried=sum(one.gold for one in offered),
        settled=_of_question(tally, "settled", question.key),
        dissent=tally.get("dissent", {}).get(question.key, 0),
    )


def _of_question(tally: Tally, name: str, question: str) -> dict[str, int]:
    return by_question(Counter(tally.get(name, {}))).get(question, {})


def _agreement(release: Release) -> tuple[told.Figure, ...]:
    """The figures of the questions as a whole that belong to the frozen state; of spans also alpha of each label."""
    rows = figures_of(release).filter(Q(label="") | Q(measure=told.ALPHA_OF_SPANS))
    return tuple(
        told.Figure(
            question=row.question,
            measure=row.measure,
            label=row.label,
            value=row.value,
            low=row.low,
            high=row.high,
            reason=row.reason,
            items=row.items,
        )
        for row in rows
        if row.reason != "label_unused"
    )


def _guideline(release: Release, tally: Tally) -> told.GuidelineFacts:
    newest = release.guideline
    answers = tally.get("guidelines", {})
    before = Guideline.objects.filter(project=release.project, version=newest.version - 1).first()
    return told.GuidelineFacts(
        version=newest.version,
        sha256=hashlib.sha256(newest.text.encode()).hexdigest(),
        answers={version: answers[version] for version in sorted(answers, key=int)},
        changes=tuple((one.clause, one.kind) for one in changes(before.text, newest.text)) if before else (),
    )


def _check(one: Mapping[str, Any]) -> told.Check:
    """A check with its name and sentence in both languages of the documents."""
    key = one["check"]
    names, says = {}, {}
    for language in LANGUAGES:
        with override(language):  # a document's languages, not its reader's
            names[language] = gettext(CHECK_NAMES.get(key, key))
            says[language] = sentence(code_of(one), one["params"])
    return told.Check(key, one["passed"], one["asked"], one["figure"], names, says)


def _waivers(release: Release) -> tuple[told.Waiver, ...]:
    rows = release.waivers.order_by("check_name").values_list("check_name", "by__name", "reason")
    return tuple(told.Waiver(*row) for row in rows)


def _notes(notes: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    """The tags of a config of which something is left out."""
    return tuple(dict.fromkeys(str(note.get("tag") or note["code"]) for note in notes))
