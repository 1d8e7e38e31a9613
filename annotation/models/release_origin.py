"""Where a release's items come from: sources, licences, rights, languages. A bounded number of lines of each."""

from typing import Any

from django.db.models import Count, QuerySet

from annotation.formats.release.documents.facts import Names, Personal, Right, Source
from annotation.models.quality import QualityFinding, QualityStep
from annotation.models.release import Release, ReleaseMember

MOST = 50
"""Sources, rights and licences that are listed; the others are counted."""
MOST_CHARACTERS = 500
PERSONAL = "personal"


def sources_of(release: Release) -> tuple[tuple[Source, ...], int]:
    """The sources of most items, with licence and number, and how many more there are."""
    names = ("origin__source", "origin__licence")
    grouped = release.members.order_by().values(*names).annotate(number=Count("pk"))
    rows = grouped.order_by("-number", *names).values_list(*names, "number")
    found = [Source(cut(source), cut(licence), number) for source, licence, number in rows[:MOST]]
    return tuple(found), _more(grouped, len(found))


def rights_of(release: Release) -> tuple[tuple[Right, ...], int]:
    """What the batches of the items stated when the rows were frozen, and how many more statements there are."""
    listed, more = release.about["rights"]
    return tuple(Right(*row) for row in listed), more


def rights_now(release: Release) -> tuple[list[list[Any]], int]:
    """What the batches state, those of most items first, as `Right` has it; and how many more statements there are."""
    columns = ("licence", "rights", "written_by", "deidentified_statement")
    names = [f"item__batch__{column}" for column in columns]
    grouped = release.members.order_by().values(*names).annotate(number=Count("pk"))
    rows = grouped.order_by("-number", *names).values_list(*names, "number")
    found = [[cut(row[0]), cut(row[1]), row[2], cut(row[3]), row[4]] for row in rows[:MOST]]
    return found, _more(grouped, len(found))


def personal_of(release: Release) -> Personal | None:
    """What the checks for personal data found; None where that at the door was made of none of its items' batches and
    the gate found nothing in what people wrote."""
    checked = QualityStep.objects.filter(key=PERSONAL, batch__project=release.project, error="")
    told: dict[str, Any] = next((one["params"] for one in release.gate if one["check"] == "personal"), {})
    written = told.get("written", 0)
    if not written and not checked.exists():
        return None
    found = QualityFinding.objects.filter(step=PERSONAL, item__in=release.members.values("item")).count()
    return Personal(found, told.get("findings", found), told.get("unchecked", 0), written)


def language_names(code: str) -> Names:
    """A language's name in both languages of the documents; empty where it has none."""
    from babel import Locale  # slow to import

    spelling = "_".join(
        part.title() if len(part) > 2 and at else part for at, part in enumerate(code.split("-"))
    )
    found = {}
    for language, locale in (("en", Locale("en")), ("zh-hans", Locale("zh", script="Hans"))):
        names = locale.languages
        name = names.get(spelling) or names.get(spelling.split("_")[0])
        if name:
            found[language] = str(name)
    return found


def cut(text: str) -> str:
    """A text of which a document shows the beginning."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _more(grouped: "QuerySet[ReleaseMember, Any]", listed: int) -> int:
    return grouped.count() - listed if listed == MOST else 0
