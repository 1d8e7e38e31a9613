"""Who made a release, in numbers that single nobody out: classes of credential, jurisdictions, years of experience."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import override

from annotation.formats.release.documents.counting import JOIN
from annotation.formats.release.documents.facts import Counts, Names, People
from annotation.models.adjudication import Adjudication
from annotation.models.annotation import Annotation
from annotation.models.release import Release
from annotation.models.release_rows import pseudonym
from experts.jurisdictions import jurisdiction_name
from experts.models import Credential, CredentialKind, Expert

FEWEST = 3
"""Fewer people than this are counted with others: who knows the trade could tell them."""
OTHERS = "others"
LANGUAGES = ("en", "zh-hans")
_BANDS = ((2, "under_2"), (5, "2_to_5"), (10, "5_to_10"))
_LONGEST = "over_10"
_DAYS_A_YEAR = 365.25

Tally = Mapping[str, Mapping[str, int]]


def people_of(release: Release, tally: Tally, day: date) -> People:
    """Those who gave the release's answers and decisions; experience is counted up to `day`.

    Three statements, whatever the number of rows; what is kept grows with the people of the project.
    """
    annotators = tally.get("annotators", {})
    evidence = _evidence(release, annotators)
    classes = merged(_classes(tally))
    jurisdictions = merged(Counter(place for place, _since in evidence))
    return People(
        annotators=len(annotators),
        adjudicators=len(tally.get("adjudicators", {})),
        classes=classes,
        jurisdictions=jurisdictions,
        experience=merged(Counter(_band(since, day) for _place, since in evidence)),
        class_names=_class_names(classes),
        jurisdiction_names={code: _in_both(code) for code in jurisdictions if code and code != OTHERS},
    )


def merged(counts: Mapping[str, int]) -> Counts:
    """The cells, the largest first, those of fewer than FEWEST people counted as others.

    Where the others are few themselves the smallest of the larger cells joins them: one person alone in "others" could
    be told from who is not in the rest.
    """
    cells = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    kept = [cell for cell in cells if cell[1] >= FEWEST]
    others = sum(counts.values()) - sum(number for _name, number in kept)
    while kept and 0 < others < FEWEST:
        others += kept.pop()[1]
    return dict(kept) | ({OTHERS: others} if others else {})


def _classes(tally: Tally) -> Counter[str]:
    """Each annotator once, in the class behind most of their answers."""
    by_person: dict[str, tuple[int, str]] = {}
    for key, answers in sorted(tally.get("classes", {}).items()):
        person, class_ = key.split(JOIN, 1)
        by_person[person] = max(by_person.get(person, (0, "")), (answers, class_))
    return Counter(class_ for _answers, class_ in by_person.values())


def _evidence(release: Release, annotators: Mapping[str, int]) -> list[tuple[str, date | None]]:
    """Of each annotator the jurisdiction and first day of the oldest credential that the organisation verified."""
    organisation = release.project.organisation
    experts = _experts(release)
    oldest: dict[int, tuple[str, date]] = {}
    held = Credential.objects.verified_by(organisation.pk).filter(
        expert__in=experts.values("pk"), kind__sector=release.project.sector_id
    )
    for expert, place, since in held.order_by("-valid_from", "-pk").values_list(
        "expert_id", "jurisdiction", "valid_from"
    ):
        oldest[expert] = (place, since)
    return [
        oldest.get(pk, ("", None))
        for pk, uid in experts.order_by("pk").values_list("pk", "uid")
        if pseudonym(organisation, release.scope, uid) in annotators
    ]


def _experts(release: Release) -> "QuerySet[Expert]":
    answered = Annotation.objects.filter(project=release.project).values("expert")
    decided = Adjudication.objects.filter(dispute__project=release.project).values("adjudicator")
    return Expert.objects.filter(Q(pk__in=answered) | Q(pk__in=decided))


def _band(since: date | None, day: date) -> str:
    if since is None:
        return ""
    years = (day - since).days / _DAYS_A_YEAR
    return next((name for bound, name in _BANDS if years < bound), _LONGEST)


def _class_names(classes: Iterable[str]) -> dict[str, Names]:
    found = CredentialKind.objects.filter(credential_class__in=list(classes)).order_by("-pk")
    return dict(found.values_list("credential_class", "class_names"))


def _in_both(code: str) -> Names:
    names = {}
    for language in LANGUAGES:
        with override(language):  # a document's languages, not its reader's
            names[language] = str(jurisdiction_name(code))
    return names
