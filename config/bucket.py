"""Read ASSAY_RELEASES: the bucket of S3-compatible storage in which published releases stand."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

LONGEST = 300
"""Characters of an address: a release remembers the one at which it stands."""
ADDRESSING = ("auto", "path", "virtual")
_PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789-._")


@dataclass(frozen=True)
class Bucket:
    """A place in a bucket. Keys are no part of it: they are in the environment.

    `prefix` has no slash at either end. `endpoint` is "" for Amazon's own; `addressing` says where a request names the
    bucket: in its path, in its host, or as the endpoint has it ("auto").
    """

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    addressing: str = "auto"

    @property
    def address(self) -> str:
        """The one way to write it, which `bucket` reads."""
        options = {"endpoint": self.endpoint, "region": self.region}
        options["addressing"] = "" if self.addressing == "auto" else self.addressing
        query = urlencode({name: value for name, value in options.items() if value}, safe=":/")
        path = f"/{quote(self.prefix)}" if self.prefix else ""
        return f"s3://{self.name}{path}" + (f"?{query}" if query else "")

    def key(self, *parts: str) -> str:
        """The key of an object below the prefix."""
        return "/".join([self.prefix, *parts] if self.prefix else parts)


def bucket(address: str) -> Bucket:
    """The bucket at `s3://name/prefix?endpoint=…&region=…&addressing=…`. Raises ValueError saying what is wrong."""
    try:
        parts = urlsplit(address.strip())
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ValueError("it is not an address like s3://bucket/prefix?endpoint=https://host") from None
    if parts.scheme != "s3" or not parts.netloc or parts.fragment:
        raise ValueError("it is not an address like s3://bucket/prefix?endpoint=https://host")
    if "@" in parts.netloc:
        raise ValueError("keys do not belong in it; they are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    if not 3 <= len(parts.netloc) <= 63 or not set(parts.netloc) <= _PLAIN:
        raise ValueError("the bucket's name has 3 to 63 small letters, digits, hyphens and full stops")
    if unknown := sorted(set(options) - {"endpoint", "region", "addressing"}):
        raise ValueError(f"it has “{unknown[0]}”, but only endpoint, region and addressing are known")
    prefix = unquote(parts.path).strip("/")
    if any(step in {"", ".", ".."} for step in prefix.split("/") if prefix) or not prefix.isprintable():
        raise ValueError("its prefix has an empty part, or one of full stops only")
    found = Bucket(
        name=parts.netloc,
        prefix=prefix,
        endpoint=_endpoint(options.get("endpoint", "")),
        region=options.get("region", ""),
        addressing=_addressing(options.get("addressing", "auto")),
    )
    if len(found.address) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return found


def _endpoint(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("its endpoint does not begin with http:// or https:// and a host")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("its endpoint has more than a scheme, a host, a port and a path")
    return text.rstrip("/")


def _addressing(text: str) -> str:
    if text not in ADDRESSING:
        raise ValueError(f"its addressing is “{text}”; it may be {', '.join(ADDRESSING)}")
    return text
