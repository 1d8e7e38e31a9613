"""Languages as the pages name them; the lists stand in `experts/languages.py`."""

from experts.languages import LANGUAGES, LEVELS, language_name, level_name

__all__ = ["LANGUAGES", "LEVELS", "language_name", "level_name"]
