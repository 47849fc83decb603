"""Names and what they mean: the authority file of all four kinds as one kind of entry, looked up by any name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from yoroku.briefing.authority import Authority, Role
from yoroku.config import Topic
from yoroku.records import dataclass, field

EntityKind = Literal["people", "orgs", "places", "topics"]
KINDS: tuple[EntityKind, ...] = ("people", "orgs", "places", "topics")


@dataclass(frozen=True, slots=True)
class Known:
    """One entry, whatever its kind. Organisations have hosts and rights, places a zone, people roles."""

    id: str
    name: str
    reading: str = ""
    romanised: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    hosts: tuple[str, ...] = ()
    policy: str = ""
    attribution: str = ""
    kind: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Every entry, and the words that mean exactly one of them."""

    entries: tuple[tuple[EntityKind, tuple[Known, ...]], ...] = ()
    _by_name: Mapping[tuple[str, str], Known] = field(default_factory=dict, compare=False, repr=False)

    def named(self, kind: EntityKind, name: str) -> Known | None:
        """The entry of `kind` that `name` means, or None when it is unknown or means several."""
        return self._by_name.get((kind, key(name)))

    def of(self, kind: EntityKind) -> tuple[Known, ...]:
        """All entries of one kind, in the editors' order."""
        return dict(self.entries).get(kind, ())


def key(name: str) -> str:
    """What two spellings of one name have in common: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def gather(known: Authority, topics: tuple[Topic, ...] = ()) -> Names:
    """The authority file and the site's topics. A full name beats an alias; an alias of two entries means neither."""
    entries: tuple[tuple[EntityKind, tuple[Known, ...]], ...] = (
        ("people", tuple(Known(e.id, e.name, e.reading, e.romanised, e.aliases, roles=e.roles) for e in known.people)),
        (
            "orgs",
            tuple(
                Known(e.id, e.name, e.reading, e.romanised, e.aliases, (), e.hosts, e.policy, e.attribution, e.kind)
                for e in known.organisations
            ),
        ),
        (
            "places",
            tuple(Known(e.id, e.name, e.reading, e.romanised, e.aliases, timezone=e.timezone) for e in known.places),
        ),
        ("topics", tuple(Known(t.slug or slug_of("topics", t.name), t.name, romanised=t.en) for t in topics)),
    )
    table: dict[tuple[str, str], Known] = {}
    for kind, members in entries:
        shared: set[str] = set()
        for entry in members:
            for alias in {key(alias) for alias in (*entry.aliases, entry.romanised) if alias}:
                if (kind, alias) in table:
                    shared.add(alias)
                table[(kind, alias)] = entry
        for alias in shared:
            del table[(kind, alias)]
        for entry in members:
            table[(kind, key(entry.name))] = entry
    return Names(entries, table)


def slug_of(kind: EntityKind, name: str) -> str:
    """The address of a name that no editor has given one: its own letters when they are ASCII, else a stable code."""
    bare = key(name)
    if bare.isascii():
        spelled = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")
        if 1 < len(spelled) <= 60:
            return spelled
    return kind[0] + "-" + hashlib.sha256(bare.encode()).hexdigest()[:10]


def role_at(entry: Known, when: date) -> Role | None:
    """The office held on that day, if the authority file says so."""
    for role in entry.roles:
        if (role.since is None or _day(role.since) <= when) and (role.until is None or when <= _day(role.until)):
            return role
    return None


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
