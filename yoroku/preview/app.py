"""What a URL of the preview answers: the site as GitHub Pages would, and its own things under `/__/`."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from yoroku.preview import panel
from yoroku.preview.board import Board, State
from yoroku.preview.files import Found, Missing, Moved, find, guess, media_type, missing, parts_of, within
from yoroku.preview.respond import COMMON, Look, Shelf, conditional, file_response, page_response, prepared
from yoroku.preview.wire import Request, Response
from yoroku.records import dataclass, field

# A date is no digest: one letter at least.
_LASTING = re.compile(r"\.(?=[0-9]*[a-f])[0-9a-f]{8,64}(\.\w+$|/)")
OWN = "/__/"
CLIENT = Path(__file__).parent / "client"
CLIENT_FILES = ("reload.js", "worker.js", "overlay.css", "plain.css")
PATIENCE_FIRST = 1.0
"""Seconds that a person waits for a page while the site is being made for the first time."""
PATIENCE = 3.0
"""Seconds that a person waits for a page while a change is being worked in."""
PATIENCE_PROGRAM = 25.0
"""Seconds that a script, a style or a program waits."""
HEARTBEAT = 15.0
"""Seconds between signs of life on an event stream."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served now. `lang` is the interface language of the preview's own pages."""

    output: Path
    base_path: str = "/"
    lang: str = "ja"


@dataclass(slots=True)
class App:
    """Answers requests. `place`, `facts` and `overlay` ask for what is true at the moment."""

    board: Board
    hosts: frozenset[str]
    place: Callable[[], Served]
    facts: Callable[[], panel.Facts]
    _shelf: Shelf = field(default_factory=Shelf)

    def answer(self, request: Request) -> Response:
        """The response to a request. Never raises for anything that a request can contain."""
        if not self._known(request.header("host")):
            # Otherwise a page of any site could read the preview under a name that leads to this machine.
            return _plain(421, "This preview does not answer to that host name; --host NAME makes it.")
        if request.target.startswith(OWN):
            return self._own(request, request.target.removeprefix(OWN).partition("?")[0])
        place = self.place()
        parts = parts_of(request.target)
        below = within(parts, place.base_path) if parts is not None else None
        if isinstance(below, Moved):
            return _moved(below, request)
        if below is None:
            return self._missing(request, place)
        return self._site(request, place, below)

    def _site(self, request: Request, place: Served, parts: tuple[str, ...]) -> Response:
        if not self._wait(request, place, parts):
            return self._building(request, place)
        if self.place() != place:  # the settings are others now, or known at last
            return self.answer(request)
        answer = find(place.output, parts, base_path=place.base_path)
        if isinstance(answer, Moved):
            return _moved(answer, request)
        if isinstance(answer, Missing) or answer.status == 404:
            return self._missing(request, place)
        return self._send(request, answer, place)

    def _wait(self, request: Request, place: Served, parts: tuple[str, ...]) -> bool:
        """Wait until what is asked for is as new as the last save; False when that takes too long."""
        name = guess(parts)
        person = request.header("sec-fetch-mode") == "navigate"
        if name.endswith(".html") and (person or request.header("yoroku-check")):
            self.board.look(name)
        # A name that holds its content's digest never means anything else, so there is nothing to wait for.
        if is_lasting(name) and place.output.joinpath(*parts).is_file():
            return True
        if not person:
            return self.board.wait(name, PATIENCE_PROGRAM)
        return self.board.wait(name, PATIENCE if self.board.ever else PATIENCE_FIRST)

    def _send(self, request: Request, found: Found, place: Served) -> Response:
        try:
            if not found.name.endswith(".html"):
                return file_response(request, found, self._shelf)
            page = self._shelf.prepare(found.path, page=True, packed=True)
        except OSError:  # removed by the build between the look and the reading
            return self._missing(request, place) if found.status == 200 else _plain(404, "Not found")
        look = self._look(found.name if found.status == 200 else "", place.lang)
        return page_response(request, page, look, status=found.status)

    def _missing(self, request: Request, place: Served) -> Response:
        state = self.board.state()
        if state.problem and not self.board.ever:
            body = panel.failed(state.problem, lang=place.lang)
            return page_response(request, prepared(body), self._look("", place.lang), status=503)
        found = missing(place.output)
        if isinstance(found, Found):
            return self._send(request, found, place)
        body = panel.not_found(lang=place.lang, base_path=place.base_path)
        return page_response(request, prepared(body), self._look("", place.lang), status=404)

    def _building(self, request: Request, place: Served) -> Response:
        state = self.board.state()
        body = panel.building(lang=place.lang, done=state.done, total=state.total)
        # No revision is -1: the client asks again at once, and gets the page when there is one.
        return page_response(request, prepared(body), Look("", -1, state.boot, place.lang), status=503)

    def _own(self, request: Request, name: str) -> Response:
        if name == "":
            lang = self.place().lang
            body = panel.panel(self.board, self.facts(), lang=lang)
            return page_response(request, prepared(body), self._look("", lang))
        if name == "events":
            return Response(200, (("Content-Type", "text/event-stream; charset=utf-8"), *COMMON), stream=self._events())
        if name == "state":
            about = {
                "wanted": self.board.wanted,
                "visible": self.board.visible,
                **json.loads(self.board.state().json()),
            }
            return Response(200, (("Content-Type", media_type("x.json")), *COMMON), json.dumps(about).encode())
        if name in CLIENT_FILES:
            path = CLIENT / name
            file = self._shelf.prepare(path, page=False, packed=True)
            return conditional(
                request, file.body, (("Content-Type", media_type(name)),), tag=file.tag, zipped=file.zipped
            )
        return _plain(404, "Not found")

    def _events(self) -> Iterator[bytes]:
        state: State | None = self.board.state()
        yield b"retry: 700\n\n"
        serial = -1
        while not self.board.closed:
            if state is not None:
                serial = state.serial
                yield f"data: {state.json()}\n\n".encode()
            else:
                yield b"event: ping\ndata:\n\n"
            state = self.board.next(serial, HEARTBEAT)

    def _look(self, name: str, lang: str) -> Look:
        return Look(name, self.board.visible, self.board.state().boot, lang)

    def _known(self, host: str) -> bool:
        """Whether a Host header names this preview: one of its names, this machine, or with `*` any plain address."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            urlsplit(f"//{host}").port  # noqa: B018  (raises when it is no number)
        except ValueError:
            return False
        if name in self.hosts or name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        # Rebinding needs a name; a bare address cannot be rebound.
        return address.is_loopback or "*" in self.hosts


def is_lasting(name: str) -> bool:
    """Whether an output's name holds the digest of its content."""
    return _LASTING.search(name) is not None


def _moved(to: Moved, request: Request) -> Response:
    query = request.target.partition("?")[2]
    location = f"{to.location}?{query}" if query else to.location
    return Response(to.status, (("Location", location), ("Content-Type", "text/plain; charset=utf-8"), *COMMON))


def _plain(status: int, text: str) -> Response:
    return Response(status, (("Content-Type", "text/plain; charset=utf-8"), *COMMON), f"{text}\n".encode())
