"""What Label Studio's SDK says of a labelling config: the oracle of our own judgement."""

from typing import Any

from label_studio_sdk._extensions.label_studio_tools.core.label_config import parse_config
from label_studio_sdk.label_interface.interface import LabelInterface


def complaint(config: str) -> str:
    """Why the SDK refuses a config; empty for one that it takes. Its XML parser takes no declared encoding."""
    try:
        LabelInterface(config).validate()  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001 - it raises whatever its parts raise
        return f"{type(error).__name__}: {error}"
    return ""


def parsed(config: str) -> dict[str, Any]:
    """`parsed_label_config` of a config."""
    found: dict[str, Any] = parse_config(config)  # type: ignore[no-untyped-call]
    return found
