"""Projects: settings that are checked, versions that are kept."""

from typing import Any

import pytest

from annotation.formats.labelling_config import parse_config
from annotation.models import Project
from annotation.stages import project as projects
from core.models import AuditEvent, User
from core.refusals import InvalidConfig, InvalidInput
from tests import cast
from tests.cast import CONFIG, World


def test_a_project_begins_with_version_one_of_everything(ours: World) -> None:
    assert [schema.version for schema in ours.project.schemas.all()] == [1]
    assert ours.project.schemas.get().source == CONFIG
    assert ours.project.guidelines.get().text == cast.GUIDELINE


@pytest.mark.parametrize(
    "settings",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 121},
        {"overlap": 0},
        {"overlap": 11},
        {"overlap": "2"},
        {"overlap": 2.5},
        {"overlap": True},
        {"lease_minutes": 0},
        {"lease_minutes": 10**9},
        {"dispute_rule": "coin toss"},
        {"licence": "x" * 101},
        {"language": "x" * 21},
        {"colour": "red"},
    ],
)
def test_a_setting_out_of_range_is_refused(ours: World, settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        projects.change_settings(project=ours.project, by=ours.lead, **settings)
    assert refusal.value.where == next(iter(settings))
    with pytest.raises(InvalidInput):
        cast.found_project(ours.organisation, ours.lead, **settings)


def test_the_trail_of_settings_holds_no_free_text(ours: World) -> None:
    projects.change_settings(
        project=ours.project,
        by=ours.lead,
        name="For Jane Roe",
        description="Her phone: 555",
        rights="Jane Roe agreed",
        qualified_only=False,
        dispute_rule="no_majority",
    )
    assert AuditEvent.objects.get(action="project.changed").changes == {
        "fields": ["description", "dispute_rule", "name", "qualified_only", "rights"],
        "dispute_rule": "no_majority",
        "qualified_only": False,
    }


def test_a_changed_setting_is_in_the_trail_and_an_unchanged_one_is_not(ours: World) -> None:
    projects.change_settings(project=ours.project, by=ours.lead, lease_minutes=5, name=ours.project.name)
    ours.project.refresh_from_db()
    assert ours.project.lease_minutes == 5
    assert AuditEvent.objects.get(action="project.changed").changes == {
        "fields": ["lease_minutes"],
        "lease_minutes": 5,
    }
    projects.change_settings(project=ours.project, by=ours.lead, lease_minutes=5)
    assert AuditEvent.objects.filter(action="project.changed").count() == 1


@pytest.mark.parametrize(
    "config", ["", "<View>", "<View/>", "no xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><View>&b;</View>"]
)
def test_a_config_that_cannot_be_used_is_refused(ours: World, config: str) -> None:
    with pytest.raises(InvalidConfig) as refusal:
        projects.add_schema(project=ours.project, by=ours.lead, config=config)
    assert refusal.value.sentence
    assert ours.project.schemas.count() == 1
    before = Project.objects.count()
    with pytest.raises(InvalidConfig):
        cast.found_project(ours.organisation, ours.lead, config=config)
    assert Project.objects.count() == before


def test_a_tag_that_is_not_supported_yet_is_refused_clearly(ours: World) -> None:
    config = '<View><Text name="text" value="$text"/><Video name="v" value="$video"/></View>'
    with pytest.raises(InvalidConfig, match="Video"):
        projects.add_schema(project=ours.project, by=ours.lead, config=config)


def test_a_new_text_is_a_new_version_and_the_same_text_is_not(ours: World) -> None:
    project, lead = ours.project, ours.lead
    assert projects.add_guideline(project=project, by=lead, text="# 2. New").version == 2
    assert projects.add_guideline(project=project, by=lead, text="# 2. New").version == 2
    with pytest.raises(InvalidInput):
        projects.add_guideline(project=project, by=lead, text=" ")
    changed = CONFIG.replace("unsure", "unclear")
    assert projects.add_schema(project=project, by=lead, config=changed).version == 2
    assert projects.add_schema(project=project, by=lead, config=changed).version == 2
    assert project.schemas.count() == project.guidelines.count() == 2


def test_a_question_that_has_answers_cannot_vanish_or_change_its_kind(ours: World, carol: User) -> None:
    multiple = CONFIG.replace('choice="single"', 'choice="multiple"')
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, carol, lambda _: cast.choice())
    gone = CONFIG.replace('"verdict"', '"opinion"')
    for config in (multiple, gone):
        with pytest.raises(InvalidConfig) as refusal:
            projects.add_schema(project=ours.project, by=ours.lead, config=config)
        assert refusal.value.code == "question_in_use"
    without_rating = CONFIG.replace('<Rating name="stars" toName="text" maxRating="5"/>', "")
    assert projects.add_schema(project=ours.project, by=ours.lead, config=without_rating).version == 2


TEXT = '<Text name="text" value="$text"/>'
OTHER_FIELDS = {
    "another kind": ('<HyperText name="text" value="$text"/>', "field_in_use"),
    "another key": ('<Text name="text" value="$body"/>', "field_in_use"),
    "HTML that did not come in as such": (f'{TEXT}<HyperText name="page" value="$body"/>', "field_not_ready"),
    "a key that items lack": (f'{TEXT}<Text name="extra" value="$extra"/>', "field_lacking"),
    "labels that items lack": (
        f'{TEXT}<Choices name="more" toName="text" value="$more"><Choice value="a"/></Choices>',
        "field_lacking",
    ),
}


NOT_FITTING = {
    "a table": '<Table name="rows" value="$text"/>',
    "paragraphs": '<Paragraphs name="talk" value="$text"/>',
    "a list": '<List name="things" value="$text"/>',
    "a chat": '<Chat name="chat" value="$text"/>',
    "labels": f'{TEXT}<Choices name="more" toName="text" value="$text" required="true"/>',
    "a number as text": f'{TEXT}<Text name="extra" value="$number"/>',
}


@pytest.mark.parametrize("fields", NOT_FITTING.values(), ids=NOT_FITTING)
def test_items_that_hold_something_else_are_not_shown_as_it(ours: World, fields: str) -> None:
    name = parse_config(f"<View>{fields}</View>").fields[0].name
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "Some words", "number": 3}]))
    about = f'<TextArea name="note" toName="{name}"/>'
    with pytest.raises(InvalidConfig) as refusal:
        projects.add_schema(project=ours.project, by=ours.lead, config=f"<View>{fields}{about}</View>")
    assert refusal.value.code == "field_not_fitting"
    assert ours.project.items.get().uid in str(refusal.value)
    assert ours.project.schemas.count() == 1


def test_items_that_hold_a_table_may_be_shown_as_one(ours: World) -> None:
    cast.bring(
        ours.project, ours.lead, cast.jsonl([{"text": "Words", "rows": [{"a": 1}], "more": ["x", "y"]}])
    )
    table = f'{TEXT}<Table name="rows" value="$rows"/><Choices name="more" toName="text" value="$more"/>'
    changed = CONFIG.replace(TEXT, table)
    assert projects.add_schema(project=ours.project, by=ours.lead, config=changed).version == 2


IN_PARTS = f"""<View>{TEXT}<List name="list" value="$list"/>
<Ranker name="order" toName="list"><Bucket name="good"/><Bucket name="bad"/></Ranker>
<Grades name="grades" toName="text"><Criterion value="Clear" most="4"/><Criterion value="True"/></Grades>
<Number name="count" toName="text"/></View>"""
PARTS = {
    "a bucket": ('<Bucket name="good"/>', "", "part_in_use"),
    "a criterion": ('<Criterion value="True"/>', "", "part_in_use"),
    "the words of one": ('value="True"', 'value="Right"', "part_in_use"),
    "fewer points": ('most="4"', 'most="3"', "part_in_use"),
    "a bucket without answers": ('<Bucket name="bad"/>', "", ""),
    "more points": ('most="4"', 'most="5"', ""),
    "a title": ('name="bad"', 'name="bad" title="Not good"', ""),
    "a tag of the same kind": (
        '<Number name="count" toName="text"/>',
        '<Grades name="count" toName="text"><Criterion value="One"/></Grades>',
        "question_in_use",
    ),
}


@pytest.mark.parametrize(("old", "new", "code"), PARTS.values(), ids=PARTS)
def test_what_answers_name_cannot_vanish(ours: World, carol: User, old: str, new: str, code: str) -> None:
    project = cast.found_project(ours.organisation, ours.lead, config=IN_PARTS, licence="CC0-1.0")
    things = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
    cast.bring(project, ours.lead, cast.jsonl([{"text": "Words", "list": things}]))
    points = [{"text": "Clear", "points": 4}, {"text": "True", "points": 1}]
    said = [
        cast.region("order", "ranker", {"ranker": {"good": ["a"], "_": ["b"]}}, "list"),
        cast.region("grades", "grades", {"grades": points}),
        cast.region("count", "number", {"number": 3}),
    ]
    cast.answer_all(project, carol, lambda _: said)
    assert old in IN_PARTS
    changed = IN_PARTS.replace(old, new)
    if not code:
        assert projects.add_schema(project=project, by=ours.lead, config=changed).version == 2
        return
    with pytest.raises(InvalidConfig) as refusal:
        projects.add_schema(project=project, by=ours.lead, config=changed)
    assert refusal.value.code == code


@pytest.mark.parametrize(("fields", "code"), OTHER_FIELDS.values(), ids=OTHER_FIELDS)
def test_items_that_are_stored_are_shown_as_they_are_stored(ours: World, fields: str, code: str) -> None:
    assert TEXT in CONFIG
    changed = CONFIG.replace(TEXT, fields)
    cast.bring_texts(ours.project, ours.lead, 1)
    with pytest.raises(InvalidConfig) as refusal:
        projects.add_schema(project=ours.project, by=ours.lead, config=changed)
    assert refusal.value.code == code
    assert refusal.value.action
    assert ours.project.schemas.count() == 1


def test_a_project_without_items_may_show_anything(ours: World) -> None:
    changed = CONFIG.replace(TEXT, '<HyperText name="text" value="$page"/>')
    assert projects.add_schema(project=ours.project, by=ours.lead, config=changed).version == 2


def test_a_field_that_items_have_may_be_added_and_one_may_go(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    twice = CONFIG.replace(TEXT, f'{TEXT}<Text name="again" value="$text"/>')
    assert projects.add_schema(project=ours.project, by=ours.lead, config=twice).version == 2
    assert projects.add_schema(project=ours.project, by=ours.lead, config=CONFIG).version == 3


def test_a_label_that_an_answer_carries_cannot_vanish(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, carol, lambda _: cast.choice("breach"))
    with pytest.raises(InvalidConfig) as refusal:
        projects.add_schema(
            project=ours.project,
            by=ours.lead,
            config=CONFIG.replace('<Choice value="breach"', '<Choice value="broken"'),
        )
    assert refusal.value.code == "label_in_use"
    unused = CONFIG.replace('<Choice value="unsure"', '<Choice value="unclear"')
    assert projects.add_schema(project=ours.project, by=ours.lead, config=unused).version == 2
