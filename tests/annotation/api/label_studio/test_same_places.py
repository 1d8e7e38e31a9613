"""Where scripts look: errors of no field, fields that they ask for, pages, links; what a draft holds on to."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.annotation.api.label_studio.script import CLS, House, Script, choice, refused, said
from tests.cast import drain

WITHOUT_SPORT = CLS.replace('<Choice value="sport"/>', "")
EVERYWHERE = "non_field_errors"


def test_an_import_says_what_is_wrong_where_clients_look(owner: Script) -> None:
    project = owner.project(CLS)
    for answer in (
        owner.post(f"projects/{project}/import", [{"words": "x"}]),
        owner.post("tasks/", {"project": project, "data": {"words": "x"}}),
        owner.upload(f"projects/{project}/import", SimpleUploadedFile("tasks.exe", b"MZ")),
    ):
        errors = said(answer, 400)["validation_errors"]
        assert len(errors[EVERYWHERE]) == 1
    placed = said(owner.post(f"projects/{project}/import", [{"words": "x"}]), 400)["validation_errors"]
    assert placed["tasks"][0].startswith("tasks[0].data")


def test_a_label_of_a_draft_cannot_vanish(owner: Script) -> None:
    project = owner.project(CLS)
    (task,) = owner.load(project, [{"text": "a match"}])
    draft = said(owner.post(f"tasks/{task}/drafts", {"result": [choice("sport")]}), 201)["id"]
    checked = owner.post(f"projects/{project}/validate/", {"label_config": WITHOUT_SPORT})
    assert "sport" in said(checked, 400)["validation_errors"][EVERYWHERE][0]
    refused(owner.patch(f"projects/{project}/", {"label_config": WITHOUT_SPORT}), "label_config", "sport")
    said(owner.delete(f"drafts/{draft}/"), 204)
    said(owner.post(f"projects/{project}/validate/", {"label_config": WITHOUT_SPORT}))
    assert (
        "sport"
        not in said(owner.patch(f"projects/{project}/", {"label_config": WITHOUT_SPORT}))["label_config"]
    )


def test_an_answer_names_no_draft_of_another_task(house: House) -> None:
    owner = house.owner
    project = owner.project(CLS)
    first, second = owner.load(project, [{"text": "a"}, {"text": "b"}])
    draft = said(owner.post(f"tasks/{first}/drafts", {"result": [choice("news")]}), 201)["id"]
    answer = {"result": [choice("news")], "draft_id": draft}
    refused(owner.post(f"tasks/{second}/annotations/", answer), status=403)
    refused(house.ann.post(f"tasks/{first}/annotations/", answer), status=403)
    said(owner.get(f"drafts/{draft}/"))
    said(owner.post(f"tasks/{first}/annotations/", answer), 201)
    said(owner.post(f"tasks/{second}/annotations/", {**answer, "draft_id": 10**9}), 201)


def test_fields_that_are_asked_for(owner: Script) -> None:
    project = owner.project(CLS)
    owner.load(project, [{"text": "a"}])
    (told,) = said(owner.get("projects/", ids=project, include="title,task_number"))["results"]
    assert told.keys() == {"id", "title", "task_number"}
    (task,) = said(owner.get("tasks/", project=project, include="id,data"))["tasks"]
    assert task.keys() == {"id", "data"}


def test_links_keep_what_was_asked_for(owner: Script) -> None:
    numbers = [owner.project(title="Same words") for _at in range(3)]
    first = said(owner.get("projects/", title="Same words", page_size=2))
    assert first["count"] == len(numbers)
    assert "title=Same+words" in first["next"]
    assert "page=2" in first["next"]
    refused(owner.get("projects/", title="Same words", page=9), status=404)


def test_semicolons_between_columns(owner: Script) -> None:
    project = owner.project(CLS)
    file = SimpleUploadedFile("rows.csv", b'text;note\n"one; two";x, y\n')
    said(owner.upload(f"projects/{project}/import", file), 201)
    drain()
    (task,) = said(owner.get("tasks/", project=project))["tasks"]
    assert task["data"] == {"text": "one; two", "note": "x, y"}


def test_views_are_reset_as_the_client_asks_for_it(owner: Script) -> None:
    project = owner.project(CLS)
    said(owner.post("dm/views/", {"project": project, "data": {}}), 201)
    said(owner.call("delete", "dm/views/reset/", {"project": project}), 204)
    assert said(owner.get("dm/views/", project=project)) == []
    refused(owner.call("delete", "dm/views/reset/", {}), "project")


def test_scores_are_of_the_version_that_the_project_has_chosen(owner: Script) -> None:
    project = owner.project(CLS)
    scored = [{"result": [choice("news")], "score": at / 10, "model_version": f"m{at}"} for at in (2, 8)]
    owner.load(project, [{"data": {"text": "a"}, "predictions": scored}])
    for version, score in (("m2", 0.2), ("m8", 0.8), ("", 0.5)):
        said(owner.patch(f"projects/{project}/", {"model_version": version}))
        (task,) = said(owner.get("tasks/", project=project, fields="all"))["tasks"]
        assert task["predictions_score"] == score
    extended = said(owner.get(f"projects/{project}/model-versions/", extended="true"))
    assert all(one["latest"] for one in extended["static"])


def test_an_owner_takes_somebody_out(house: House) -> None:
    assert house.ann.user
    assert house.ben.user
    place = f"organizations/{house.organisation.pk}/memberships/{house.ben.user.pk}/"
    assert said(house.owner.get(place))["annotations_count"] == 0
    refused(house.ann.delete(place), status=403)
    said(house.owner.delete(place), 204)
    refused(house.owner.delete(place), status=404)


def test_small_things_of_a_person_and_a_place(owner: Script) -> None:
    assert said(owner.get("current-user/hotkeys")) == {"custom_hotkeys": {}}
    assert said(owner.get("session-policy/"))["max_session_age"] > 0
    assert said(owner.get("invite"))["invite_url"].startswith("/")
    refused(owner.post("predictions/", {"result": []}), "task")
    project = owner.project(CLS)
    weights = said(owner.get(f"projects/{project}/"))["control_weights"]
    assert weights["topic"]["labels"] == {"news": 1.0, "sport": 1.0, "other": 1.0}
    assert said(owner.get("dm/project/", project=project))["queue_total"] == 0
