"""The authority file: people, organisations and places that the editors know, in `content/entities/*.yaml`.

Each file is a list. What stands here improves every later import (full names, aliases, roles, hosts) and gives
the pages their names, readings and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from yoroku.briefing import model
from yoroku.briefing.times import Zone
from yoroku.fields import Choice, Field, Reading, Record, Records, Text, Texts, When
from yoroku.problems import Place as At
from yoroku.problems import Problem, Problems
from yoroku.records import dataclass
from yoroku.strict_yaml import parse
from yoroku.yaml_nodes import Items, Table


@dataclass(frozen=True, slots=True)
class Role:
    """An office held `since` a day `until` another (both may be open)."""

    title: str
    organisation: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the authority file. `id` is the last part of the address; `reading` is in kana."""

    id: str
    name: str
    reading: str = ""
    romanised: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation; `hosts` are the domains it publishes on, `policy` how much of its texts may be shown."""

    id: str
    name: str
    reading: str = ""
    romanised: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    policy: str = ""
    attribution: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place and its IANA zone."""

    id: str
    name: str
    reading: str = ""
    romanised: str = ""
    aliases: tuple[str, ...] = ()
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """All that the site's editors know."""

    people: tuple[KnownPerson, ...] = ()
    organisations: tuple[KnownOrganisation, ...] = ()
    places: tuple[KnownPlace, ...] = ()


_NAMES = (
    Field("id", "id", Text(), "Last part of the address: a-z, 0-9 and hyphens", "URLの末尾", required=True),
    Field("name", "name", Text(), "The full name", "名称", required=True),
    Field("reading", "reading", Text(), "How it is read, in kana", "読み"),
    Field("romanised", "romanised", Text(), "In Latin letters", "ローマ字"),
    Field("aliases", "aliases", Texts(), "Other names", "別名"),
)
_ROLE = Record(
    Role,
    (
        Field("title", "title", Text(), "The office", "肩書き", required=True),
        Field("organisation", "organisation", Text(), "Of what", "所属"),
        Field("from", "since", When(), "Since", "就任"),
        Field("to", "until", When(), "Until", "退任"),
    ),
    shorthand="title",
)
PEOPLE = Record(KnownPerson, (*_NAMES, Field("roles", "roles", Records(_ROLE), "Offices over time", "肩書きの推移")))
ORGANISATIONS = Record(
    KnownOrganisation,
    (
        *_NAMES,
        Field("hosts", "hosts", Texts(), "Domains it publishes on", "ドメイン"),
        Field("policy", "policy", Choice(model.POLICIES), "How much of its texts may be shown", "公開範囲"),
        Field("attribution", "attribution", Text(), "Words that its terms ask for", "出典の書き方"),
        Field("kind", "kind", Choice(model.SOURCE_KINDS), "Primary source or news report", "一次資料か報道か"),
    ),
)
PLACES = Record(KnownPlace, (*_NAMES, Field("timezone", "timezone", Zone(), "IANA zone", "時間帯")))

Known = TypeVar("Known", KnownPerson, KnownOrganisation, KnownPlace)
_FILES: dict[str, Record] = {"people": PEOPLE, "organisations": ORGANISATIONS, "places": PLACES}


def read_authority(files: Iterable[tuple[str, str]]) -> Authority:
    """Read the files, given as (path, text). The file's name says what it holds. Raises `Problems`, all at once."""
    found: dict[str, list[Any]] = {name: [] for name in _FILES}
    problems: list[Problem] = []
    for path, text in sorted(files):
        name = path.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml").split(".")[0]
        if name not in _FILES:
            fix = f"name it {', '.join(f'{known}.yaml' for known in _FILES)}"
            problems.append(Problem(At(path), "unknown-entities", f"nobody reads the file '{name}.yaml'", fix))
            continue
        try:
            found[name] += _read(text, _FILES[name], path)
        except Problems as error:
            problems += error.items
    if problems:
        raise Problems(*problems)
    return Authority(tuple(found["people"]), tuple(found["organisations"]), tuple(found["places"]))


def _read(text: str, record: Record, path: str) -> list[Any]:
    node = parse(text.removeprefix("\ufeff"), path=path)
    if isinstance(node, Table) and not node.pairs:
        return []
    reading = Reading(path, ZoneInfo("UTC"))
    if not isinstance(node, Items):
        raise Problems(
            Problem(At(path, 1, 1), "wrong-type", "the file is not a list", "begin each entry with '- id: …'")
        )
    entries = []
    seen: set[str] = set()
    for item in node.items:
        entry = record.read(item, "", reading)
        if entry is None:
            continue
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.id):
            reading.problem(item, "wrong-id", f"the id '{entry.id}' cannot be an address", "use a-z, 0-9 and hyphens")
        elif entry.id in seen:
            reading.problem(item, "repeated-id", f"the id '{entry.id}' stands twice", "give each entry its own")
        seen.add(entry.id)
        entries.append(entry)
    if reading.problems:
        raise Problems(*reading.problems)
    return entries


def by_name(known: Iterable[Known], *, folded: Callable[[str], str]) -> dict[str, Known]:
    """Entries by each of their names and aliases, after `folded`; the first entry that has a name keeps it."""
    table: dict[str, Known] = {}
    entry: Known
    for entry in known:
        for name in (entry.name, *entry.aliases):
            table.setdefault(folded(name), entry)
    return table
