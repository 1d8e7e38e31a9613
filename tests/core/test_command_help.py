"""`manage.py COMMAND --help` of every command that is ours."""

import pytest
from django.core.management import call_command, get_commands
from django.utils import translation

OURS = sorted(name for name, app in get_commands().items() if app in {"annotation", "core", "experts"})


def test_there_are_commands() -> None:
    assert {"demo", "ingest", "release", "up"} <= set(OURS)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", OURS)
def test_a_command_tells_what_it_is_for(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override(language), pytest.raises(SystemExit) as ended:
        call_command(name, "--help")
    assert ended.value.code == 0
    assert name in capsys.readouterr().out
