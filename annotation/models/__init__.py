from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.agreement import Agreement
from annotation.models.annotation import Annotation, AnnotationVersion, Judgement
from annotation.models.assignment import Assignment, Draft
from annotation.models.batch import Batch, BatchProblem
from annotation.models.gold import GoldLabel
from annotation.models.guideline import Guideline
from annotation.models.item import Item
from annotation.models.party import ConflictCount, ItemParty
from annotation.models.project import Project
from annotation.models.release import Release, ReleaseFile, ReleaseMember
from annotation.models.schema import LabelSchema

__all__ = [
    "Adjudication",
    "Agreement",
    "Annotation",
    "AnnotationVersion",
    "Assignment",
    "Batch",
    "BatchProblem",
    "ConflictCount",
    "Dispute",
    "Draft",
    "GoldLabel",
    "Guideline",
    "Item",
    "ItemParty",
    "Judgement",
    "LabelSchema",
    "Project",
    "Release",
    "ReleaseFile",
    "ReleaseMember",
]
