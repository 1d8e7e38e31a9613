"""Whether Label Studio takes a labelling config, and if not, why: with tag and line."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.formats.config_xml import ConfigInvalid, parse_xml
from annotation.formats.label_studio_config.form import check_form
from annotation.formats.label_studio_config.names import check_names
from annotation.formats.label_studio_config.speeds import check_speeds


@dataclass(frozen=True)
class Judged:
    """The verdict: `refusal` is why a config is invalid, None for a valid one."""

    refusal: ConfigInvalid | None = None

    @property
    def valid(self) -> bool:
        """Whether Label Studio takes the config."""
        return self.refusal is None


def judge(source: str) -> Judged:
    """Label Studio's verdict on a config, as its server gives it; never raises.

    Beyond it Assay's own limits hold: no document type, no entities, a size and a depth (`config_xml`).
    """
    try:
        root = parse_xml(source, namespaces=True)
        check_form(root)
        check_names(root)
        check_speeds(root)
    except ConfigInvalid as refusal:
        return Judged(refusal)
    return Judged()
