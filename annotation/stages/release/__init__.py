"""A release, from the wish to what everybody may read: ask, draw, freeze, judge, write parts, close, publish.

Each step can be killed and run again: members are rows, parts are files that appear by a rename after an fsync, and the
release is published by one conditional update. Until then nobody is shown a file of it.
"""

from annotation.stages.release.asking import request_release
from annotation.stages.release.building import build
from annotation.stages.release.folders import file_path, folder_of
from annotation.stages.release.gating import drop, waive
from annotation.stages.release.writing import write_part

__all__ = ["build", "drop", "file_path", "folder_of", "request_release", "waive", "write_part"]
