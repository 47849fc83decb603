"""Lines that stand in several bulletins of one host: what a site prints around each of its texts.

The order of the bulletins plays no part, and a bulletin that repeats a line counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import key

ENOUGH = 3  # bulletins of one host that share a line
_LONGEST = 40
_HOST = re.compile(rb"https?://([A-Za-z0-9.-]{4,80})")
_TEXT = lazy(r"[。！？!?]|\d")


def host_of(data: bytes) -> str:
    """The host of the first address that a bulletin's bytes hold; empty when there is none."""
    found = _HOST.search(data)
    return found[1].decode("ascii").lower().removeprefix("www.") if found else ""


def recurring_lines(bulletins: Iterable[bytes]) -> dict[str, frozenset[str]]:
    """Each host's compared lines (`lines.key`) that three or more bulletins share; what is no UTF-8 is left out."""
    hosts: dict[str, Counter[str]] = {}
    for data in bulletins:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        host = host_of(data)
        if host:
            hosts.setdefault(host, Counter()).update({key(line) for line in text.splitlines() if _may_recur(line)})
    return {
        host: frozenset(line for line, count in counted.items() if count >= ENOUGH) for host, counted in hosts.items()
    }


def _may_recur(line: str) -> bool:
    return 2 < len(line.strip()) <= _LONGEST and not _TEXT.search(line)
