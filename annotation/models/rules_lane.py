"""Rules about what an item asks: everything that its lane says."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.candidate import Candidate
from annotation.models.requirement import RoomEntry
from annotation.models.rule import About, Rule
from annotation.models.rules_qualification import kind_rule
from experts.models import ProfileWord


def _does_not_know(candidate: Candidate, kind: str, column: str) -> Q:
    """The lane names a word of this kind that the person's profile does not."""
    said = ProfileWord.objects.filter(expert=candidate.expert, kind=kind, word=OuterRef(column))
    return ~Q(**{column: ""}) & ~Q(Exists(said))


def _unknown_language(candidate: Candidate, at: str) -> Q:
    return _does_not_know(candidate, ProfileWord.Kind.LANGUAGE, f"{at}language")


def _other_speciality(candidate: Candidate, at: str) -> Q:
    return _does_not_know(candidate, ProfileWord.Kind.SPECIALITY, f"{at}speciality")


def _other_jurisdiction(candidate: Candidate, at: str) -> Q:
    return _does_not_know(candidate, ProfileWord.Kind.JURISDICTION, f"{at}jurisdiction")


def _behind_wall(candidate: Candidate, at: str) -> Q:
    """The item lies in a room of a barrier, and the person has been in another room of it."""
    barred = Q(pk__in=[])
    entered = RoomEntry.objects.filter(project=candidate.project.pk, expert=candidate.expert)
    for wall in candidate.project.walls:
        for room in wall:
            others = entered.filter(room__in=[one for one in wall if one != room])
            barred |= Q(**{f"{at}room": room}) & Q(Exists(others))
    return barred


LANE_RULES: tuple[Rule, ...] = (
    kind_rule,
    Rule(
        "language",
        About.LANE,
        lambda one: one.project.language_required,
        _unknown_language,
        _("The item is in a language that the person's profile does not name."),
        step=_("Check the languages on your profile."),
    ),
    Rule(
        "speciality",
        About.LANE,
        lambda one: one.project.needs_required,
        _other_speciality,
        _("The item asks for a speciality that the person's profile does not name."),
        step=_("Check the specialities on your profile."),
    ),
    Rule(
        "jurisdiction",
        About.LANE,
        lambda one: one.project.needs_required,
        _other_jurisdiction,
        _("The item asks for a jurisdiction that the person's profile does not name."),
        step=_("Check the jurisdictions on your profile."),
    ),
    Rule(
        "behind_wall",
        About.LANE,
        lambda one: any(len(wall) > 1 for wall in one.project.walls),
        _behind_wall,
        _("The person has seen what lies on the other side of an information barrier."),
        private=True,
    ),
)
