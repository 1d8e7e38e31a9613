from experts.models.credential import Credential, CredentialKind, CredentialVerification
from experts.models.expert import Expert
from experts.models.qualification import Qualification
from experts.models.sector import Sector

__all__ = ["Credential", "CredentialKind", "CredentialVerification", "Expert", "Qualification", "Sector"]
