from core.models.api_key import LegacyKey, PersonalToken
from core.models.audit import AuditAddress, AuditEvent
from core.models.job import Job
from core.models.kept_answer import KeptAnswer
from core.models.membership import Invitation, Membership
from core.models.organisation import Organisation
from core.models.signing_key import SigningKey
from core.models.user import User

__all__ = [
    "AuditAddress",
    "AuditEvent",
    "Invitation",
    "Job",
    "KeptAnswer",
    "LegacyKey",
    "Membership",
    "Organisation",
    "PersonalToken",
    "SigningKey",
    "User",
]
