"""What an address says: scheme, host and port, however oddly they are spelled."""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from core.outbound.ranges import Address
from core.outbound.refusing import AddressRefused

LONGEST = 2048
PORTS = {"http": 80, "https": 443}
_UNFIT = frozenset(" \\")  # like what cannot be printed: browsers and libraries disagree about these
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_KEPT = "/%:@!$&'()*+,;=~?-._"


@dataclass(frozen=True)
class Target:
    """Where a call goes. `host` is a name in ASCII and small letters, or the usual spelling of an address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> Address | None:
        """The address, where the host is one."""
        try:
            return IPv6Address(self.host) if ":" in self.host else IPv4Address(self.host)
        except ValueError:
            return None

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """The one spelling that is called."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def read(url: str) -> Target:
    """Read an address. Raises AddressRefused for what is no plain address of the web."""
    if len(url) > LONGEST or not url.isprintable() or _UNFIT & set(url):
        raise AddressRefused(url, _("it is too long, or has spaces or signs that do not belong there."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(url, _("it is no address.")) from None
    if parts.scheme not in PORTS or not parts.netloc:
        raise AddressRefused(url, _("it does not begin with http:// or https://."))
    if "@" in parts.netloc:
        raise AddressRefused(parts.hostname or "", _("it holds a name or a password."))
    if port == 0:
        raise AddressRefused(url, _("it has no port from 1 to 65535."))
    path = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    return Target(parts.scheme, read_host(parts.hostname or ""), port or PORTS[parts.scheme], path)


def read_host(given: str) -> str:
    """The host in its one spelling: `0x7f.1` is 127.0.0.1, `Bücher.example.` is xn--bcher-kva.example.

    Raises AddressRefused.
    """
    if ":" in given:
        try:
            address = IPv6Address(given)
        except ValueError:
            address = None
        if address is None or address.scope_id is not None:
            raise AddressRefused(given, _("it has no host that can be called."))
        return address.compressed
    host = _in_ascii(given).removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_read_ipv4(given, labels))
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(given, _("it has no host that can be called."))
    return host


def _in_ascii(given: str) -> str:
    folded = unicodedata.normalize("NFKC", given).lower().replace("。", ".")
    try:
        return folded if folded.isascii() else folded.encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressRefused(given, _("it has no host that can be called.")) from None


def _read_ipv4(given: str, labels: list[str]) -> IPv4Address:
    """As `inet_aton` does: one to four numbers, decimal, octal or hexadecimal, the last one filling the rest."""
    try:
        if len(labels) > 4:
            raise ValueError
        numbers = [_number(label) for label in labels]
        *first, last = numbers
        if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
            raise ValueError
    except ValueError:
        raise AddressRefused(given, _("it has no host that can be called.")) from None
    return IPv4Address(sum(number << (24 - 8 * at) for at, number in enumerate(first)) + last)


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") and len(label) > 1 else 10)
