"""Configs that the workspace cannot show, or not as a whole: scripts label such a project, and every page opens."""

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Annotation, Assignment, Item
from annotation.stages import project as projects
from core.refusals import InvalidConfig
from tests import cast
from tests.annotation.stages.release_scene import rows
from tests.annotation.web.test_nothing_asked import PAGES
from tests.cast import OURS, World

AUDIO = '<Audio name="a" value="$url"/><Labels name="l" toName="a"><Label value="x"/></Labels>'
TEXT = '<Text name="t" value="$text"/><Choices name="c" toName="t"><Choice value="y"/><Choice value="n"/></Choices>'
CONFIGS = {
    "empty": "<View></View>",
    "sound": f"<View>{AUDIO}</View>",
    "mixed": f"<View>{TEXT}\n{AUDIO}</View>",
}
ROWS = [{"url": f"https://example.org/{at}.wav", "text": f"Clause {at}"} for at in range(4)]


ALL = pytest.mark.parametrize("labelled", CONFIGS, indirect=True)
MIXED = pytest.mark.parametrize("labelled", ["mixed"], indirect=True)


@pytest.fixture
def labelled(request: pytest.FixtureRequest, db: None) -> World:
    """Four items of which two people have answered three, as far as the questions can be read."""
    found = cast.world(OURS, config=CONFIGS[request.param], outside=True)
    cast.bring(found.project, found.lead, cast.jsonl(ROWS))
    mixed = request.param == "mixed"
    result = [cast.region("c", "choices", {"choices": ["y"]}, "t")] if mixed else []
    for part in ("annotator", "annotator2"):
        cast.answer_all(found.project, found.people[part], lambda _: result, most=3)
    cast.drain()
    return found


def _client(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


@ALL
def test_every_page_of_the_project_opens(labelled: World) -> None:
    client = _client(labelled.lead)
    for name in PAGES:
        assert client.get(reverse(f"web:{name}", args=[labelled.project.uid])).status_code < 500, name
    for item in Item.objects.filter(project=labelled.project)[:2]:
        address = reverse("web:item", args=[labelled.project.uid, item.uid])
        assert client.get(address).status_code == 200


@ALL
def test_what_scripts_answered_settles_and_is_released(labelled: World) -> None:
    assert Annotation.objects.count() == 6
    assert Item.objects.exclude(settled_at=None).count() == 3
    found = rows(cast.make_release(labelled.project, labelled.lead))
    assert sorted(row["data"]["url"] for row in found) == [row["url"] for row in ROWS[:3]]


@MIXED
def test_the_labelling_page_says_what_it_cannot_show_and_leases_nothing(labelled: World) -> None:
    before = Assignment.objects.count()
    client = _client(labelled.people["annotator"])
    address = reverse("web:label-next", args=[labelled.project.uid])
    for page in (client.get(address), client.post(address)):
        assert page.status_code == 200
        assert "Scripts label this project" in page.content.decode()
        assert "The workspace can" in page.content.decode()
    assert Assignment.objects.count() == before
    own = Assignment.objects.filter(expert__user=labelled.people["annotator"])[0]
    assert client.get(reverse("web:label", args=[own.uid]), follow=True).redirect_chain[0][0] == address


@MIXED
def test_the_lead_is_told_and_may_change_the_config(labelled: World) -> None:
    client = _client(labelled.lead)
    shown = client.get(reverse("web:schema", args=[labelled.project.uid])).content.decode()
    assert "Left out" in shown
    overview = client.get(reverse("web:project", args=[labelled.project.uid])).content.decode()
    assert "See what is left out" in overview
    source = labelled.project.schemas.first().source.replace("</View>", "\n<!-- more --></View>")  # type: ignore[union-attr]
    address = reverse("web:schema-preview", args=[labelled.project.uid])
    assert "can be used" in client.post(address, {"config": source}).content.decode()
    address = reverse("web:schema-edit", args=[labelled.project.uid])
    assert client.post(address, {"config": source}).status_code == 302


def test_a_config_that_label_studio_refuses_is_refused(db: None) -> None:
    broken = CONFIGS["sound"].replace('toName="a"', 'toName="b"')
    with pytest.raises(InvalidConfig) as found:
        projects.read_config(broken, outside=True)
    assert found.value.params["line"] == 1
    with pytest.raises(InvalidConfig):
        projects.read_config(CONFIGS["sound"])
    assert projects.read_config("<View/>", outside=True).questions == ()


@MIXED
def test_nobody_is_called_to_label_it_here(labelled: World) -> None:
    home = _client(labelled.people["annotator"]).get("/")
    assert [card.by_scripts for card in home.context["label"]] == [True]
    assert reverse("web:label-next", args=[labelled.project.uid]) not in home.content.decode()
