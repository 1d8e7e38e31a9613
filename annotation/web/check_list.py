"""A long list of check boxes in groups, as `partials/check_list.html` shows it: with a field to search it by."""

from typing import Any, NamedTuple

from django.forms import BoundField


class Option(NamedTuple):
    value: str
    text: str
    chosen: bool


Groups = list[tuple[str, list[Option]]]


def checked(field: BoundField) -> Groups:
    """The field's choices by group (an empty name: no group), those that are chosen marked."""
    chosen = {str(value) for value in field.value() or ()}
    groups: Groups = []
    choices: Any = getattr(field.field, "choices", ())
    for value, text in choices:
        if isinstance(text, list | tuple):
            rows = [Option(str(key), str(name), str(key) in chosen) for key, name in text]
            groups.append((str(value), rows))
            continue
        if not groups or groups[-1][0]:
            groups.append(("", []))
        groups[-1][1].append(Option(str(value), str(text), str(value) in chosen))
    return groups
