"""Judgement values as words, by the project's questions."""

from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import gettext


class Values:
    """Puts the values of one item into words; `parsed` is `LabelSchema.parsed`, `data` the item's data."""

    def __init__(self, parsed: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        self.fields: list[dict[str, str]] = parsed["fields"]
        self.keys: list[str] = [question["key"] for question in parsed["questions"]]
        self._questions = {question["key"]: question for question in parsed["questions"]}
        self._texts = {field["name"]: str(data.get(field["key"], "")) for field in self.fields}

    def title(self, key: str) -> str:
        """A question's title, or its key."""
        return str(self._questions.get(key, {}).get("title") or key)

    def excerpt(self, length: int = 240) -> str:
        """The beginning of the item's texts, for a line of a list."""
        return " · ".join(text for text in self._texts.values() if text)[:length]

    def label(self, key: str, label: str) -> str:
        """The text of a question's label, or its key."""
        question = self._questions.get(key, {})
        return self._label(question, label) if "labels" in question else label

    def show(self, key: str, value: Any) -> str:
        """A value as a person reads it; a dash for a question without an answer."""
        question = self._questions.get(key)
        if value is None or value == []:
            return "–"
        return self._words(question, value) if question else str(value)

    def _words(self, question: Mapping[str, Any], value: Any) -> str:
        match question["kind"]:
            case "choice":
                said = self._label(question, value)
            case "choices":
                said = ", ".join(self._label(question, one) for one in value)
            case "spans":
                said = "\n".join(self._span(question, span) for span in value)
            case "rating":
                said = gettext("%(rating)s of %(most)s") % {"rating": value, "most": question["max_rating"]}
            case "number":
                said = formats.localize(value)
            case _:
                said = " / ".join(str(one) for one in value)
        return said

    def _label(self, question: Mapping[str, Any], key: str) -> str:
        return next((label["text"] for label in question["labels"] if label["key"] == key), str(key))

    def _span(self, question: Mapping[str, Any], span: list[Any]) -> str:
        start, end, label = span
        marked = self._texts.get(question["field"], "")[start:end]
        return gettext("%(label)s “%(text)s”") % {"label": self._label(question, label), "text": marked}
