"""What the pages can do, the API can: each page's route has its counterparts in v1, or a reason why there is none."""

import pytest

from tests.permissions.routes import routes
from tests.permissions.table import TABLE

SHOWN = "no data and no act: the page draws what the other routes of its row answer"
SESSION = "about a browser's session"

# page route: (v1 routes, what they leave out and why; empty: nothing)
PARITY: dict[str, tuple[list[str], str]] = {
    "core:keys": (["own-keys"], "the legacy key itself is told only when it is made"),
    "core:legacy-key-reset": (["own-legacy-key"], ""),
    "core:token-make": (["own-token"], ""),
    "core:token-revoke": (["own-token"], ""),
    "core:language": (["preferences"], "the cookie of who is not signed in: " + SESSION),
    "core:theme": (["preferences"], "the cookie of who is not signed in: " + SESSION),
    "core:name": (["own-name"], ""),
    "core:invitation": (["offer"], ""),
    "core:organisations": (["organisations"], ""),
    "core:organisation-new": (["organisations"], ""),
    "core:organisation": (["organisation", "members"], ""),
    "core:organisation-settings": (["organisation-settings"], ""),
    "core:key-policy": (["organisation-settings"], ""),
    "core:invitations": (["invitations"], ""),
    "core:invitation-revoke": (["invitation"], ""),
    "core:member-role": (["member"], ""),
    "core:member-end": (["member"], ""),
    "core:organisation-audit": (["organisation-audit"], ""),
    "core:signing-keys": (["signing-keys"], ""),
    "core:signing-key-rotate": (["signing-keys"], ""),
    "core:signing-key-file": (["signing-key-pem"], ""),
    "web:home": (["desk", "batches"], ""),
    "web:me": (["profile", "own-credentials", "own-qualifications", "own-name", "conflicts"], ""),
    "web:profile": (["profile"], ""),
    "web:my-work": (["my-work"], ""),
    "web:appeal": (["appeal"], ""),
    "web:take-up": (["take-up"], ""),
    "web:assigning": (["assignments"], ""),
    "web:assigning-progress": (["job"], ""),
    "web:hand-on": (["reassign"], ""),
    "web:take-back": (["withdraw-assignment"], ""),
    "web:give-item": (["assignments", "judges"], ""),
    "web:ranking": (["ranking"], ""),
    "web:conflicts": (["conflicts"], ""),
    "web:conflict-withdraw": (["withdraw-conflict"], ""),
    "web:credential-new": (["own-credentials", "credential-kinds"], ""),
    "web:evidence": (["evidence"], ""),
    "web:evidence-pages": (
        ["evidence"],
        "the pictures are drawn from the file, for a browser that may not open it",
    ),
    "web:roster": (["roster"], ""),
    "web:verification": (["organisation-credentials"], ""),
    "web:credential-answer": (["answer-credential"], ""),
    "web:credential-qualify": (["qualify-on"], ""),
    "web:label-next": (["next"], ""),
    "web:label": (["assignment", "draft", "submit", "skip", "return", "extend", "versions"], ""),
    "web:disputes": (["desk", "disputes", "all-disputes"], ""),
    "web:dispute": (["dispute", "decision-draft", "decide", "hold"], ""),
    "web:projects": (["projects", "desk"], ""),
    "web:project-new": (["projects", "templates", "template"], ""),
    "web:config-check": (["config-check"], ""),
    "web:template-sample": ([], SHOWN),
    "web:template-try": (["template", "config-check"], "the editor itself is a page"),
    "web:project": (["project", "funnel", "agreement", "progress", "project-settings"], ""),
    "web:project-funnel": (["funnel"], ""),
    "web:project-agreement": (["agreement"], ""),
    "web:project-glance": (["figures", "progress", "coverage"], SHOWN),
    "web:items": (["items"], ""),
    "web:items-csv": (["items"], "the same list, as a file"),
    "web:item": (["item", "item-ranking", "assignments"], ""),
    "web:item-judges": (["judges"], ""),
    "web:batches": (["batches"], ""),
    "web:batch-new": (["batches"], ""),
    "web:batch": (["batch", "batch-quality", "problems"], ""),
    "web:batch-progress": (["batch", "job"], ""),
    "web:batch-problems": (["problems"], "the same list, as a file"),
    "web:batch-rights": (["batch-rights"], ""),
    "web:batch-deidentified": (["batch-deidentified"], ""),
    "web:batch-flags": (["batch-flags"], ""),
    "web:batch-flags-looked": (["batch-flags-looked"], ""),
    "web:batch-check-again": (["batch-quality"], ""),
    "web:batch-stop": (["stop-job"], ""),
    "web:guideline": (["guidelines", "guideline-version"], ""),
    "web:guideline-edit": (["guidelines"], ""),
    "web:guideline-preview": (["guideline-preview"], ""),
    "web:guideline-diff": (
        ["guideline-version"],
        "two versions are two calls; comparing them is the caller's",
    ),
    "web:schema": (["schemas", "schema-version"], ""),
    "web:schema-edit": (["schemas"], ""),
    "web:schema-preview": (["schema-check"], ""),
    "web:schema-diff": (["schema-version"], "two versions are two calls; comparing them is the caller's"),
    "web:people": (["project-members", "project-invitations", "project-expert"], ""),
    "web:invite": (["project-invitations"], ""),
    "web:invitation-revoke": (["project-invitation"], ""),
    "web:member-role": (["project-member"], ""),
    "web:member-end": (["project-member"], ""),
    "web:expert": (["project-expert"], ""),
    "web:verify": (["answer-in-project"], ""),
    "web:qualify": (["qualify-in-project"], ""),
    "web:revoke": (["revoke-in-project"], ""),
    "web:coverage": (["coverage"], ""),
    "web:coverage-progress": (["coverage"], ""),
    "web:coverage-count": (["coverage"], ""),
    "web:rules": (["rules", "grants"], ""),
    "web:rule-new": (["rules"], ""),
    "web:rule-end": (["rule-end"], ""),
    "web:grant": (["grants"], ""),
    "web:grant-revoke": (["grant-revoke"], ""),
    "web:trust": (["trust", "acceptances"], ""),
    "web:trust-residence": (["trust"], ""),
    "web:wall-add": (["trust"], ""),
    "web:wall-remove": (["trust"], ""),
    "web:undertaking": (["undertaking", "undertaking-accept", "undertakings", "undertaking-version"], ""),
    "web:undertaking-edit": (["undertaking"], ""),
    "web:undertaking-preview": (["guideline-preview"], ""),
    "web:undertaking-diff": (
        ["undertaking-version"],
        "two versions are two calls; comparing them is the caller's",
    ),
    "web:overlap": (["overlap"], ""),
    "web:overlap-progress": (["overlap", "job"], ""),
    "web:project-disputes": (["disputes", "all-disputes"], ""),
    "web:doubts": (["doubts"], ""),
    "web:doubts-resume": (["resume-doubts"], ""),
    "web:second-looks": (["second-looks"], ""),
    "web:second-look-review": (["review-second-look"], ""),
    "web:dispute-rules": (["dispute-rules"], ""),
    "web:releases": (["releases"], ""),
    "web:release-new": (["release-preview", "releases"], ""),
    "web:release": (["release"], ""),
    "web:release-policy": (["release-policy"], ""),
    "web:release-progress": (["release", "job"], ""),
    "web:release-file": (["release-file"], ""),
    "web:release-archive": (["release-archive"], ""),
    "web:release-card": (["release-file"], ""),
    "web:release-changes": (["release-changes", "release-changes-file"], ""),
    "web:release-rows": (["release-rows"], ""),
    "web:release-row": (["release-row"], ""),
    "web:release-proof": (["release-proof"], ""),
    "web:release-verify": (["release", "signing-keys"], ""),
    "web:release-waive": (["release-waivers"], ""),
    "web:release-drop": (["release-drop"], ""),
    "web:controls": (["controls", "control-settings", "suspensions"], ""),
    "web:control-new": (["controls", "items"], ""),
    "web:control": (["control"], ""),
    "web:control-retire": (["retire-control"], ""),
    "web:suspension-redo": (["redo-answers"], ""),
    "web:suspension-end": (["end-suspension"], ""),
    "web:suspension-progress": (["suspensions"], ""),
    "web:exams": (["exams"], ""),
    "web:exam-new": (["exams"], ""),
    "web:exam": (["exam", "sittings"], ""),
    "web:exam-close": (["close-exam"], ""),
    "web:exam-start": (["start-exam"], ""),
    "web:sitting": (["sitting"], ""),
    "web:audit": (["project-audit"], ""),
    "web:settings": (["project-settings"], ""),
    "web:webhooks": (["hooks"], ""),
    "web:webhook": (["hook", "deliveries"], ""),
    "web:webhook-test": (["hook-test"], ""),
    "web:webhook-switch": (["hook"], ""),
    "web:webhook-delete": (["hook"], ""),
    "web:pause": (["pause"], ""),
    "web:resume": (["resume"], ""),
    "web:dashboard": (["figures", "patterns", "confusion", "progress", "reliability"], ""),
    "web:dashboard-figures": (["figures", "patterns", "confusion", "progress", "reliability"], ""),
    "web:figure-csv": (["figures"], "the same figures, as a file"),
    "web:measuring": (["job"], ""),
    "web:measure": (["figures"], ""),
    "web:replay": (["replay"], ""),
    "web:replay-progress": (["replay"], ""),
    "web:replay-start": (["replay"], ""),
}
PAGES = sorted(route.name for route in routes() if route.name.startswith(("core:", "web:")))


def test_every_page_has_its_counterparts_in_the_api_or_a_reason() -> None:
    assert sorted(PARITY) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_the_counterparts_are_there(page: str) -> None:
    named, reason = PARITY.get(page, ([], ""))
    v1 = {route.name: route for route in routes() if route.pattern.startswith("api/v1/")}
    assert [name for name in named if f"api:{name}" not in v1] == []
    assert named or reason


def test_what_a_page_writes_is_written_by_a_counterpart() -> None:
    """A form on a page is a call that writes."""
    writes = {"post", "put", "patch", "delete"}
    lacking = [
        page
        for page, (named, _reason) in PARITY.items()
        if "post" in TABLE[page] and named and not any(writes & TABLE[f"api:{name}"].keys() for name in named)
    ]
    assert lacking == []
