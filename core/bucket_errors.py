"""What a store says no with, in words for who reads a page and for who reads why a job failed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal

REFUSED = {
    "bucket_missing": _("The bucket that releases are to stand in is not there."),
    "bucket_keys": _("The store for releases does not know Assay's keys."),
    "bucket_no_keys": _("Assay has no keys for the store in which releases are to stand."),
    "bucket_forbidden": _("The store for releases does not let Assay read or write there."),
    "bucket_region": _("The bucket for releases is in another region than ASSAY_RELEASES says."),
    "bucket_object": _("A file of this release is not in its store any more."),
    "bucket_damaged": _("The store for releases gives back other bytes than it was sent."),
    "bucket_refused": _("The store for releases refuses what Assay asks of it."),
}
"""What stays so until somebody changes something."""
_CODES = {
    "NoSuchBucket": "bucket_missing",
    "InvalidBucketName": "bucket_missing",
    "InvalidAccessKeyId": "bucket_keys",
    "SignatureDoesNotMatch": "bucket_keys",
    "InvalidToken": "bucket_keys",
    "ExpiredToken": "bucket_keys",
    "AccessDenied": "bucket_forbidden",
    "AllAccessDisabled": "bucket_forbidden",
    "AccountProblem": "bucket_forbidden",
    "403": "bucket_forbidden",
    "PermanentRedirect": "bucket_region",
    "301": "bucket_region",
    "AuthorizationHeaderMalformed": "bucket_region",
    "IllegalLocationConstraintException": "bucket_region",
    "NoSuchKey": "bucket_object",
    "404": "bucket_missing",
}
_PASSING = {"SlowDown", "RequestTimeout", "RequestTimeTooSkewed", "OperationAborted", "NoSuchUpload"}
_FULL = {"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage", "507"}


class StoreAway(Refusal):
    """The store does not answer, or says that it cannot now. It may be tried again."""

    status, code, wait = 503, "store_away", 30
    title = _("The store does not answer")
    detail = _("The store for releases does not answer now.")
    action = _("Try again in a moment. If it stays so, tell the operator.")


class StoreFull(StoreAway):
    """The store has no room. Somebody may make some."""

    code = "store_full"
    detail = _("The store for releases is full.")
    action = _("Ask the operator to make room, then try again.")


class StoreRefuses(Refusal):
    """The store says no, and will until somebody changes its keys, its rules or the settings. `code` is of REFUSED."""

    status, code = 503, "bucket_refused"
    title = _("The store refuses")
    detail = REFUSED["bucket_refused"]
    action = _("Ask the operator to look at ASSAY_RELEASES, at the store's keys and at what they allow.")

    def __init__(self, *, code: str = "bucket_refused") -> None:
        super().__init__(REFUSED[code], code=code)


def refusal_of(error: Any) -> Refusal:
    """The refusal for what the client of a store raised."""
    name = type(error).__name__
    if name in {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"}:
        return StoreRefuses(code="bucket_no_keys")
    answer = getattr(error, "response", None)
    if not isinstance(answer, dict):
        # boto3 tells of a failed upload in an exception of its own; the store's answer is what it came from.
        cause = error.__cause__ or error.__context__
        return refusal_of(cause) if name == "S3UploadFailedError" and cause is not None else StoreAway()
    code = str(answer.get("Error", {}).get("Code", ""))
    status = int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in _FULL or status == 507:
        return StoreFull()
    if code in _CODES:
        return StoreRefuses(code=_CODES[code])
    return StoreAway() if code in _PASSING or status >= 500 else StoreRefuses()
