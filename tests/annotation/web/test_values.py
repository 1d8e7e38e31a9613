"""Judgement values in words."""

from annotation.web.values import Values

PARSED = {
    "fields": [{"name": "answer", "key": "answer"}, {"name": "source", "key": "source"}],
    "questions": [
        {
            "key": key,
            "kind": "spans",
            "tag": "labels",
            "field": field,
            "labels": [{"key": label, "text": label}],
        }
        for key, field, label in (("claims", "answer", "claim"), ("shown", "source", "evidence"))
    ]
    + [{"key": "link", "kind": "relations", "tag": "relations", "field": "answer"}],
}


def test_each_end_of_a_relation_is_quoted_from_the_text_that_it_marks() -> None:
    values = Values(PARSED, {"answer": "Three months.", "source": "By two months' notice, in writing."})
    relation = [[3, 13, "evidence"], [0, 12, "claim"], "", "right"]
    assert values.show("link", [relation]) == "“two months” → “Three months”"


def test_relations_without_a_title_are_called_what_they_are() -> None:
    assert Values(PARSED, {}).title("link") == "Relations"
    assert Values(PARSED, {}).title("claims") == "claims"
