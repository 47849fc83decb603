"""Ask one host whether its pages are there, as a good guest: what its robots.txt forbids is never asked, questions come
one at a time with a pause before each, and a host that asks to be left alone for a while is left alone.
"""

from __future__ import annotations

import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from yoroku import __version__
from yoroku.records import dataclass

TIMEOUT_SECONDS = 15.0
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 10.0  # of what a robots.txt may ask for
LONGEST_WAIT_SECONDS = 60.0  # of what a Retry-After may ask for; a host that wants longer is left alone
_ROBOTS_BYTES = 500 * 1024  # what RFC 9309 wants read at least
_NAME = "yoroku"
_AGENT = f"{_NAME}/{__version__} (link check; one request a second)"
_GONE = 410
_BUSY = (429, 503)

FORBIDDEN = "robots.txt"
LATER = "later"

Ask = Callable[[str], "Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said: the HTTP status, or 0 with a word on what went wrong. `moved` is where it led.

    With the words `FORBIDDEN` and `LATER` the page was not asked for: its site does not want that, or not now.
    """

    status: int
    word: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """One answer of a server, with what it asks for: to wait so many seconds, and the beginning of a text."""

    answer: Answer
    wait: float | None = None
    text: str = ""


class _NotAllowed(Exception):
    """A redirect leads to what the host's robots.txt forbids."""


class Host:
    """One host. `wait` sleeps so many seconds, `now` is Unix time: tests give their own. Not safe for threads."""

    def __init__(self, *, wait: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.time) -> None:
        self._wait = wait
        self._now = now
        self._pause = PAUSE_SECONDS
        self._asked = False
        self._rules: dict[str, RobotFileParser | Answer] = {}
        self._left_alone = False

    def ask(self, url: str) -> Answer:
        """Whether a page is there: HEAD, and GET where HEAD is refused."""
        try:
            address = _written_for_the_wire(url)
        except ValueError as error:
            return Answer(0, str(error)[:80])
        if address is None:
            return Answer(0, "not a web address")
        rules = self._rules_of(address)
        if isinstance(rules, Answer):
            return rules
        told = _Told(Answer(0, FORBIDDEN))
        for method in ("HEAD", "GET") if rules.can_fetch(_NAME, address) else ():
            told = self._patiently(method, address, rules)
            if told.answer.status < 400 or told.answer.status in (_GONE, *_BUSY):
                break
        return told.answer

    def _patiently(self, method: str, address: str, rules: RobotFileParser | None) -> _Told:
        """Ask, and once again after the wait that a busy host asks for."""
        if self._left_alone:
            return _Told(Answer(0, LATER))
        told = self._once(method, address, rules)
        if told.wait is not None and told.wait <= LONGEST_WAIT_SECONDS:
            self._wait(told.wait)
            told = self._once(method, address, rules)
        if told.wait is not None:
            self._left_alone = True
            return _Told(Answer(0, LATER))
        return told

    def _rules_of(self, address: str) -> RobotFileParser | Answer:
        """What the robots.txt of a page's site says; an answer when there is no asking that site."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            told = self._patiently("GET", f"{site}/robots.txt", None)
            rules = RobotFileParser()
            if told.answer.status == 0:
                self._rules[site] = told.answer
            elif told.answer.status >= 500:  # RFC 9309: as if all were forbidden
                self._rules[site] = Answer(0, FORBIDDEN)
            else:  # a site without a robots.txt forbids nothing
                rules.parse(told.text.splitlines() if told.answer.status < 400 else ())
                pause = rules.crawl_delay(_NAME)
                self._pause = min(max(PAUSE_SECONDS, float(pause or 0)), LONGEST_PAUSE_SECONDS)
                self._rules[site] = rules
        return self._rules[site]

    def _once(self, method: str, address: str, rules: RobotFileParser | None) -> _Told:
        if self._asked:
            self._wait(self._pause)
        self._asked = True
        trail = _Trail(address, rules)
        request = urllib.request.Request(address, method=method, headers={"User-Agent": _AGENT})
        try:
            with urllib.request.build_opener(trail).open(request, timeout=TIMEOUT_SECONDS) as response:
                moved = trail.target if trail.target and trail.permanent else ""
                text = response.read(_ROBOTS_BYTES).decode("utf-8-sig", "replace") if rules is None else ""
                return _Told(Answer(response.status, moved=moved), text=text)
        except urllib.error.HTTPError as error:
            with error:
                wait = self._asked_to_wait(error.headers) if error.code in _BUSY else None
                return _Told(Answer(error.code), wait)
        except urllib.error.URLError as error:
            unknown = isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME
            return _Told(Answer(0, "no such host" if unknown else str(error.reason)[:80]))
        except _NotAllowed:
            return _Told(Answer(0, FORBIDDEN))
        except (OSError, ValueError, HTTPException) as error:
            return _Told(Answer(0, str(error)[:80] or type(error).__name__))

    def _asked_to_wait(self, headers: Message) -> float | None:
        """Seconds: `Retry-After` holds them, or the moment when to come back."""
        said = (headers.get("Retry-After") or "").strip()
        if re.fullmatch(r"[0-9]{1,9}", said):
            return float(said)
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - self._now())
        except (ValueError, OverflowError):
            return None


class _Trail(urllib.request.HTTPRedirectHandler):
    """Follows redirects where that is allowed and remembers whether all of them were permanent."""

    def __init__(self, address: str, rules: RobotFileParser | None) -> None:
        self.permanent = True
        self.target = ""
        self._host = urlsplit(address).netloc
        self._rules = rules

    def redirect_request(  # noqa: PLR0917 - the base class's signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Allow the redirect only to the web, and on the same host only to what it lets be asked for."""
        parts = urlsplit(newurl)
        if parts.scheme not in ("http", "https"):
            return None
        if self._rules is not None and parts.netloc == self._host and not self._rules.can_fetch(_NAME, newurl):
            raise _NotAllowed
        self.permanent = self.permanent and code in (301, 308)
        self.target = newurl
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _written_for_the_wire(url: str) -> str | None:
    """An address in ASCII, as a browser would send it; None when it is none of the web. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    path, query = (quote(part, safe="%/:;=?@&$+,!*'()~-._[]|") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))
