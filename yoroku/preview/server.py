"""Sockets and threads: listen on every address of a host, one thread a connection, a bound on everything, a clean end.

Why not a library: what a preview needs beyond files (waiting for a revision, the event stream, the client in each page)
is ours in any case, and what is left of HTTP for GET and HEAD is a screenful (`wire.py`). The standard library's server
bounds neither its connections nor their time.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import selectors
import socket
import threading
import time
import traceback
from collections.abc import Callable
from http import HTTPStatus

from yoroku.preview.wire import Reader, Refused, Request, Response, send
from yoroku.problems import Place, Problem, Problems

CONNECTIONS = 256
"""Connections at a time; a browser uses at most six."""
IDLE = 75.0
"""Seconds that a connection may stay without a request."""
STOPPING = 2.0
"""Seconds that connections get to end when the server stops."""
NEAR = 50
"""Ports that are tried to suggest a free one."""

Answer = Callable[[Request], Response]


class Server:
    """Listens from the moment it is made; answers from `start` until `stop`."""

    def __init__(self, host: str, port: int, answer: Answer, *, log: Callable[[str], None]) -> None:
        self._answer = answer
        self._log = log
        self._sockets = listen(host, port)
        self.port: int = self._sockets[0].getsockname()[1]
        self._selector = selectors.DefaultSelector()
        for listener in self._sockets:
            self._selector.register(listener, selectors.EVENT_READ)
        self._stopping = threading.Event()
        self._live: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, name="preview-accept", daemon=True)

    def start(self) -> None:
        """Begin to answer, in threads."""
        self._thread.start()

    def stop(self) -> None:
        """Close everything; returns when no connection is left, or after `STOPPING` seconds."""
        self._stopping.set()
        self._thread.join(STOPPING)
        for listener in self._sockets:
            listener.close()
        with self._lock:
            live = tuple(self._live.items())
        for connection, _ in live:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        end = time.monotonic() + STOPPING
        for _, thread in live:
            thread.join(max(0.0, end - time.monotonic()))
        self._selector.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            for key, _ in self._selector.select(0.2):
                listener = key.fileobj
                assert isinstance(listener, socket.socket)
                with contextlib.suppress(OSError):
                    connection, _ = listener.accept()
                    self._open(connection)

    def _open(self, connection: socket.socket) -> None:
        connection.settimeout(IDLE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = threading.Thread(target=self._serve, args=(connection,), name="preview-connection", daemon=True)
        with self._lock:
            full = len(self._live) >= CONNECTIONS
            if not full:
                self._live[connection] = thread
        if full:
            connection.close()
            return
        thread.start()

    def _serve(self, connection: socket.socket) -> None:
        reader = Reader(connection)
        try:
            while not self._stopping.is_set() and (request := reader.next()) is not None:
                if not send(connection, request, self._answer(request)):
                    break
        except Refused as refused:
            with contextlib.suppress(OSError):
                send(connection, None, _refusal(refused))
                _drain(connection)
        except OSError:  # the other side went away, or was idle for too long
            pass
        except Exception:  # a bug of ours costs one request, never the server
            self._log(traceback.format_exc())
            with contextlib.suppress(OSError):
                send(connection, None, _refusal(Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "an error of the program")))
        finally:
            with self._lock:
                self._live.pop(connection, None)
            connection.close()


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of a host: `localhost` is IPv4 and IPv6 loopback. Raises `Problems` for a taken port."""
    addresses = _addresses(host)
    for _ in range(20):
        opened: list[socket.socket] = []
        chosen = port
        try:
            for family, address in addresses:
                listener = _bind(family, address, chosen)
                if listener is not None:
                    opened.append(listener)
                    chosen = listener.getsockname()[1]
        except OSError as error:
            for listener in opened:
                listener.close()
            if error.errno == errno.EADDRINUSE and port == 0:
                continue  # the port that the system chose for IPv4 is taken in IPv6
            raise Problems(_unavailable(host, port, addresses, error)) from error
        if opened:
            return opened
        break
    what = f"no address of '{host}' can be listened on"
    raise Problems(Problem(Place("serve"), "outside-no-address", what, "use --host localhost"))


def _addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    if host == "localhost":  # whatever a hosts file says: browsers try both
        return [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    if host in ("", "*", "0.0.0.0", "::"):  # asked for by name: never the default
        return [(socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")]
    with contextlib.suppress(ValueError):
        version = ipaddress.ip_address(host.strip("[]")).version
        return [(socket.AF_INET if version == 4 else socket.AF_INET6, host.strip("[]"))]
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        what = f"the host name '{host}' is not known"
        raise Problems(Problem(Place("serve"), "outside-no-address", what, "use --host localhost")) from error
    return list(dict.fromkeys((entry[0], str(entry[4][0])) for entry in found))


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket | None:
    """A listening socket, or None where the machine has no such address. Raises `OSError` for a port that is taken."""
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        return None  # no IPv6 here
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            # On Windows the other option would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return None
        raise
    return listener


def _unavailable(host: str, port: int, addresses: list[tuple[socket.AddressFamily, str]], error: OSError) -> Problem:
    if error.errno != errno.EADDRINUSE:
        what = f"port {port} of '{host}' cannot be opened: {error.strerror}"
        return Problem(Place("serve"), "outside-port", what, "choose another with --port")
    free = next((near for near in range(port + 1, min(port + NEAR, 65_536)) if _free(addresses, near)), None)
    fix = f"end the other program, or use --port {free}" if free else "end the other program, or use another --port"
    return Problem(Place("serve"), "outside-port-taken", f"port {port} is in use by another program", fix)


def _free(addresses: list[tuple[socket.AddressFamily, str]], port: int) -> bool:
    try:
        for family, address in addresses:
            if (listener := _bind(family, address, port)) is not None:
                listener.close()
    except OSError:
        return False
    return True


def _refusal(refused: Refused) -> Response:
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    if refused.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append(("Allow", "GET, HEAD"))
    return Response(refused.status, tuple(headers), f"{refused.why}\n".encode())


def _drain(connection: socket.socket) -> None:
    """Read a little of what was still coming: closing on unread bytes would lose the answer."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(0.3)
    for _ in range(8):
        if not connection.recv(65_536):
            return
