"""The guard as a transport for an httpx client, whoever made that client. Workers and commands only.

A client with it needs `trust_env=False`: else httpx takes proxies from the environment, around the transport.
"""

import ssl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import httpcore
import httpx

from core.outbound.backend import Deadline, GuardedBackend
from core.outbound.refusing import AnswerTooLarge, TimeUp
from core.outbound.target import read

STEP = 65536


@dataclass(frozen=True)
class Limits:
    """Seconds to connect and for a whole call; bytes of an answer."""

    connect: float = 5.0
    total: float = 15.0
    size: int = 1_000_000


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Whom we trust: the public authorities, and those of this machine. Made once: it takes 20 ms."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context


class Body(httpx.SyncByteStream):
    """An answer's bytes, up to a limit, which counts what a compressed one unpacks to."""

    def __init__(
        self, response: httpcore.Response, request: httpx.Request, size: int, *, packed: bool
    ) -> None:
        self._response = response
        self._request = request
        self._size = size
        self._packed = packed

    def __iter__(self) -> Iterator[bytes]:
        """Raises AnswerTooLarge after the last byte that there is room for."""
        room = self._size
        with _speaking(self._request):
            chunks = self._response.iter_stream()
            for chunk in unpacked(chunks) if self._packed else chunks:
                yield chunk[:room]
                if len(chunk) > room:
                    raise AnswerTooLarge
                room -= len(chunk)

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()


class GuardedTransport(httpx.BaseTransport):
    """Sends requests past the guard. For one thread; the deadline begins anew with each request unless one is given."""

    def __init__(self, limits: Limits, deadline: Deadline | None = None) -> None:
        self._limits = limits
        self._given = deadline is not None
        self._deadline = deadline or Deadline(limits.total)
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls(), network_backend=GuardedBackend(self._deadline), max_connections=1
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises AddressRefused and what httpx raises."""
        target = read(str(request.url))
        takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        request.headers["Accept-Encoding"] = "gzip" if takes_packed else "identity"
        if not self._given:
            self._deadline.start()
        limits = {"connect": self._limits.connect, "pool": self._limits.connect}
        content = request.stream
        if not isinstance(content, httpx.SyncByteStream):
            raise TypeError("a request is sent from bytes that are read one after the other")
        with _speaking(request):
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=target.scheme.encode(),
                        host=target.host.encode(),
                        port=target.port,
                        target=target.path.encode(),
                    ),
                    headers=request.headers.raw,
                    content=content,
                    extensions={"timeout": limits},
                )
            )
        headers = httpx.Headers(response.headers)
        # httpx would unpack by itself, without a limit.
        is_packed = headers.pop("Content-Encoding", "").lower() in {"gzip", "x-gzip"}
        body = Body(response, request, self._limits.size, packed=is_packed and takes_packed)
        return httpx.Response(response.status, headers=headers, stream=body)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A gzip stream in pieces of STEP bytes at most, however small it came. Raises httpcore.RemoteProtocolError."""
    whole = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for chunk in chunks:
        left = chunk
        while True:
            try:
                piece = whole.decompress(left, STEP)
            except zlib.error as error:
                raise httpcore.RemoteProtocolError(f"the answer cannot be unpacked: {error}") from error
            yield piece
            if whole.eof:
                return
            left = whole.unconsumed_tail
            if not left and len(piece) < STEP:
                break


@contextmanager
def _speaking(request: httpx.Request) -> Iterator[None]:
    """What httpcore raises, as httpx's users know it."""
    try:
        yield
    except (httpcore.TimeoutException, TimeUp) as error:
        raise httpx.TimeoutException(str(error), request=request) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error), request=request) from error
