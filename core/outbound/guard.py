"""The guard: which addresses may be called. It needs no httpx, so web processes may ask it."""

import socket
import threading
from ipaddress import IPv4Address, ip_address

from django.utils.translation import gettext_lazy as _

from core.outbound import allowed
from core.outbound.ranges import Address, why_not
from core.outbound.refusing import AddressRefused
from core.outbound.target import Target, read

_HERE = IPv4Address("127.0.0.1")


def check(url: str) -> Target:
    """Look at what the address says, without asking anybody for its name. Raises AddressRefused."""
    target = read(url)
    address = target.literal
    if address is None and (target.host == "localhost" or target.host.endswith(".localhost")):
        address = _HERE  # RFC 6761: that is no question
    if address is not None:
        look_at(target.host, address, target.port)
    return target


def is_allowed(url: str) -> bool:
    """Whether `check` lets the address pass."""
    try:
        check(url)
    except AddressRefused:
        return False
    return True


def look_at(host: str, address: Address, port: int) -> None:
    """Raises AddressRefused when the host's address is none of the internet's and the operator does not allow it."""
    why = why_not(address)
    if why is not None and not allowed.is_listed(host, address, port):
        shown = host if host == str(address) else f"{host} ({address})"
        raise AddressRefused(shown, why)


def addresses(host: str, port: int, seconds: float) -> list[Address]:
    """All addresses of a host, each of which may be called. Raises AddressRefused, OSError and TimeoutError."""
    found = lookup(host, port, seconds)
    if not found:
        raise AddressRefused(host, _("its name leads nowhere."))
    for address in found:
        look_at(host, address, port)
    return found


def lookup(host: str, port: int, seconds: float) -> list[Address]:
    """What the machine's resolver says. It knows no limit of time, so it is asked from a thread of its own."""
    answers: list[list[Address]] = []
    errors: list[OSError] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            errors.append(error)
        else:
            answers.append(list(dict.fromkeys(ip_address(row[4][0]) for row in rows)))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]
