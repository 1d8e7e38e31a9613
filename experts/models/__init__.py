from experts.models.conflict import Conflict, ConflictKey
from experts.models.credential import Category, Credential, CredentialKind, CredentialVerification, State
from experts.models.expert import Expert, ProfileWord
from experts.models.qualification import How, Qualification
from experts.models.sector import Sector
from experts.models.warning import ExpiryWarning

__all__ = [
    "Category",
    "Conflict",
    "ConflictKey",
    "Credential",
    "CredentialKind",
    "CredentialVerification",
    "Expert",
    "ExpiryWarning",
    "How",
    "ProfileWord",
    "Qualification",
    "Sector",
    "State",
]
