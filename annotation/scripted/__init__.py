"""What outside scripts do, through the stages that the pages use: found projects, bring items, answer, predict.

`annotation.api.label_studio` reads what they send and tells what came of it; here each act is one transaction.
"""

from annotation.scripted.answers import (
    answer,
    back_to_draft,
    change_answer,
    delete_answer,
    delete_draft,
    draft,
    draft_change,
    take,
)
from annotation.scripted.items import bring, change_item, delete_items, delete_repeated
from annotation.scripted.predictions import (
    answer_as_predicted,
    change_prediction,
    delete_prediction,
    delete_predictions,
    delete_version,
    predict,
    predict_many,
)
from annotation.scripted.projects import (
    about_config,
    change_project,
    check_config,
    check_version,
    create_project,
    delete_project,
    members_of,
    read_config,
    view_of,
)
from annotation.scripted.snapshots import drop_snapshot, note_conversion, take_snapshot

__all__ = [
    "about_config",
    "answer",
    "answer_as_predicted",
    "back_to_draft",
    "bring",
    "change_answer",
    "change_item",
    "change_prediction",
    "change_project",
    "check_config",
    "check_version",
    "create_project",
    "delete_answer",
    "delete_draft",
    "delete_items",
    "delete_prediction",
    "delete_predictions",
    "delete_project",
    "delete_repeated",
    "delete_version",
    "draft",
    "draft_change",
    "drop_snapshot",
    "members_of",
    "note_conversion",
    "predict",
    "predict_many",
    "read_config",
    "take",
    "take_snapshot",
    "view_of",
]
