"""HTTP/1.1 on a socket, as little of it as a preview needs: bounded requests in, responses out. GET and HEAD only."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from yoroku.records import dataclass, field

LINE_LIMIT = 8_192
"""Bytes of a request line."""
HEAD_LIMIT = 32_768
"""Bytes of a request line and all its headers."""
HEADER_COUNT = 100
"""Headers of a request."""
HEAD_SECONDS = 10.0
"""Seconds from a request's first byte to the end of its headers."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_VERSION = re.compile(r"HTTP/1\.[01]\Z")


@dataclass(frozen=True, slots=True)
class Request:
    """A request's head. Header names are lower case; a header that came twice is joined with a comma."""

    method: str
    target: str
    headers: Mapping[str, str]
    keep: bool = True

    def header(self, name: str) -> str:
        """A header's value, or an empty string."""
        return self.headers.get(name, "")


class Refused(Exception):
    """A request that gets an error status and the end of its connection."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response, or one whose body comes piece by piece: `length` bytes, or until the connection ends."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    stream: Iterator[bytes] | None = None
    length: int | None = None


@dataclass(slots=True)
class Reader:
    """Reads requests from a connection, one after the other."""

    connection: socket.socket
    _buffer: bytearray = field(default_factory=bytearray)

    def next(self) -> Request | None:
        """The next request, or None when the other side has gone. Raises `Refused`, `TimeoutError` and `OSError`."""
        begun = time.monotonic() if self._buffer else None
        while self._buffer[:2] == b"\r\n":  # tolerated between requests
            del self._buffer[:2]
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > HEAD_LIMIT:
                raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long")
            if b"\n" not in self._buffer[: LINE_LIMIT + 1] and len(self._buffer) > LINE_LIMIT:
                raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "the address is too long")
            if begun is not None and time.monotonic() - begun > HEAD_SECONDS:
                raise Refused(HTTPStatus.REQUEST_TIMEOUT, "the request took too long")
            piece = self.connection.recv(16_384)
            if not piece:
                return None
            begun = begun or time.monotonic()
            self._buffer += piece
        head = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        return parse(head)


def parse(head: bytes) -> Request:
    """The request of a head without its empty line. Raises `Refused`."""
    if len(head) > HEAD_LIMIT:
        raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(first) > LINE_LIMIT:
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "the address is too long")
    if len(words) != 3 or not _TOKEN.match(words[0]) or not words[1]:
        raise Refused(HTTPStatus.BAD_REQUEST, "this is not an HTTP request")
    method, target, version = words
    if not _VERSION.match(version):
        raise Refused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 is spoken here")
    if len(lines) > HEADER_COUNT:
        raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "there are too many headers")
    headers = _headers(lines)
    if version == "HTTP/1.1" and "," in headers.get("host", ","):
        raise Refused(HTTPStatus.BAD_REQUEST, "exactly one Host header is needed")
    if method not in ("GET", "HEAD"):
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are answered")
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "a request has no body here")
    return Request(method, target, headers, keep=_keeps(version, headers))


def send(connection: socket.socket, request: Request | None, response: Response) -> bool:
    """Write a response; whether the connection may carry another request. Raises `OSError`."""
    length = len(response.body) if response.stream is None else response.length
    keep = request is not None and request.keep and length is not None
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    if length is not None and response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {length}")
    lines.append(f"Connection: {'keep-alive' if keep else 'close'}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    bodiless = (request is not None and request.method == "HEAD") or response.status == HTTPStatus.NOT_MODIFIED
    connection.sendall(head if bodiless else head + response.body)
    if response.stream is not None and not bodiless:
        sent = 0
        for piece in response.stream:
            connection.sendall(piece)
            sent += len(piece)
        keep = keep and sent == length
    return keep


def _headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        value = value.strip(" \t")
        if not colon or not _TOKEN.match(name) or any(char in value for char in "\r\n\0"):
            raise Refused(HTTPStatus.BAD_REQUEST, "a header cannot be read")
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _keeps(version: str, headers: Mapping[str, str]) -> bool:
    tokens = {token.strip().lower() for token in headers.get("connection", "").split(",")}
    return "keep-alive" in tokens if version == "HTTP/1.0" else "close" not in tokens
