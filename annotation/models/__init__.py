from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.agreement import Agreement, MeasureRun
from annotation.models.annotation import Annotation, AnnotationVersion, Judgement
from annotation.models.appeal import Appeal
from annotation.models.asset import Asset, ItemAsset
from annotation.models.assignment import Assignment, Draft
from annotation.models.batch import Batch, BatchProblem
from annotation.models.control import ControlItem, ControlResult, Reliability, Suspension
from annotation.models.dispute_draft import DisputeDraft
from annotation.models.doubt import GuidelineDoubt
from annotation.models.draft_version import DraftVersion
from annotation.models.exam import Exam, ExamAttempt
from annotation.models.folding import Counted, FoldedItem, FoldState, Unfolded
from annotation.models.gold import GoldLabel
from annotation.models.guideline import Guideline
from annotation.models.guideline_reading import GuidelineReading
from annotation.models.item import Item
from annotation.models.item_split import ItemSplit
from annotation.models.lane import Desk, Lane, LaneCursor
from annotation.models.numbering import Numbering
from annotation.models.party import ConflictCount, ItemParty
from annotation.models.pattern import BoundaryCount, DayCount, ItemPattern, PairCount, PatternCount
from annotation.models.precedent import Citation, Precedent, PrecedentKey
from annotation.models.prediction import Prediction
from annotation.models.project import Project
from annotation.models.quality import QualityFinding, QualityRun, QualityStep, TextFacts, TextKey
from annotation.models.release import Release, ReleaseFile, ReleaseMember, ReleaseWaiver
from annotation.models.release_policy import ReleasePolicy
from annotation.models.requirement import (
    Acceptance,
    Coverage,
    PanelMember,
    QualificationRule,
    RoomEntry,
    Undertaking,
)
from annotation.models.schema import LabelSchema
from annotation.models.second_look import SecondLookFigure
from annotation.models.span_measure import SpanMeasure
from annotation.models.studio import StudioAnswer, StudioProject
from annotation.models.studio_twin import StudioTwin, TwinKind
from annotation.models.studio_view import StudioExport, StudioView
from annotation.models.truth import ExpertMeasure, ItemTruth
from annotation.models.webhook import Webhook
from annotation.models.webhook_delivery import WebhookDelivery

__all__ = [
    "Acceptance",
    "Adjudication",
    "Agreement",
    "Annotation",
    "AnnotationVersion",
    "Appeal",
    "Asset",
    "Assignment",
    "Batch",
    "BatchProblem",
    "BoundaryCount",
    "Citation",
    "ConflictCount",
    "ControlItem",
    "ControlResult",
    "Counted",
    "Coverage",
    "DayCount",
    "Desk",
    "Dispute",
    "DisputeDraft",
    "Draft",
    "DraftVersion",
    "Exam",
    "ExamAttempt",
    "ExpertMeasure",
    "FoldState",
    "FoldedItem",
    "GoldLabel",
    "Guideline",
    "GuidelineDoubt",
    "GuidelineReading",
    "Item",
    "ItemAsset",
    "ItemParty",
    "ItemPattern",
    "ItemSplit",
    "ItemTruth",
    "Judgement",
    "LabelSchema",
    "Lane",
    "LaneCursor",
    "MeasureRun",
    "Numbering",
    "PairCount",
    "PanelMember",
    "PatternCount",
    "Precedent",
    "PrecedentKey",
    "Prediction",
    "Project",
    "QualificationRule",
    "QualityFinding",
    "QualityRun",
    "QualityStep",
    "Release",
    "ReleaseFile",
    "ReleaseMember",
    "ReleasePolicy",
    "ReleaseWaiver",
    "Reliability",
    "RoomEntry",
    "SecondLookFigure",
    "SpanMeasure",
    "StudioAnswer",
    "StudioExport",
    "StudioProject",
    "StudioTwin",
    "StudioView",
    "Suspension",
    "TextFacts",
    "TextKey",
    "TwinKind",
    "Undertaking",
    "Unfolded",
    "Webhook",
    "WebhookDelivery",
]
