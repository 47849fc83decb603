"""Ask other sites whether the pages that briefings and notes cite are still there.

Slow and dependent on others, so it runs on its own (`check --external`), never in a build. `asking.py` asks, host by
host; answers are kept in `.yoroku/links.json` and asked again after a week. Only what is surely gone (404 and 410, and
hosts that do not exist) counts as gone: a refusal or a time-out says nothing about a page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from yoroku.atomic import write_whole
from yoroku.build.asking import FORBIDDEN, LATER, Answer, Ask, Host
from yoroku.problems import Place, Problem, Severity, ordered
from yoroku.records import dataclass

CACHE = ".yoroku/links.json"
KEPT_SECONDS = 7 * 24 * 3600
HOSTS_AT_ONCE = 8
_GONE = (404, 410)
_NOT_ASKED = {
    FORBIDDEN: "the robots.txt of its site does not allow it",
    LATER: "its site wants to be asked later",
}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Cited:
    """An address, where it stands, and an archived copy if the editor named one."""

    url: str
    at: Place
    archive: str = ""


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
    fresh = _ask_all(todo, ask, progress)
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
    elif not answer.status and answer.word in _NOT_ASKED:
        what = f"{shown} was not asked for: {_NOT_ASKED[answer.word]}"
        yield Problem(link.at, "link-not-asked", what, "look at it in a browser", Severity.NOTE)
    elif not answer.status or answer.status >= 400:
        reason = f"answered {answer.status}" if answer.status else f"did not answer ({answer.word})"
        what = f"{shown} {reason}, which says nothing about the page"
        yield Problem(link.at, "link-unanswered", what, "look at it in a browser", Severity.NOTE)


def _ask_all(urls: list[str], ask: Ask | None, progress: Progress | None) -> dict[str, Answer]:
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc].append(url)
    answers: dict[str, Answer] = {}

    def one_host(addresses: list[str]) -> None:
        asking = ask or Host().ask
        for url in addresses:
            answers[url] = asking(url)
            if progress is not None:
                progress("asking other sites", len(answers), len(urls))

    with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
        list(pool.map(one_host, hosts.values()))
    return answers


def _read(path: Path) -> Mapping[str, tuple[float, Answer]]:
    """The answers kept; none when the file is missing or torn."""
    try:
        rows = json.loads(path.read_bytes())
        return {url: (float(row[0]), Answer(int(row[1]), str(row[2]), str(row[3]))) for url, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}
