"""Which addresses belong to the internet at large, and why the others do not.

Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its updates).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Address = IPv4Address | IPv6Address
Text = str | Promise

_PRIVATE = _("a private address.")
_LOOPBACK = _("this machine's own address.")
_LINK_LOCAL = _("an address of the local link, where clouds keep their secrets.")
_SHARED = _("an address behind a carrier's own network.")
_MULTICAST = _("an address of many machines at once.")
_UNSPECIFIED = _("no machine's address.")
_RESERVED = _("an address that is reserved.")

_IPV4: tuple[tuple[str, Text], ...] = (
    ("0.0.0.0/8", _UNSPECIFIED),
    ("10.0.0.0/8", _PRIVATE),
    ("100.64.0.0/10", _SHARED),
    ("127.0.0.0/8", _LOOPBACK),
    ("168.63.129.16/32", _LINK_LOCAL),  # Azure's, in a range that is otherwise public
    ("169.254.0.0/16", _LINK_LOCAL),
    ("172.16.0.0/12", _PRIVATE),
    ("192.0.0.0/24", _RESERVED),
    ("192.0.2.0/24", _RESERVED),
    ("192.88.99.0/24", _RESERVED),
    ("192.168.0.0/16", _PRIVATE),
    ("198.18.0.0/15", _RESERVED),
    ("198.51.100.0/24", _RESERVED),
    ("203.0.113.0/24", _RESERVED),
    ("224.0.0.0/4", _MULTICAST),
    ("240.0.0.0/4", _RESERVED),
)
_IPV6: tuple[tuple[str, Text], ...] = (
    ("::/128", _UNSPECIFIED),
    ("::1/128", _LOOPBACK),
    ("fc00::/7", _PRIVATE),
    ("fe80::/10", _LINK_LOCAL),
    ("fec0::/10", _PRIVATE),
    ("ff00::/8", _MULTICAST),
    ("2001::/23", _RESERVED),  # Teredo among them
    ("2001:db8::/32", _RESERVED),
    ("3fff::/20", _RESERVED),
)
_IPV4_NETWORKS = [(IPv4Network(text), why) for text, why in _IPV4]
_IPV6_NETWORKS = [(IPv6Network(text), why) for text, why in _IPV6]
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


def inner(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4 (RFC 3056), NAT64 (RFC 6052)."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def why_not(address: Address) -> Text | None:
    """Why the address is none of the internet's at large; None where it is one."""
    if embedded := inner(address):
        return why_not(embedded)
    if isinstance(address, IPv4Address):
        return next((why for network, why in _IPV4_NETWORKS if address in network), None)
    for network, why in _IPV6_NETWORKS:
        if address in network:
            return why
    return None if address in _UNICAST and address.scope_id is None else _RESERVED
