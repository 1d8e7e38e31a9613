"""What happens to people's evidence: handed in, answered, turned into qualifications. One file each."""

from experts.evidence.answers import DECISIONS, answer, revoke, verify
from experts.evidence.credentials import add_credential, expert_of
from experts.evidence.qualifications import qualify, revoke_qualification

__all__ = [
    "DECISIONS",
    "add_credential",
    "answer",
    "expert_of",
    "qualify",
    "revoke",
    "revoke_qualification",
    "verify",
]
