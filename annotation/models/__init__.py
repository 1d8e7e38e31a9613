from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.agreement import Agreement
from annotation.models.annotation import Annotation, AnnotationVersion, Judgement
from annotation.models.assignment import Assignment, Draft
from annotation.models.batch import Batch, BatchProblem
from annotation.models.control import ControlItem, ControlResult, Reliability, Suspension
from annotation.models.exam import Exam, ExamAttempt
from annotation.models.gold import GoldLabel
from annotation.models.guideline import Guideline
from annotation.models.item import Item
from annotation.models.lane import Desk, Lane, LaneCursor
from annotation.models.party import ConflictCount, ItemParty
from annotation.models.project import Project
from annotation.models.release import Release, ReleaseFile, ReleaseMember
from annotation.models.requirement import (
    Acceptance,
    Coverage,
    PanelMember,
    QualificationRule,
    RoomEntry,
    Undertaking,
)
from annotation.models.schema import LabelSchema

__all__ = [
    "Acceptance",
    "Adjudication",
    "Agreement",
    "Annotation",
    "AnnotationVersion",
    "Assignment",
    "Batch",
    "BatchProblem",
    "ConflictCount",
    "ControlItem",
    "ControlResult",
    "Coverage",
    "Desk",
    "Dispute",
    "Draft",
    "Exam",
    "ExamAttempt",
    "GoldLabel",
    "Guideline",
    "Item",
    "ItemParty",
    "Judgement",
    "LabelSchema",
    "Lane",
    "LaneCursor",
    "PanelMember",
    "Project",
    "QualificationRule",
    "Release",
    "ReleaseFile",
    "ReleaseMember",
    "Reliability",
    "RoomEntry",
    "Suspension",
    "Undertaking",
]
