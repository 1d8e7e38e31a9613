"""What the labelling page of every task family weighs on a first visit: each template with its example."""

import statistics

from playwright.sync_api import Browser

from benchmarks.editor.visit import visit
from benchmarks.rubric import Table
from tests.stories.effort import Effort

LANGUAGES = {"English": "en-GB", "Chinese": "zh-CN"}
SHOWN = "assay-workspace .ws-head"


def measure(browser: Browser, table: Table, effort: Effort, limit: float) -> None:
    """One visit of each template's page with an empty cache; what a page weighs does not vary."""
    from annotation.project_templates import templates  # once Django is set up

    session = effort.quick_person("owner").cookies.get_dict()["sessionid"]
    cookie = {"name": "sessionid", "value": session, "url": effort.stack.url}
    for language, locale in LANGUAGES.items():
        weights: dict[str, float] = {}
        for template in templates():
            with browser.new_context(base_url=effort.stack.url, locale=locale) as context:
                context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's type is not exported
                seen = visit(context, f"/projects/new/try?template={template.key}", shown=SHOWN)
                weights[template.key] = seen.bytes / 1024
        name, most = max(weights.items(), key=lambda one: one[1])
        table.line(
            f"each of {len(weights)} templates, {language}, first visit, median",
            f"{statistics.median(weights.values()):.1f} KiB",
        )
        missed = "" if most * 1024 <= limit else ": MISSED"
        table.line(
            f"the heaviest of them: {name}",
            f"{most:.1f} KiB",
            f"wanted: at most {limit / 1024:.1f} KiB{missed}",
        )
