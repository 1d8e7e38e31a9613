from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.agreement import Agreement, MeasureRun
from annotation.models.annotation import Annotation, AnnotationVersion, Judgement
from annotation.models.assignment import Assignment, Draft
from annotation.models.batch import Batch, BatchProblem
from annotation.models.control import ControlItem, ControlResult, Reliability, Suspension
from annotation.models.exam import Exam, ExamAttempt
from annotation.models.folding import Counted, FoldedItem, FoldState, Unfolded
from annotation.models.gold import GoldLabel
from annotation.models.guideline import Guideline
from annotation.models.item import Item
from annotation.models.lane import Desk, Lane, LaneCursor
from annotation.models.party import ConflictCount, ItemParty
from annotation.models.pattern import DayCount, ItemPattern, PairCount, PatternCount
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
from annotation.models.truth import ExpertMeasure, ItemTruth

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
    "Counted",
    "Coverage",
    "DayCount",
    "Desk",
    "Dispute",
    "Draft",
    "Exam",
    "ExamAttempt",
    "ExpertMeasure",
    "FoldState",
    "FoldedItem",
    "GoldLabel",
    "Guideline",
    "Item",
    "ItemParty",
    "ItemPattern",
    "ItemTruth",
    "Judgement",
    "LabelSchema",
    "Lane",
    "LaneCursor",
    "MeasureRun",
    "PairCount",
    "PanelMember",
    "PatternCount",
    "Project",
    "QualificationRule",
    "Release",
    "ReleaseFile",
    "ReleaseMember",
    "Reliability",
    "RoomEntry",
    "Suspension",
    "Undertaking",
    "Unfolded",
]
