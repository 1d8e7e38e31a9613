"""The table of docs/configs.md: made by its command, and true."""

from pathlib import Path

import pytest

from tests.annotation.shared_data import shared
from tools.configs import BEGIN, END, lines, replaced

DOCS = Path(__file__).resolve().parents[3] / "docs" / "configs.md"


def test_the_table_of_the_docs_is_what_the_command_writes() -> None:
    table = "\n".join(lines(shared("data/labelstudio/configs"))) + "\n"
    stored = DOCS.read_text(encoding="utf-8")
    assert replaced(stored, table) == stored


def test_a_config_is_told_by_its_name_with_notes_or_with_the_reason(tmp_path: Path) -> None:
    question = '<Rating name="r" toName="t"/>'
    (tmp_path / "a__one.xml").write_text(f'<View><Text name="t" value="$t"/>{question}</View>')
    (tmp_path / "b.xml").write_text("<View>\n<Audio/></View>")
    (tmp_path / "c.xml").write_text(f'<View><Style/><Text name="t" value="$t"/>{question}</View>')
    (tmp_path / "d.xml").write_text('<View><Text name="t"/></View>')
    found = list(lines(tmp_path))
    assert found[0] == "2 of 4 open; Label Studio takes 3."
    assert found[4] == "| a: one | valid | opens |  |"
    assert found[5].startswith("| b | valid | refused | &lt;Audio&gt; at line 2")
    assert found[7].startswith("| d | invalid: &lt;Text&gt; at line 1 has no value attribute. | refused |")
    assert "styles" in found[6]


def test_a_file_without_marks_is_not_written() -> None:
    with pytest.raises(ValueError, match="no <!--"):
        replaced("nothing", "table")
    assert replaced(f"a {BEGIN} old {END} b", "new\n") == f"a {BEGIN}\n\nnew\n\n{END} b"
