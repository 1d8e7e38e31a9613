"""Found a project, change it, and write new versions of its guideline and questions."""

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Project
from tests.annotation.web.conftest import As
from tests.cast import CONFIG, World, bring_texts, everything, person, submit, take


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def _form(ours: World, **changed: str) -> dict[str, str]:
    return {
        "organisation": ours.organisation.uid,
        "sector": "finance",
        "name": "Earnings",
        "qualified_only": "no",
        "overlap": "3",
        "dispute_rule": "no_majority",
        "lease_minutes": "30",
        "config": CONFIG.replace("\n", "\r\n"),
        "guideline": "# What to do\r\n\r\n1.1 Judge.\r\n",
        **changed,
    }


def test_the_gallery_offers_every_template_and_an_own_config(ours: World, as_: As) -> None:
    page = as_("lead").get(reverse("web:project-new")).content.decode()
    for wanted in ("sentiment", "clinical_spans", "blank"):
        assert f"?template={wanted}" in page


def test_a_template_fills_the_form(ours: World, as_: As) -> None:
    page = as_("lead").get(reverse("web:project-new"), {"template": "sentiment"})
    assert page.context["form"].initial["sector"] == "finance"
    assert "<Choices" in page.context["form"].initial["config"]


def test_a_lead_founds_a_project(ours: World, as_: As) -> None:
    answer = as_("lead").post(reverse("web:project-new"), _form(ours))
    made = Project.objects.get(name="Earnings")
    assert answer["Location"] == reverse("web:project", args=[made.uid])
    assert (made.overlap, made.qualified_only, made.dispute_rule, made.sector.key) == (
        3,
        False,
        "no_majority",
        "finance",
    )
    assert made.schemas.get().source == CONFIG
    assert made.guidelines.get().text == "# What to do\n\n1.1 Judge.\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"config": "<View>\n<Chocies/>\n</View>"}, "&lt;Chocies&gt; at line 2 is no Label Studio tag."),
        ({"config": "<View>\n<Audio name='i' value='$i'/></View>"}, "&lt;Audio&gt; at line 2"),
        ({"config": "<View"}, "The XML is broken at line 1"),
        ({"name": ""}, "This field is required."),
        ({"overlap": "0"}, "greater than or equal to 1"),
        ({"overlap": "many"}, "Enter a whole number."),
        ({"sector": "astrology"}, "not one of the available choices"),
        ({"dispute_rule": "coin"}, "not one of the available choices"),
        ({"organisation": "nowhere"}, "not one of the available choices"),
        ({"guideline": ""}, "This field is required."),
    ],
)
def test_a_mistake_is_named_and_the_input_kept(
    ours: World, as_: As, changed: dict[str, str], said: str
) -> None:
    answer = as_("lead").post(reverse("web:project-new"), _form(ours, description="Keep me.", **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Keep me." in answer.content.decode()
    assert not Project.objects.filter(name="Earnings").exists()


def test_who_leads_no_organisation_founds_no_project(ours: World, as_: As) -> None:
    stranger = Client()
    stranger.force_login(person("newcomer"))
    for client in (as_("annotator"), as_("auditor"), stranger):
        assert client.get(reverse("web:project-new")).status_code == 403
        assert client.post(reverse("web:project-new"), _form(ours)).status_code == 403
        assert client.post(reverse("web:config-check"), {"config": CONFIG}).status_code == 403


def test_the_config_is_checked_while_it_is_typed(ours: World, as_: As) -> None:
    client = as_("lead")
    good = client.post(reverse("web:config-check"), {"config": CONFIG})
    assert (good.status_code, "It asks 6 questions" in good.content.decode()) == (200, True)
    bad = client.post(
        reverse("web:schema-preview", args=[ours.project.uid]), {"config": "<View>\n<Txet/></View>"}
    )
    assert (bad.status_code, "&lt;Txet&gt; at line 2" in bad.content.decode()) == (200, True)


def test_saving_a_guideline_makes_a_version_and_the_difference_is_shown(ours: World, as_: As) -> None:
    client, here = as_("lead"), [ours.project.uid]
    text = "# 1. Breach\r\n\r\n1.1 A party did not do what it owes in time.\r\n"
    saved = client.post(reverse("web:guideline-edit", args=here), {"text": text})
    assert saved.status_code == 302
    assert ours.project.guidelines.order_by("-version")[0].version == 2
    page = client.get(reverse("web:guideline-diff", args=here), {"old": "1", "version": "2"}).content.decode()
    assert '<li class="added">+ 1.1 A party did not do what it owes in time.</li>' in page
    assert '<li class="removed">' in page
    old = client.get(reverse("web:guideline", args=here), {"version": "1"}).content.decode()
    assert "in time" not in old


@pytest.mark.parametrize("version", ["3", "0", "-1", "x", "9" * 30])
def test_a_version_that_is_not_there_is_missing(ours: World, as_: As, version: str) -> None:
    client = as_("lead")
    for page in ("guideline", "guideline-diff", "schema", "schema-diff"):
        address = reverse(f"web:{page}", args=[ours.project.uid])
        assert client.get(address, {"version": version}).status_code == 404


def test_an_empty_guideline_is_refused(ours: World, as_: As) -> None:
    address = reverse("web:guideline-edit", args=[ours.project.uid])
    for text in ("", "   \r\n"):
        assert as_("lead").post(address, {"text": text}).status_code in (400, 422)
    assert ours.project.guidelines.count() == 1


def test_the_preview_is_harmless(ours: World, as_: As) -> None:
    address = reverse("web:guideline-preview", args=[ours.project.uid])
    shown = as_("lead").post(address, {"text": "**bold** <script>alert(1)</script> [x](javascript:alert(1))"})
    page = shown.content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script" not in page
    assert 'href="javascript' not in page


def test_a_question_in_use_stays(ours: World, as_: As) -> None:
    carol = ours.people["annotator"]
    bring_texts(ours.project, ours.lead, 1)
    assignment = take(ours.project, carol)
    assert assignment
    submit(assignment, carol, everything())
    address = reverse("web:schema-edit", args=[ours.project.uid])
    without = CONFIG.replace('<Rating name="stars" toName="text" maxRating="5"/>', "")
    refused = as_("lead").post(address, {"config": without})
    assert refused.status_code == 422
    assert "“stars” has answers" in refused.content.decode()
    longer = CONFIG.replace('<Label value="Date"/>', '<Label value="Date"/><Label value="Sum"/>')
    assert as_("lead").post(address, {"config": longer}).status_code == 302
    assert ours.project.schemas.order_by("-version")[0].version == 2


def test_settings_are_changed_and_mistakes_named(ours: World, as_: As) -> None:
    client, address = as_("lead"), reverse("web:settings", args=[ours.project.uid])
    values = {
        "name": "Leases 2",
        "language": "en",
        "qualified_only": "yes",
        "overlap": "2",
        "dispute_rule": "any_difference",
        "lease_minutes": "90",
    }
    assert client.post(address, {**values, "lease_minutes": "0"}).status_code == 422
    assert client.post(address, values).status_code == 302
    ours.project.refresh_from_db()
    assert (ours.project.name, ours.project.language, ours.project.lease_minutes) == ("Leases 2", "en", 90)


def test_pausing_and_resuming(ours: World, as_: As) -> None:
    client = as_("lead")
    client.post(reverse("web:pause", args=[ours.project.uid]))
    ours.project.refresh_from_db()
    assert ours.project.paused_at is not None
    assert "is paused" in client.get(reverse("web:project", args=[ours.project.uid])).content.decode()
    client.post(reverse("web:resume", args=[ours.project.uid]))
    ours.project.refresh_from_db()
    assert ours.project.paused_at is None
