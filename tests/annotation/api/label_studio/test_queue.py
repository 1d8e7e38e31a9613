"""Who gets which task: skipped ones, overlap, drafts, answers that are taken back."""

import pytest

from tests.annotation.api.label_studio.script import House, said, span

TEXTS = [{"text": "Ann met Bob"}, {"text": "Ben met Cat"}, {"text": "Cat met Dan"}]


def test_requeue_for_me_hands_skipped_tasks_back_last(house: House) -> None:
    project = house.owner.project(skip_queue="REQUEUE_FOR_ME")
    first, second, third = house.owner.load(project, TEXTS)
    assert house.ann.next(project) == first
    house.ann.annotate(first, was_cancelled=True)
    assert house.ann.next(project) == second
    house.ann.annotate(second)
    assert house.ann.next(project) == third
    house.ann.annotate(third)
    assert house.ann.next(project) == first
    assert house.ben.next(project) is None, "it is held by whoever skipped it"
    house.ann.annotate(first, [span("Ann met Bob", 0, 3)])
    assert house.ann.next(project) is None
    told = house.owner.task(first)
    assert (told["total_annotations"], told["cancelled_annotations"], told["is_labeled"]) == (1, 1, True)


def test_ignore_skipped_counts_them_as_labelled(house: House) -> None:
    project = house.owner.project(skip_queue="IGNORE_SKIPPED")
    (task,) = house.owner.load(project, TEXTS[:1])
    assert house.ann.next(project) == task
    skipped = house.ann.annotate(task, was_cancelled=True)
    told = house.owner.task(task)
    assert (told["is_labeled"], told["total_annotations"], told["cancelled_annotations"]) == (True, 0, 1)
    assert house.ann.next(project) is None
    assert house.ben.next(project) is None
    assert said(house.ann.delete(f"annotations/{skipped['id']}/"), 204) is None
    assert house.owner.task(task)["is_labeled"] is False
    assert house.ben.next(project) == task


def test_requeue_for_others_and_the_query_s_way_to_skip(house: House) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, TEXTS[:1])
    made = said(house.ann.post(f"tasks/{task}/annotations/", {"result": []}, was_cancelled="true"), 201)
    assert made["was_cancelled"] is True
    assert house.ann.next(project) is None
    assert house.ben.next(project) == task
    assert said(house.owner.get(f"projects/{project}/"))["skipped_annotations_number"] == 1


@pytest.mark.parametrize("overlap", [2, 3])
def test_overlap_wants_so_many_people(house: House, overlap: int) -> None:
    project = house.owner.project(maximum_annotations=overlap)
    (task,) = house.owner.load(project, TEXTS[:1])
    people = [house.ann, house.ben, house.cat]
    for at, one in enumerate(people[:overlap]):
        assert house.owner.task(task)["is_labeled"] is False
        assert one.next(project) == task
        one.annotate(task)
        assert one.next(project) is None
        assert house.owner.task(task)["total_annotations"] == at + 1
    told = house.owner.task(task)
    assert (told["is_labeled"], told["overlap"]) == (True, overlap)
    assert all(one.next(project) is None for one in people)


def test_more_overlap_holds_at_once(house: House) -> None:
    project = house.owner.project()
    first, second = house.owner.load(project, TEXTS[:2])
    house.ann.annotate(first)
    said(house.owner.patch(f"projects/{project}/", {"maximum_annotations": 2}))
    assert [house.owner.task(one)["overlap"] for one in (first, second)] == [2, 2]
    house.ann.annotate(second)
    assert house.ben.next(project) in {first, second}


def test_a_second_answer_of_the_same_person_stands_beside_the_first(house: House) -> None:
    project = house.owner.project(maximum_annotations=2)
    (task,) = house.owner.load(project, TEXTS[:1])
    first, second = house.ann.annotate(task), house.ann.annotate(task, [span("Ann met Bob", 0, 3)])
    told = house.owner.task(task)
    assert [one["id"] for one in told["annotations"]] == [first["id"], second["id"]]
    assert (told["total_annotations"], told["is_labeled"]) == (2, False)
    assert house.ben.next(project) == task


def test_a_skip_becomes_an_answer_and_back(house: House) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, TEXTS[:1])
    made = house.ann.annotate(task, was_cancelled=True)
    changed = said(house.ann.patch(f"annotations/{made['id']}/", {"was_cancelled": False}))
    assert changed["was_cancelled"] is False
    assert house.owner.task(task)["is_labeled"] is True
    back = said(house.ann.patch(f"annotations/{changed['id']}/", {"was_cancelled": True}))
    assert back["was_cancelled"] is True
    told = house.owner.task(task)
    assert (told["total_annotations"], told["cancelled_annotations"], told["is_labeled"]) == (0, 1, False)


def test_a_draft_holds_the_task_and_goes_when_it_is_answered(house: House) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, TEXTS[:1])
    draft = said(house.ann.post(f"tasks/{task}/drafts", {"result": [span("Ann met Bob", 0, 3)]}), 201)
    assert house.ben.next(project) is None
    assert house.ann.next(project) == task
    house.ann.annotate(task, draft["result"])
    assert said(house.ann.get(f"tasks/{task}/drafts")) == []
    said(house.ann.get(f"drafts/{draft['id']}/"), 404)


def test_a_draft_thrown_away_gives_the_task_back(house: House) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, TEXTS[:1])
    draft = said(house.ann.post(f"tasks/{task}/drafts", {"result": []}), 201)
    said(house.ann.delete(f"drafts/{draft['id']}/"), 204)
    assert house.ben.next(project) == task


def test_nothing_left_says_so(house: House) -> None:
    project = house.owner.project()
    answer = said(house.ann.get(f"projects/{project}/next"), 404)
    assert "tasks" in answer["detail"]


def test_next_of_a_project_elsewhere_is_not_there(house: House) -> None:
    project = house.owner.project()
    said(house.other.get(f"projects/{project}/next"), 404)
