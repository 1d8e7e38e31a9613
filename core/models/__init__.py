from core.models.audit import AuditAddress, AuditEvent
from core.models.job import Job
from core.models.membership import Invitation, Membership
from core.models.organisation import Organisation
from core.models.user import User

__all__ = ["AuditAddress", "AuditEvent", "Invitation", "Job", "Membership", "Organisation", "User"]
