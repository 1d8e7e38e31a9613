"""What a person prefers, kept with them: language and theme, and what their browser keeps here."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import User
from core.refusals import InvalidInput

THEMES = ("", "light", "dark")
THEME_COOKIE = "assay_theme"
MOST_KEYS = 500
LONGEST_NAME = 150
_COLUMNS = ("language", "theme")
_FIRST: Mapping[str, Any] = {"single_keys": True, "word_snap": False, "keys": {}}
"""What holds while nobody has chosen. `keys`: a chord by command, "" for none."""


def preferences_of(user: User) -> dict[str, Any]:
    """Everything, with what holds for who has chosen nothing."""
    kept = {name: user.preferences.get(name, first) for name, first in _FIRST.items()}
    return {**kept, "language": user.language, "theme": user.theme}


@transaction.atomic
def change_preferences(*, user: User, **changed: Any) -> None:
    """Change some of them; what is not named stays, also of `keys`, where None goes back to the default.

    Raises InvalidInput for too many keys.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if "keys" in changed:
        changed["keys"] = _merged(row.preferences.get("keys", {}), changed["keys"])
    row.preferences = {**row.preferences, **{name: changed[name] for name in _FIRST if name in changed}}
    for name in _COLUMNS:
        setattr(row, name, changed.get(name, getattr(row, name)))
    row.save(update_fields=["preferences", *_COLUMNS])
    user.refresh_from_db()


@transaction.atomic
def rename(*, user: User, name: str) -> None:
    """The name under which colleagues see a person. Raises InvalidInput for one that is too long."""
    chosen = name.strip()
    if len(chosen) > LONGEST_NAME:
        raise InvalidInput(
            _("A name has at most %(most)s characters."),
            action=_("Shorten it."),
            where="name",
            params={"most": LONGEST_NAME},
        )
    User.objects.filter(pk=user.pk).update(name=chosen)
    audit.record("person.renamed", by=user, on=user, changes={"name": audit.digest(chosen)})


def _merged(kept: Mapping[str, str], changed: Mapping[str, str | None]) -> dict[str, str]:
    merged = {name: chord for name, chord in {**kept, **changed}.items() if chord is not None}
    if len(merged) > MOST_KEYS:
        raise InvalidInput(_("There are too many keys."), where="keys")
    return merged


def keep_chosen(user: User, cookies: Mapping[str, str]) -> None:
    """What the cookies say of language and theme, where the person has chosen none yet."""
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    theme = cookies.get(THEME_COOKIE, "")
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk, language="").update(language=language)
    if theme in THEMES and theme:
        User.objects.filter(pk=user.pk, theme="").update(theme=theme)
