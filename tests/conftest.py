"""Which database the tests run on, and the fixtures that several folders share."""

import shutil
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tests.support import databases, dealing, lacking
from tests.support.browser import browser, new_page, page
from tests.support.counting import counting
from tests.support.stack import Stack

__all__ = ["browser", "counting", "new_page", "page"]

RUN = pytest.StashKey[databases.Run]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--db sqlite` or `--db postgres`."""
    parser.addoption(
        "--db", choices=databases.CHOICES, help="the database to test on (default: DATABASE_URL, else sqlite)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the database server before pytest-django reads the settings."""
    is_worker = hasattr(config, "workerinput")
    config.stash[RUN] = databases.adopt() if is_worker else databases.prepare(config.getoption("--db"))
    import django  # after the environment is set

    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[Any]) -> None:
    """A folder for each process: what one test puts into it is not met by a test beside it."""
    for spec in specs:
        spec.env["ASSAY_HOME"] = databases.folder_of(spec.id)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    run = config.stash.get(RUN, None)
    if run and not hasattr(config, "workerinput"):
        if run.server:
            run.server.stop()
        shutil.rmtree(run.home, ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    """Say what the tests run on."""
    return config.stash[RUN].label


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to `make soak`; skip all when the database is not here."""
    if "soak" not in (config.getoption("-m") or ""):
        soak = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=soak)
        items[:] = [item for item in items if item not in soak]
    lacks = config.stash[RUN].lacks
    for item in items:
        if lacks:
            item.add_marker(pytest.mark.skip(reason=lacks))
    dealing.check(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> dealing.Dealing:
    """One whole Assay, in one process."""
    return dealing.Dealing(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat loudly what was skipped because the machine lacks it."""
    for line in lacking.said:
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """When a test against a whole Assay fails, show the end of Assay's log."""
    report = yield
    used: Stack | None = getattr(item, "funcargs", {}).get("stack")
    if report.failed and used:
        report.sections.append(("Assay's log", used.log_end()))
    return report


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    """What a process remembers of jobs that it asked for is gone, as the jobs of the test before are."""
    from annotation.models import noting
    from core import jobs

    noting.begins.clear()
    jobs.rung_until.clear()


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> databases.Run:
    """The database and the folder of this run."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def stack(run: databases.Run) -> Iterator[Stack]:
    """A whole Assay with a database of its own, for the whole run. See `tests/support/stack.py`."""
    home = run.home / "stack"
    with Stack(home, run.new_database(f"stack_{run.home.name.replace('-', '_')}", home)) as running:
        yield running
