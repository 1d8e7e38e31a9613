"""Labelling configs as Label Studio 1.23.2 judges them, whatever of them Assay's workspace can show.

A project that an outside script makes may have any config that Label Studio takes. These functions say which those are,
and what Label Studio's API tells of them. Nothing of Label Studio is imported: its SDK is their oracle in the tests.
"""

from annotation.formats.label_studio_config.data import check_data, data_keys
from annotation.formats.label_studio_config.judge import Judged, judge
from annotation.formats.label_studio_config.outside import outside_schema
from annotation.formats.label_studio_config.parsed import parsed_label_config

__all__ = ["Judged", "check_data", "data_keys", "judge", "outside_schema", "parsed_label_config"]
