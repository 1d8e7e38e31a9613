"""The network as httpcore sees it: connects to the address that was looked at, and keeps to one limit of time.

Imported in workers and commands only, as httpcore is.
"""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from core.outbound import guard
from core.outbound.refusing import TimeUp
from core.outbound.target import read_host


@dataclass
class Deadline:
    """So many seconds for a whole call, from when it is made or started again."""

    seconds: float
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Count from now."""
        self._end = time.monotonic() + self.seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, `most` at most. Raises TimeUp."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeUp
        return left if most is None else min(left, most)


class Stream(httpcore.NetworkStream):
    """A connection none of whose steps outlasts the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Raises TimeUp, and what httpcore raises."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises TimeUp, and what httpcore raises."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Raises TimeUp, and what httpcore raises."""
        left = self._deadline.left(timeout)
        return Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, has every address looked at, and connects to one of those. TLS still checks the name."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises AddressRefused, TimeUp, and what httpcore raises."""
        left = self._deadline.left
        try:
            found = guard.addresses(read_host(host), port, left(timeout))
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: Exception = httpcore.ConnectError("no address")
        for address in found:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Stream(stream, self._deadline)
        raise failure
