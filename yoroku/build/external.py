"""Ask other sites whether the pages that briefings and notes cite are still there.

Slow and dependent on others, so it runs on its own (`check --external`), never in a build. One question at a time to a
host, a second apart; answers are kept in `.yoroku/links.json` and asked again after a week. Only what is surely gone
(404 and 410, and hosts that do not exist) counts as gone: a refusal or a time-out says nothing about a page.
"""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from yoroku import __version__
from yoroku.atomic import write_whole
from yoroku.problems import Place, Problem, Severity, ordered
from yoroku.records import dataclass

CACHE = ".yoroku/links.json"
KEPT_SECONDS = 7 * 24 * 3600
TIMEOUT_SECONDS = 15.0
PAUSE_SECONDS = 1.0
HOSTS_AT_ONCE = 8
_GONE = (404, 410)
_AGENT = f"yoroku/{__version__} (link check; one request a second)"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Cited:
    """An address, where it stands, and an archived copy if the editor named one."""

    url: str
    at: Place
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said: the HTTP status, or 0 with a word on what went wrong. `moved` is where it led."""

    status: int
    word: str = ""
    moved: str = ""


Ask = Callable[[str], Answer]


def check_external(
    cited: Iterable[Cited], *, root: Path, now: float, ask: Ask | None = None, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Problems of the cited addresses: gone, moved for good, unanswered. `now` is Unix time in seconds."""
    by_url: dict[str, list[Cited]] = defaultdict(list)
    for link in cited:
        by_url[link.url.split("#", 1)[0]].append(link)
    kept = _read(root / CACHE)
    answers = {url: answer for url, (at, answer) in kept.items() if now - at < KEPT_SECONDS and answer.status}
    todo = sorted(url for url in by_url if url not in answers)
    fresh = _ask_all(todo, ask or ask_politely, progress)
    answers.update(fresh)
    times = {url: now if url in fresh else kept[url][0] for url in answers}
    rows = {url: [times[url], answers[url].status, answers[url].word, answers[url].moved] for url in sorted(answers)}
    write_whole(root / CACHE, json.dumps(rows, ensure_ascii=False, indent=0).encode())
    found = (problem for url, links in by_url.items() for link in links for problem in _judge(link, answers[url]))
    return ordered(found)


def _judge(link: Cited, answer: Answer) -> Iterable[Problem]:
    shown = f"'{link.url}'"
    if answer.status in _GONE or answer.word == "no such host":
        reason = f"answers {answer.status}" if answer.status else "has no such host any more"
        if link.archive:
            what, fix = f"{shown} {reason}; readers are led to '{link.archive}'", "nothing to do"
            yield Problem(link.at, "link-archived", what, fix, Severity.NOTE)
        else:
            fix = "correct it, or name an archived copy with 'archive: https://…'"
            yield Problem(link.at, "link-gone", f"{shown} {reason}", fix, Severity.WARNING)
    elif answer.moved:
        what = f"{shown} has moved for good to '{answer.moved}'"
        yield Problem(link.at, "link-moved", what, "write the new address", Severity.NOTE)
    elif not answer.status or answer.status >= 400:
        reason = f"answered {answer.status}" if answer.status else f"did not answer ({answer.word})"
        what = f"{shown} {reason}, which says nothing about the page"
        yield Problem(link.at, "link-unanswered", what, "look at it in a browser", Severity.NOTE)


def _ask_all(urls: list[str], ask: Ask, progress: Progress | None) -> dict[str, Answer]:
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc].append(url)
    answers: dict[str, Answer] = {}

    def one_host(addresses: list[str]) -> None:
        for number, url in enumerate(addresses):
            if number and ask is ask_politely:
                time.sleep(PAUSE_SECONDS)
            answers[url] = ask(url)
            if progress is not None:
                progress("asking other sites", len(answers), len(urls))

    with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
        list(pool.map(one_host, hosts.values()))
    return answers


class _Trail(urllib.request.HTTPRedirectHandler):
    """Follows redirects and remembers whether all of them were permanent."""

    def __init__(self) -> None:
        self.permanent = True
        self.target = ""

    def redirect_request(  # noqa: PLR0917 - the base class's signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Allow the redirect only to the web."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        self.permanent = self.permanent and code in (301, 308)
        self.target = newurl
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask_politely(url: str) -> Answer:
    """Ask one site: HEAD, and GET where HEAD is refused."""
    if urlsplit(url).scheme not in ("http", "https"):
        return Answer(0, "not a web address")
    for method in ("HEAD", "GET"):
        trail = _Trail()
        request = urllib.request.Request(url, method=method, headers={"User-Agent": _AGENT})
        try:
            with urllib.request.build_opener(trail).open(request, timeout=TIMEOUT_SECONDS) as response:
                return Answer(response.status, moved=trail.target if trail.target and trail.permanent else "")
        except urllib.error.HTTPError as error:
            if method == "HEAD" and error.code not in (410,):
                continue
            return Answer(error.code)
        except urllib.error.URLError as error:
            unknown = isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME
            return Answer(0, "no such host" if unknown else str(error.reason)[:80])
        except (OSError, ValueError) as error:
            return Answer(0, str(error)[:80] or type(error).__name__)
    return Answer(0, "no answer")


def _read(path: Path) -> Mapping[str, tuple[float, Answer]]:
    """The answers kept; none when the file is missing or torn."""
    try:
        rows = json.loads(path.read_bytes())
        return {url: (float(row[0]), Answer(int(row[1]), str(row[2]), str(row[3]))) for url, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}
