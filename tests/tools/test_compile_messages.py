"""Catalogues are compiled to what gettext reads."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from tools.compile_messages import compile_catalogue

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Submit"
msgstr "提交"

msgid "%(count)s item"
msgid_plural "%(count)s items"
msgstr[0] "%(count)s 条"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where a Chinese catalogue stands."""
    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder / "django.po"


def test_gettext_reads_what_was_compiled(source: Path) -> None:
    source.write_text(CATALOGUE, encoding="utf-8")
    assert compile_catalogue(source) == 2
    with source.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Submit") == "提交"
    assert translations.ngettext("%(count)s item", "%(count)s items", 5) == "%(count)s 条"


def test_a_broken_catalogue_is_an_error(source: Path) -> None:
    source.write_text('msgid "a"\nnonsense\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        compile_catalogue(source)
    assert not source.with_suffix(".mo").exists()
