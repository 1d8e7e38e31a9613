"""The pages of releases: asking for one, its gate, its card, what changed, its rows and where one came from."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotation.formats.release.registry import ALWAYS, FORMATS, USUAL
from annotation.models import Dispute, GoldLabel, Item, Release, ReleaseMember
from annotation.models.release_outlook import misfits_now
from annotation.release_downloads import archive_name
from assay.proof import verify_row
from core.ids import new_uid
from core.models import SigningKey, User
from tests import cast
from tests.annotation.release_folder import of_the_first_format
from tests.annotation.web.conftest import As
from tests.cast import Scene, World
from tests.core.database import kept

__all__ = ["kept"]
ROUTES = ("release", "release-card", "release-changes", "release-rows", "release-verify")
REASON = "Seen by the board on 3 May, which accepts it."


@pytest.fixture(scope="module")
def played(kept: None) -> Scene:
    """One scene for all tests; what each changes is undone."""
    return cast.scene()


@pytest.fixture
def ours(played: Scene, db: None) -> Scene:
    return played


def at(name: str, release: Release, *more: str) -> str:
    """The address of a page of the release."""
    return reverse(f"web:{name}", args=[release.project.uid, release.uid, *more])


def text(client: Client, address: str) -> str:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def settle(ours: World, count: int, start: int, verdict: str = "breach") -> None:
    """Bring in texts and have both annotators agree on them; whatever else is open is answered too."""
    cast.bring_texts(ours.project, ours.lead, count, start=start)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice(verdict))
    cast.drain()


def held(ours: Scene, **policy: Any) -> Release:
    """A release that its gate holds: a dispute is open and nothing has three answers."""
    asked = {"disputes_settled": True, "least_overlap": 3, **policy}
    cast.ask_less(ours.project, **asked)
    made = cast.make_release(ours.project, ours.lead)
    assert made.held_at
    return made


class TestNew:
    """The page on which a release is asked for."""

    def test_formats_on_offer_and_what_the_questions_lack_for_others(self, ours: Scene, as_: As) -> None:
        page = as_("lead").get(reverse("web:release-new", args=[ours.project.uid]))
        choices = {one.key: one for one in page.context["form"].choices()}
        unfit = misfits_now(ours.project)
        assert choices.keys() == FORMATS.keys() - set(ALWAYS)
        assert unfit
        assert {key for key, one in choices.items() if one.why_not} == unfit.keys()
        assert {key for key, one in choices.items() if one.chosen} == set(USUAL) - unfit.keys()
        shown = page.content.decode()
        assert shown.count('name="formats"') == len(choices)
        for one in choices.values():
            assert "%(" not in one.why_not + one.about + one.title
        assert [line.state for line in page.context["gate"]].count("later") >= 3
        assert "CC0-1.0" in shown

    def test_what_is_chosen_is_what_is_made(self, ours: Scene, as_: As) -> None:
        sent = {"formats": ["csv"], "licence": "CC0-1.0"}
        asked = as_("lead").post(reverse("web:release-new", args=[ours.project.uid]), sent)
        assert asked.status_code == 302
        cast.drain()
        made = Release.objects.get(project=ours.project, number=2)
        assert made.published_at
        assert (made.licence, set(made.manifest["formats"])) == ("CC0-1.0", {*ALWAYS, "csv"})

    @pytest.mark.parametrize(
        ("wrong", "status", "words"),
        [
            ({"formats": ["csv", "moon"]}, 422, "moon is not one of the available choices"),
            ({"formats": ["csv", "coco"]}, 400, ""),
            ({"licence": "x" * 101}, 422, "at most 100 characters"),
            ({"licence": "\ufffd"}, 422, "could not be read"),
        ],
    )
    def test_bad_input_keeps_what_was_given(
        self, ours: Scene, as_: As, wrong: dict[str, Any], status: int, words: str
    ) -> None:
        sent = {"formats": ["csv"], "licence": "CC-BY-4.0", **wrong}
        page = as_("lead").post(reverse("web:release-new", args=[ours.project.uid]), sent)
        shown = page.content.decode()
        assert (page.status_code, words in shown) == (status, True)
        assert f'value="{sent["licence"]}"' in shown
        assert 'value="csv" checked' in shown
        assert page.context["form"].errors
        assert 'class="errorlist' in shown or 'role="alert"' in shown
        assert ours.project.releases.count() == 1

    def test_only_who_leads(self, ours: Scene, as_: As) -> None:
        address = reverse("web:release-new", args=[ours.project.uid])
        assert as_("auditor").get(address).status_code == 403
        assert as_("mallory").get(address).status_code == 404


class TestHeld:
    """A release that its gate holds."""

    def test_each_check_is_told_and_waived_with_a_reason(self, ours: Scene, as_: As) -> None:
        made, lead = held(ours), as_("lead")
        page = lead.get(at("release", made))
        failed = [one for one in page.context["gate"] if one.state == "failed"]
        assert [one.key for one in failed] == ["overlap", "disputes"]
        shown = page.content.decode()
        assert all("%(" not in one.said + one.action for one in page.context["gate"])
        assert all(f"?check={one.key}" in shown and one.said and one.action for one in failed)
        assert "?check=licences" not in shown
        for name in ROUTES[1:]:
            assert lead.get(at(name, made)).status_code == 404
        address = at("release-waive", made)
        assert 'value="overlap"' in text(lead, f"{address}?check=overlap")
        lead.post(address, {"check": "overlap", "reason": f"<b>{REASON}</b>"})
        made.refresh_from_db()
        assert made.held_at
        shown = text(lead, at("release", made))
        assert f"&lt;b&gt;{REASON}&lt;/b&gt;" in shown
        assert "?check=overlap" not in shown
        lead.post(address, {"check": "disputes", "reason": REASON})
        cast.drain()
        made.refresh_from_db()
        assert made.published_at
        assert {one.state for one in lead.get(at("release", made)).context["gate"]} >= {"waived", "passed"}
        card = text(lead, at("release-card", made))
        assert REASON in card
        assert "<b>" not in card

    @pytest.mark.parametrize(
        ("sent", "status", "words"),
        [
            ({"check": "overlap", "reason": "Fine so."}, 400, "at least 10 characters"),
            ({"check": "overlap", "reason": ""}, 422, "This field is required"),
            ({"check": "overlap", "reason": "x" * 2001}, 422, "at most 2000 characters"),
            ({"check": "licences", "reason": REASON}, 400, "did not fail"),
            ({"check": "moon", "reason": REASON}, 400, "There is no check “moon”"),
            ({"check": "", "reason": REASON}, 422, "This field is required"),
        ],
    )
    def test_a_word_that_cannot_stand_is_told(
        self, ours: Scene, as_: As, sent: dict[str, str], status: int, words: str
    ) -> None:
        made = held(ours)
        answer = as_("lead").post(at("release-waive", made), sent)
        shown = answer.content.decode()
        assert (answer.status_code, words in shown) == (status, True)
        assert sent["reason"] in shown
        assert not made.waivers.exists()

    def test_it_is_given_up(self, ours: Scene, as_: As) -> None:
        made, lead = held(ours), as_("lead")
        assert lead.get(at("release-drop", made)).status_code == 405
        assert lead.post(at("release-drop", made)).status_code == 302
        shown = text(lead, at("release", made))
        assert "given up at its gate" in shown
        assert "?check=" not in shown
        assert lead.post(at("release-drop", made)).status_code == 409
        late = lead.post(at("release-waive", made), {"check": "overlap", "reason": REASON})
        assert (late.status_code, "was given up" in late.content.decode()) == (409, True)

    def test_who_audits_reads_and_does_nothing(self, ours: Scene, as_: As) -> None:
        made, auditor = held(ours), as_("auditor")
        shown = text(auditor, at("release", made))
        assert "?check=" not in shown
        assert "release-drop" not in shown
        assert auditor.post(at("release-drop", made)).status_code == 403
        assert auditor.post(at("release-waive", made), {"check": "overlap"}).status_code == 403
        made.refresh_from_db()
        assert made.dropped_at is None


class TestPublished:
    """A published release."""

    def test_the_card_in_both_languages(self, ours: Scene, as_: As) -> None:
        lead = as_("lead")
        english = text(lead, at("release-card", ours.release))
        assert "<h1>" in english.split('release-card">')[1]
        assert "README.md" in english
        assert "license:" not in english  # its front matter is for machines
        User.objects.filter(pk=ours.lead.pk).update(language="zh-hans")
        chinese = text(lead, at("release-card", ours.release))
        assert "README.zh-Hans.md" in chinese
        assert chinese != english
        for name in ("Carol", "Dan"):
            assert name not in english.split('release-card">')[1]

    def test_how_to_verify_it(self, ours: Scene, as_: As) -> None:
        key = SigningKey.objects.get(organisation=ours.organisation)
        shown = text(as_("auditor"), at("release-verify", ours.release))
        assert f"assay verify {archive_name(ours.release)} --key {key.public}" in shown
        assert ours.release.root in shown

    def test_its_rows_by_split_page_by_page(self, ours: Scene, as_: As) -> None:
        client, splits = as_("lead"), ours.release.splits["rows"]
        assert sum(splits.values()) == 3
        page = client.get(at("release-rows", ours.release))
        assert [row.position for row, _excerpt in page.context["rows"]] == [0, 1, 2]
        for split, count in splits.items():
            some = client.get(at("release-rows", ours.release), {"split": split}).context["rows"]
            assert [row.split for row, _excerpt in some] == [split] * count
        assert len(client.get(at("release-rows", ours.release), {"split": "moon"}).context["rows"]) == 3

    def test_where_each_row_came_from(self, ours: Scene, as_: As) -> None:
        client = as_("auditor")
        for member in ours.release.members.select_related("item"):
            page = client.get(at("release-row", ours.release, member.item.uid))
            shown = page.content.decode()
            assert "Carol" in shown  # who sees the work sees who did it
            assert "Dan" in shown
            whole = page.context["whole"]
            assert (whole.row.number, whole.row.item) == (member.position, member.item.uid)
            assert all(one.said.annotator in shown for one in whole.answers)
            assert ("Erin" in shown) == any(one.decision for one in whole.labels)
        decided = Dispute.objects.exclude(closed_at=None).get(project=ours.project).item
        shown = text(client, at("release-row", ours.release, decided.uid))
        assert "Clause 1.1 says so." in shown
        assert "corrected since" not in shown

    def test_a_row_that_is_not_there(self, ours: Scene, as_: As) -> None:
        for item in (ours.dispute.item.uid, "nothing"):
            for name in ("release-row", "release-proof"):
                assert as_("lead").get(at(name, ours.release, item)).status_code == 404

    def test_the_proof_of_each_row_stands(self, ours: Scene, as_: As) -> None:
        key = SigningKey.objects.get(organisation=ours.organisation)
        for member in ours.release.members.select_related("item"):
            sent = as_("auditor").get(at("release-proof", ours.release, member.item.uid))
            assert sent["Content-Disposition"].startswith("attachment; filename=")
            verdict = verify_row(sent.content, {key.key_id: key.raw})
            assert (verdict.status, verdict.facts["index"]) == (0, member.position)
            broken = sent.content.replace(b"Clause", b"clause", 1)
            assert broken != sent.content
            assert verify_row(broken, {key.key_id: key.raw}).status == 1

    def test_what_people_wrote_is_escaped(self, ours: Scene, as_: As) -> None:
        cast.ask_less(ours.project, limits="<script>alert(1)</script>", disputes_settled=False)
        batch = cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "<script>alert(2)</script>"}]))
        settle(ours, 1, 50)
        made = cast.make_release(ours.project, ours.lead)
        item = Item.objects.get(batch=batch)
        lead = as_("lead")
        for address in (*(at(name, made) for name in ROUTES), at("release-row", made, item.uid)):
            assert "<script>alert" not in text(lead, address), address
        assert "alert(1)" in text(lead, at("release-card", made))
        assert "&lt;script&gt;alert(2)" in text(lead, at("release-row", made, item.uid))

    def test_strangers_and_experts_see_nothing(self, ours: Scene, as_: As) -> None:
        mallory, carol = as_("mallory"), as_("annotator")
        for name in ROUTES:
            assert mallory.get(at(name, ours.release)).status_code == 404
            assert carol.get(at(name, ours.release)).status_code == 403


def redecide(item: Item, verdict: str) -> None:
    """As a later decision leaves an item's gold."""
    said = GoldLabel.objects.current().get(item=item, question="verdict")
    GoldLabel.objects.filter(pk=said.pk).update(superseded_at=timezone.now())
    said.pk, said.uid, said.value = None, new_uid(), verdict
    said.save(force_insert=True)


@pytest.fixture
def second(ours: Scene) -> Release:
    """A release with items more, one less, and one whose gold has changed."""
    released = ReleaseMember.objects.filter(release=ours.release).order_by("position")
    changed, bad, _kept = [row.item for row in released.select_related("item")]
    redecide(changed, "no breach")
    Item.objects.filter(pk=bad.pk).update(bad_at=timezone.now())
    settle(ours, 1, 50)
    return cast.make_release(ours.project, ours.lead)


class TestChanges:
    """What a release says otherwise than an earlier one."""

    def test_the_first_release_has_nothing_before_it(self, ours: Scene, as_: As) -> None:
        assert "Nothing to compare it with" in text(as_("lead"), at("release-changes", ours.release))

    def test_each_kind_with_why(self, ours: Scene, as_: As, second: Release) -> None:
        client, address = as_("lead"), at("release-changes", second)
        page = client.get(address)
        counted = {kind: count for kind, _text, count, _here in page.context["kinds"]}
        assert counted["changed"] == counted["removed"] == 1
        assert counted["added"] == second.items - 2
        assert page.context["kept"] == 1
        added = client.get(address, {"kind": "added"}).content.decode()
        assert "Settled after the earlier release." in added
        removed = client.get(address, {"kind": "removed"}).content.decode()
        assert "An adjudicator found that it cannot be judged." in removed
        changed = client.get(address, {"kind": "changed"}).content.decode()
        assert "<del>breach</del>" in changed
        assert "<ins>no breach</ins>" in changed
        assert client.get(address, {"kind": "moon"}).status_code == 200
        row = ReleaseMember.objects.filter(release=ours.release).order_by("position")[0]
        assert "corrected since" in text(client, at("release-row", ours.release, row.item.uid))

    def test_an_item_that_is_deleted_has_no_page(self, ours: Scene, as_: As, second: Release) -> None:
        gone = Item.objects.get(project=ours.project, bad_at__isnull=False)
        Item.objects.filter(pk=gone.pk).update(deleted_at=timezone.now(), bad_at=None)
        shown = text(as_("lead"), f"{at('release-changes', second)}?kind=removed")
        assert "It was deleted." in shown
        assert reverse("web:item", args=[ours.project.uid, gone.uid]) not in shown
        row = text(as_("lead"), at("release-row", ours.release, gone.uid))
        assert "deleted since" in row
        assert reverse("web:item", args=[ours.project.uid, gone.uid]) not in row

    def test_since_which_release(self, ours: Scene, as_: As, second: Release) -> None:
        third, client = cast.make_release(ours.project, ours.lead), as_("lead")
        address = at("release-changes", third)
        assert client.get(address).context["earlier"].pk == second.pk
        first = client.get(address, {"since": ours.release.uid})
        assert first.context["earlier"].pk == ours.release.pk
        assert first.context["kept"] == 1
        for wrong in (third.uid, "nothing"):
            assert client.get(address, {"since": wrong}).status_code == 404


def statements(client: Client, page: str) -> int:
    """How many statements a page makes."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page).status_code == 200
    return len(caught)


def test_no_page_asks_more_of_a_larger_release(ours: Scene, as_: As) -> None:
    client = as_("lead")
    small = cast.make_release(ours.project, ours.lead)
    settle(ours, 8, 50)
    large = cast.make_release(ours.project, ours.lead)
    assert large.items > small.items + 7
    addresses: list[Callable[[Release], str]] = [partial(at, name) for name in ROUTES]
    addresses += [
        lambda made: f"{at('release-changes', made)}?kind=added&since={ours.release.uid}",
        lambda made: at("release-row", made, made.members.all()[0].item.uid),
    ]
    for address in addresses:
        pages = address(small), address(large)
        client.get(pages[0])  # what is looked up once is there
        few, many = (statements(client, page) for page in pages)
        assert many <= few + 4, pages[1]  # of 8 rows more; a list may have been empty
        assert many <= 60


def test_a_release_of_the_first_format_opens(ours: Scene, as_: As) -> None:
    older, client = of_the_first_format(ours.release), as_("lead")
    page = client.get(at("release", older))
    shown = page.content.decode()
    assert (page.status_code, "gold.jsonl" in shown, "assay-release/1" in shown) == (200, True, True)
    assert [tab.text for tab in page.context["tabs"]] == ["What it holds", "Changes"]
    assert "Merkle" not in shown
    for name in ("release-card", "release-rows", "release-verify"):
        assert client.get(at(name, older)).status_code == 404
    item = older.members.all()[0].item.uid
    for name in ("release-row", "release-proof"):
        assert client.get(at(name, older, item)).status_code == 404
    since = client.get(at("release-changes", older), {"kind": "changed"})
    assert (since.status_code, since.context["kept"]) == (200, older.items)
    settle(ours, 1, 50)
    later = cast.make_release(ours.project, ours.lead)
    assert later.number > older.number
    told = client.get(at("release-changes", later), {"kind": "added"})
    assert (told.status_code, told.context["earlier"].pk) == (200, older.pk)
    assert text(client, reverse("web:releases", args=[ours.project.uid])).count("Release 800") == 1
