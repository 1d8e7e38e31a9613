"""`manage.py ingest` and `manage.py release` do what the pages do, beside a running Assay."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.stories.effort import Effort, choice
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/>
  </Choices>
</View>"""
TABLE = '﻿text,ref,_licence\r\n"Clause one, with a comma",1,CC0\r\n条款二,2,CC0\r\n,3,CC0\r\n条款二,2,CC0\r\n'


@pytest.fixture(scope="module")
def effort(stack: Stack) -> Effort:
    """A project of one annotator."""
    people = {"ann": "annotator"}
    founding = Founding(
        title="Commands", sector="legal", people=people, config=CONFIG, settings={"overlap": 1}
    )
    return Effort(stack, founding)


def test_from_the_file_to_the_release(effort: Effort, tmp_path: Path) -> None:
    file = tmp_path / "clauses.csv"
    file.write_bytes(TABLE.encode())
    told = effort.stack.manage("ingest", effort.project, str(file), "--source", "Written for the tests")
    assert "2 stored, 1 repeated, 1 bad, 0 blocked" in told
    assert "clauses.csv:4:" in told
    assert "100%" in told
    labelled = list(effort.label(effort.quick_person("ann"), lambda _: choice("verdict", "yes")))
    assert [work["item"]["data"]["text"] for work in labelled] == ["Clause one, with a comma", "条款二"]
    effort.settle()

    told = effort.stack.manage("release", "Commands")
    folder = Path(re.findall(r"2 items in (.*)", told)[0].strip())
    (digest,) = re.findall(r"manifest sha256 ([0-9a-f]{64})", told)
    assert hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest() == digest
    by_the_api = effort.release()
    assert by_the_api.facts["manifest_sha256"] == digest
    files = by_the_api.manifest["files"]
    assert {"README.md", "gold/train.jsonl"} <= {one["path"] for one in files}
    for one in files:
        assert by_the_api.file(one["path"]) == (folder / one["path"]).read_bytes(), one["path"]


def test_what_cannot_begin_says_why(effort: Effort, tmp_path: Path) -> None:
    told = effort.stack.manage("ingest", "no-such-project", str(tmp_path / "x.csv"), check=False)
    assert "No project has the id or name “no-such-project”." in told
    (tmp_path / "x.docx").write_bytes(b"x")
    told = effort.stack.manage("ingest", effort.project, str(tmp_path / "x.docx"), check=False)
    assert "CommandError" in told
    assert "Traceback" not in told
