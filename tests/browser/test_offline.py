"""Without a network, over closed tabs, in two tabs, after the time ran out: no work is lost and none arrives twice."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import CONFIG, GUIDELINE, text
from tests.browser.offline import API, arrived, begin, choose, cut, kept, state, submit, verdicts
from tests.browser.people import answers, come_in, expect_saved, start_labelling
from tests.stories.effort import Effort, choice
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack

PEOPLE = (
    *("gone", "closed", "left", "crashed", "refused", "hers", "his", "tabs", "devices", "twice", "slow"),
    "busy",
    "between",
)


@pytest.fixture(scope="module")
def work(stack: Stack) -> Effort:
    """Items that everybody may have."""
    effort = Effort(
        stack,
        Founding(
            title="Letters from afar",
            sector="legal",
            people=dict.fromkeys(PEOPLE, "annotator"),
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": 10, "lease_minutes": 30},
        ),
    )
    effort.upload("letters.jsonl", ({"text": text(at)} for at in range(1, 6)))
    return effort


@pytest.fixture(scope="module")
def single(stack: Stack) -> Effort:
    """Items that want one answer each."""
    effort = Effort(
        stack,
        Founding(
            title="One answer each",
            sector="legal",
            people=dict.fromkeys(("late", "other"), "annotator"),
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": 1},
        ),
    )
    effort.upload("letters.jsonl", ({"text": text(at)} for at in range(1, 5)))
    return effort


@pytest.fixture(scope="module")
def last(stack: Stack) -> Effort:
    """One item that wants one answer."""
    effort = Effort(
        stack,
        Founding(
            title="The last one",
            sector="legal",
            people=dict.fromkeys(("late", "other"), "annotator"),
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": 1},
        ),
    )
    effort.upload("letters.jsonl", [{"text": text(1)}])
    return effort


def test_work_goes_on_without_a_network_and_arrives_once(page: Page, work: Effort) -> None:
    begin(page, work, "gone")
    choose(page, "Complaint")
    expect_saved(page)
    first = page.url
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/submit" in request.url else None)
    page.context.set_offline(True)
    choose(page, "Notice")
    state(page, "Offline: kept on this device")
    submit(page)
    expect(page).not_to_have_url(first)
    expect(page.get_by_role("radio", name="Notice")).not_to_be_checked()
    state(page, "Offline: one answer is kept on this device and sent when the network returns")
    choose(page, "Complaint")
    submit(page)
    desk = page.locator("[data-waiting]")
    expect(desk).to_contain_text("Your answer is kept")
    expect(desk).to_contain_text("Offline: 2 answers are kept on this device")
    assert verdicts(work, "gone") == []
    page.context.set_offline(False)
    arrived(work, "gone", ["notice", "complaint"])
    expect(page.locator(".ws-head")).to_be_visible()
    expect(page.get_by_role("radio", name="Complaint")).not_to_be_checked()
    assert len({text for text, _values in answers(work, "gone")}) == 2
    assert len(set(sent)) == 2


def answer_one_and_begin_one(page: Page, work: Effort, name: str) -> None:
    """Without a network: an answer waits on the device, and the next item's draft is there too."""
    begin(page, work, name)
    cut(page)
    choose(page, "Complaint")
    submit(page)
    state(page, "Offline: one answer is kept on this device and sent when the network returns")
    choose(page, "Notice")
    kept(page, "notice")


def test_a_reload_in_between_loses_neither_the_answer_nor_the_draft(page: Page, work: Effort) -> None:
    answer_one_and_begin_one(page, work, "closed")
    page.unroute(API)
    page.reload()
    arrived(work, "closed", ["complaint"])  # by the page before perhaps, which may take seconds to end
    expect(page.get_by_role("radio", name="Notice")).to_be_checked(timeout=15_000)
    expect_saved(page)
    submit(page)
    arrived(work, "closed", ["complaint", "notice"])


def test_what_is_saved_while_the_next_page_is_on_its_way_is_on_it(page: Page, work: Effort) -> None:
    """The server made the next page before it had the draft; the page before heard that it is saved, and forgot it."""
    begin(page, work, "between")
    cut(page)
    choose(page, "Notice")
    kept(page, "notice")

    def made_early(route: Route) -> None:
        answer = route.fetch()
        page.unroute(API)
        page.wait_for_timeout(5000)
        route.fulfill(response=answer)

    page.route("**/label/**", made_early)
    page.reload()
    expect(page.get_by_role("radio", name="Notice")).to_be_checked()
    expect_saved(page)
    submit(page)
    arrived(work, "between", ["notice"])


LATE = """const open = IDBFactory.prototype.open
IDBFactory.prototype.open = function (...asked) {
  const request = open.apply(this, asked)
  const later = (tell) => request.addEventListener("success", () => setTimeout(tell, 5000))
  Object.defineProperty(request, "onsuccess", { set: later })
  return request
}"""


def test_what_a_busy_disk_brings_late_is_there_all_the_same(page: Page, work: Effort) -> None:
    answer_one_and_begin_one(page, work, "busy")
    page.context.add_init_script(LATE)
    page.reload()
    expect(page.get_by_role("radio", name="Notice")).to_be_visible()
    expect(page.get_by_role("radio", name="Notice")).not_to_be_checked()
    expect(page.get_by_role("radio", name="Notice")).to_be_checked(timeout=15_000)
    page.unroute(API)
    arrived(work, "busy", ["complaint"])
    expect_saved(page)
    submit(page)
    arrived(work, "busy", ["complaint", "notice"])


HELD = """() => {
  const name = `assay-tab ${sessionStorage.getItem("assay-tab")}`;
  const busy = new BroadcastChannel("busy");
  busy.onmessage = () => busy.postMessage(name);
}"""
TAKEN = """() => new Promise((asked) => {
  const busy = new BroadcastChannel("busy");
  busy.onmessage = ({ data }) => {
    const later = () => new Promise((end) => setTimeout(end, 1200));
    navigator.locks.request(data, later);
    navigator.locks.query().then(asked);
  };
  busy.postMessage("");
})"""


def test_a_page_that_takes_long_to_end_keeps_nothing_from_the_next(page: Page, work: Effort) -> None:
    begin(page, work, "slow")
    cut(page)
    choose(page, "Notice")
    kept(page, "notice")
    page.evaluate(HELD)
    other = page.context.new_page()
    other.goto(work.stack.url)
    other.evaluate(TAKEN)  # has the name a second longer than the page before
    page.unroute(API)
    page.reload()
    expect(page.get_by_role("radio", name="Notice")).to_be_checked()
    expect_saved(page)


def test_an_answer_that_a_closed_tab_left_is_sent_by_any_other_page(page: Page, work: Effort) -> None:
    begin(page, work, "left")
    cut(page)
    choose(page, "Notice")
    submit(page)
    state(page, "Offline: one answer is kept on this device and sent when the network returns")
    context = page.context
    page.close()
    other = context.new_page()
    other.goto("/")
    arrived(work, "left", ["notice"])


def test_a_closed_tab_takes_nothing_with_it(page: Page, work: Effort) -> None:
    begin(page, work, "crashed")
    cut(page)
    choose(page, "Notice")
    kept(page, "notice")
    address, context = page.url, page.context
    page.close()
    other = context.new_page()
    other.goto(address)
    expect(other.get_by_role("radio", name="Notice")).to_be_checked()
    expect_saved(other)


def test_an_answer_that_is_refused_comes_back_and_is_opened_with_what_was_written(
    page: Page, work: Effort
) -> None:
    begin(page, work, "refused")
    body = (
        '{"status": 422, "code": "invalid_label", "title": "", "detail": "The place is gone.", "action": ""}'
    )

    def refuse(route: Route) -> None:
        route.fulfill(status=422, content_type="application/problem+json", body=body)

    page.route("**/submit", refuse)
    first = page.url
    choose(page, "Notice")
    submit(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Your answer to “Letter 1. The ward")
    expect(alert).to_contain_text("The place is gone.")
    expect(page).not_to_have_url(first)
    page.unroute("**/submit")
    alert.get_by_role("button", name="Open it").click()
    expect(page).to_have_url(first)
    expect(page.get_by_role("radio", name="Notice")).to_be_checked()
    submit(page)
    arrived(work, "refused", ["notice"])
    expect(page.get_by_role("alert")).to_be_empty()


def test_what_one_person_left_is_not_sent_in_the_name_of_the_next(page: Page, work: Effort) -> None:
    begin(page, work, "hers")
    cut(page)
    choose(page, "Complaint")
    submit(page)
    state(page, "Offline: one answer is kept on this device and sent when the network returns")
    come_in(page, work, "his")
    page.unroute(API)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    state(page, "Signed out: one answer is kept on this device. Sign in again in another tab.")
    other = page.context.new_page()
    start_labelling(other, work)
    expect(other.get_by_role("radio", name="Complaint")).not_to_be_checked()
    other.close()
    assert verdicts(work, "hers") == verdicts(work, "his") == []
    come_in(page, work, "hers")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    arrived(work, "hers", ["complaint"])


def test_what_one_tab_saves_the_other_shows(page: Page, work: Effort) -> None:
    begin(page, work, "tabs")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".ws-head")).to_be_visible()
    choose(page, "Complaint")
    expect_saved(page)
    expect(other.get_by_role("radio", name="Complaint")).to_be_checked()
    choose(other, "Notice")
    expect_saved(other)
    expect(page.get_by_role("radio", name="Notice")).to_be_checked()
    submit(page)
    expect(other.get_by_role("alert")).to_contain_text("This item was submitted in another tab.")
    arrived(work, "tabs", ["notice"])


@pytest.fixture
def two_devices(new_page: NewPage, work: Effort) -> tuple[Page, Page]:
    """One item open on two devices of one person."""
    one, two = new_page(), new_page()
    begin(one, work, "devices")
    come_in(two, work, "devices")
    two.goto(one.url)
    expect(two.locator(".ws-head")).to_be_visible()
    return one, two


def test_two_devices_show_both_versions_also_at_a_submit(
    two_devices: tuple[Page, Page], work: Effort
) -> None:
    one, two = two_devices
    choose(one, "Complaint")
    expect_saved(one)
    choose(two, "Notice")
    dialog = two.get_by_role("dialog")
    expect(dialog).to_contain_text("This answer was also changed elsewhere", timeout=15_000)
    expect(dialog).to_contain_text("Complaint")
    for _again in range(4):
        two.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Keep mine").click()
    expect_saved(two)
    cut(one)
    choose(one, "Complaint")
    one.get_by_role("button", name="Submit").click()
    state(one, "Offline: one answer is kept on this device and sent when the network returns")
    first = two.url
    one.unroute(API)
    one.evaluate("window.dispatchEvent(new Event('online'))")
    one.get_by_role("button", name="Open it").click()
    expect(one).to_have_url(first)
    dialog = one.get_by_role("dialog")
    expect(dialog).to_contain_text("Complaint")
    expect(dialog).to_contain_text("Notice")
    dialog.get_by_role("button", name="Take the other").click()
    submit(one)
    arrived(work, "devices", ["notice"])


def test_another_answer_from_a_second_device_is_told_and_both_are_shown(
    new_page: NewPage, work: Effort
) -> None:
    one, two = new_page(), new_page()
    begin(one, work, "twice")
    come_in(two, work, "twice")
    two.goto(one.url)
    first = one.url
    cut(one)
    choose(one, "Complaint")
    one.get_by_role("button", name="Submit").click()
    state(one, "Offline: one answer is kept on this device and sent when the network returns")
    choose(two, "Notice")
    submit(two)
    arrived(work, "twice", ["notice"])
    one.unroute(API)
    one.evaluate("window.dispatchEvent(new Event('online'))")
    told = one.get_by_role("alert")
    expect(told).to_contain_text("Another answer of yours to this item was submitted first", timeout=15_000)
    for _again in range(2):  # closed, it is still to be had
        told.get_by_role("button", name="Open it").click()
        dialog = one.get_by_role("dialog", name="You have answered this item twice")
        expect(dialog.locator("tbody tr")).to_have_text(re.compile("Complaint.*Notice", re.DOTALL))
        expect(one).to_have_url(first)
        dialog.get_by_role("button", name="Keep it here").click()
        expect(dialog).to_be_hidden()
    one.reload()  # the item is on the desk: both are shown again without being asked for
    dialog.get_by_role("button", name="Throw away what I wrote here").click()
    expect(dialog).to_be_hidden()
    expect(told.locator(".notice")).to_have_count(0)
    arrived(work, "twice", ["notice"])


def run_out(effort: Effort, name: str) -> None:
    """What a person holds is over."""
    effort.stack.manage(
        "shell",
        "--verbosity",
        "0",
        "--no-imports",
        "--command",
        f"""
from datetime import timedelta
from django.utils import timezone
from annotation.models import Assignment
from annotation.stages import lease
email = {effort.founding.address(name)!r}
past = timezone.now() - timedelta(minutes=1)
Assignment.objects.open().filter(expert__user__email=email).update(lease_until=past)
lease.return_expired()
""",
    )


def test_an_answer_after_the_time_ran_out_counts_while_its_place_is_free(page: Page, single: Effort) -> None:
    begin(page, single, "late")
    choose(page, "Complaint")
    expect_saved(page)
    run_out(single, "late")
    submit(page)
    arrived(single, "late", ["complaint"])
    assert single.stack.rows("SELECT surplus FROM annotation_annotation WHERE surplus") == []


def test_an_answer_whose_place_is_taken_is_kept_as_an_extra_one(page: Page, single: Effort) -> None:
    begin(page, single, "late")
    run_out(single, "late")
    given = list(single.label(single.quick_person("other"), lambda _work: choice("verdict", "notice")))
    assert given
    choose(page, "Complaint")
    submit(page)
    arrived(single, "late", ["complaint", "complaint"])
    expect(page.locator("body")).to_contain_text("It is kept as an extra answer")
    assert len(single.stack.rows("SELECT id FROM annotation_annotation WHERE surplus")) == 1


def test_an_extra_answer_is_told_where_nothing_was_fetched_before_it_arrived(
    page: Page, last: Effort
) -> None:
    begin(page, last, "late")
    run_out(last, "late")
    given = list(last.label(last.quick_person("other"), lambda _work: choice("verdict", "notice")))
    assert len(given) == 1
    choose(page, "Complaint")
    submit(page)
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    expect(page.locator(".ws-empty")).to_contain_text("It is kept as an extra answer")
