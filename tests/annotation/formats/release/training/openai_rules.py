"""OpenAI's published rules for fine-tuning files, as far as a line alone can be held against them.

After the checks of "Data preparation and analysis for chat model fine-tuning" (OpenAI Cookbook) and the request
inputs `FineTuneChatRequestInput` and `FineTunePreferenceRequestInput` of OpenAI's API description.
"""

from typing import Any

_ROLES = frozenset({"system", "user", "assistant"})


def check_chat(line: dict[str, Any]) -> None:
    """A line of a supervised file."""
    assert line.keys() == {"messages"}
    _check_messages(line["messages"])
    assert line["messages"][-1]["role"] == "assistant"
    assert line["messages"][-1].get("weight", 1) == 1


def check_preference(line: dict[str, Any]) -> None:
    """A line of a preference file: each output is one message of the assistant, and the input ends with none."""
    assert line.keys() == {"input", "preferred_output", "non_preferred_output"}
    assert line["input"].keys() <= {"messages", "tools", "parallel_tool_calls"}
    _check_messages(line["input"]["messages"])
    assert line["input"]["messages"][-1]["role"] == "user"
    for name in ("preferred_output", "non_preferred_output"):
        _check_messages(line[name])
        assert [one["role"] for one in line[name]] == ["assistant"]


def _check_messages(messages: Any) -> None:
    assert isinstance(messages, list)
    assert messages
    for one in messages:
        assert one["role"] in _ROLES
        assert isinstance(one["content"], str)
        assert one["content"].strip()
        assert one.keys() <= {"role", "content", "weight"}
        assert one.get("weight", 1) in (0, 1)
        assert one["role"] == "assistant" or "weight" not in one
