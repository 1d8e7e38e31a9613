"""The command as a stranger runs it: exit statuses, words, JSON, both languages."""

import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from assay.__main__ import main
from assay.encoding import base64_text
from assay.keys import pem
from assay.words import WORDS, plain, say
from tests.assay.releases import OTHER, PASSED, PUBLIC, build

KEY = ["--key", base64_text(PUBLIC)]
ELSE = ["--key", OTHER.public_key().public_bytes_raw().hex()]


def test_the_exit_status_is_the_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(folder), *KEY]) == 0
    assert "Good: intact, and signed by the key given." in capsys.readouterr().out
    assert main(["verify", str(folder), *ELSE, *KEY]) == 0
    assert main(["verify", str(folder)]) == 3
    assert "Intact, origin unknown" in capsys.readouterr().out
    assert main(["verify", str(folder), *ELSE]) == 1
    assert "manifest.dsse.json: It is signed by another key" in capsys.readouterr().out
    (folder / "README.md").write_bytes(b"")
    assert main(["verify", str(folder), *KEY]) == 1
    assert "README.md: It has 0 bytes" in capsys.readouterr().out


def test_wrong_use_is_a_status_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["verify", "nowhere"], ["verify", str(folder), "--key", "x"], ["prove", str(folder), "x"],
                  ["verify-row", "nowhere"]):  # fmt: skip
        assert main(wrong) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert len(told.err.splitlines()) == 1
    for wrong in ([], ["verify"], ["other"], ["verify", str(folder), "--key"]):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2


def test_json_holds_the_verdict_and_the_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "README.md").write_bytes(b"")
    main(["verify", str(folder), "--json", *KEY])
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["status"], told["rows"], told["problem_count"]) == ("broken", 1, 5, 1)
    assert told["problems"][0]["where"] == "README.md"


def test_a_waiver_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failed = {"check": "alpha", "passed": False, "asked": True, "figure": 0.6}
    waiver = {"check": "alpha", "by": "Ada", "reason": "A pilot."}
    build(tmp_path, gate={"passed": True, "checks": [failed], "waivers": [waiver]})
    for command in ("verify", "show"):
        main([command, str(tmp_path)])
        assert "“alpha” waived by Ada: A pilot." in capsys.readouterr().out


def test_show_says_that_nothing_was_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "Not checked." in told
    assert "House (o1)" in told
    assert "alpha: passed (0.9)" in told
    (folder / "manifest.json").write_bytes(b"{}")
    assert main(["show", str(folder)]) == 1


def test_a_stranger_runs_it_whole(folder: Path, tmp_path: Path) -> None:
    """As a program of its own: a proof is written, and verified with a key in a file, without any setting."""
    (tmp_path / "key.pem").write_text(pem(PUBLIC))
    run = [sys.executable, "-m", "assay"]
    done = subprocess.run([*run, "prove", str(folder), "train2"], capture_output=True, check=True)
    (tmp_path / "proof.json").write_bytes(done.stdout)
    check = [*run, "verify-row", str(tmp_path / "proof.json"), "--key", str(tmp_path / "key.pem")]
    done = subprocess.run(check, capture_output=True, check=True, env={"PATH": ""})
    assert b"Item: train2" in done.stdout


def test_it_needs_neither_django_nor_numpy() -> None:
    program = (
        "import sys, assay.__main__; print(*sorted({name.split('.')[0] for name in sys.modules}"
        " & {'django', 'numpy', 'annotation', 'core', 'experts', 'celery'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_names_in_a_release_do_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path, name="\x1b[2J\u202eGood\nKey: mine", gate=PASSED)
    main(["show", str(tmp_path)])
    told = capsys.readouterr().out
    assert "Release: \\x1b[2J\\u202eGood\\nKey: mine" in told
    assert plain("承租人 ok\udc80") == "承租人 ok\\udc80"


def test_both_languages_say_everything_with_the_same_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, (english, chinese) in WORDS.items():
        places = [
            {name for _text, name, _form, _how in string.Formatter().parse(one) if name}
            for one in (english, chinese)
        ]
        assert places[0] == places[1], code
        assert re.search(r"[\u4e00-\u9fff]", chinese), code
        assert say(code, "zh", **dict.fromkeys(places[0], "7")) == chinese.format(
            **dict.fromkeys(places[0], "7")
        )
    main(["verify", str(folder), "--lang", "zh", *KEY])
    assert "良好" in capsys.readouterr().out


def test_every_code_that_is_raised_has_its_words() -> None:
    folder = Path(__file__).parents[2] / "assay"
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    raised = set(re.findall(r'(?:Broken|WrongUse|Problem)\(\s*"([a-z_]+)"', source))
    raised |= {
        f"{kind}not_canonical_{reason}"
        for kind in ("", "row_")
        for reason in ("text", "json", "twice", "form")
    }
    raised |= {"longer", "shorter", "row_line_end", "row_form"}
    assert len(raised) > 30
    assert raised - WORDS.keys() == set()
