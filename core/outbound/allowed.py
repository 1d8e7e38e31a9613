"""The operator's list of addresses that may be called although they are not the internet's (`ASSAY_OUTBOUND_ALLOW`)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.outbound.ranges import Address, inner

_BRACKETS = re.compile(r"\[(?P<host>[^\]]+)\](?::(?P<port>\d+))?")
_PLAIN = re.compile(r"(?P<host>[^:\[\]]+)(?::(?P<port>\d+))?")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?")


@dataclass(frozen=True)
class Entry:
    """A host's name, or a network (an address is a small one); with a port only there."""

    name: str
    network: IPv4Network | IPv6Network | None
    port: int | None

    def names(self, host: str, address: Address | None, port: int) -> bool:
        """Whether it means this host, or this address of it."""
        if self.port is not None and self.port != port:
            return False
        if self.network is None:
            return host == self.name
        return any(one in self.network for one in (address, address and inner(address)) if one)


def parse(text: str) -> Entry:
    """Read `host`, `address`, `network`, each with or without `:port` (IPv6 then in brackets).

    Raises ImproperlyConfigured.
    """
    given = text.strip().lower()
    found = _BRACKETS.fullmatch(given) or _PLAIN.fullmatch(given)
    host, port = (found["host"], found["port"]) if found else (given, None)
    number = int(port) if port else None
    if number is not None and not 0 < number < 65536:
        raise ImproperlyConfigured(f"ASSAY_OUTBOUND_ALLOW: {text!r} has no port from 1 to 65535.")
    try:
        return Entry(host, ip_network(host), number)
    except ValueError:
        if "/" in host or not _NAME.fullmatch(host.removesuffix(".")):
            raise ImproperlyConfigured(
                f"ASSAY_OUTBOUND_ALLOW: {text!r} is no host, address or network, such as 10.0.0.0/8 or hooks.lan:8080."
            ) from None
        return Entry(host.removesuffix("."), None, number)


@lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(parse(text) for text in texts if text.strip())


def entries() -> tuple[Entry, ...]:
    """What the operator allows. Raises ImproperlyConfigured."""
    return _parsed(tuple(settings.ASSAY_OUTBOUND_ALLOW))


def is_listed(host: str, address: Address | None, port: int) -> bool:
    """Whether the operator's list names the host or, where it is known, the address."""
    return any(entry.names(host, address, port) for entry in entries())
