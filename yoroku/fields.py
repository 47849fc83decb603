"""Kinds of fields in front matter and settings: how each is read, written and described in a schema.

One table of fields drives the reader, the writer, the JSON Schema and the editors' forms, so they cannot
drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from operator import attrgetter
from typing import Any, Protocol

from yoroku.emit import Bare, Inline
from yoroku.problems import Place, Problem, did_you_mean
from yoroku.records import dataclass
from yoroku.remedies import KEYS, meant_date
from yoroku.yaml_nodes import Items, Node, Scalar, Table

Moment = date | datetime


class Reading:
    """What reading one file needs: its path, the zone for dates without one, and the problems met on the way."""

    def __init__(self, path: str, zone: tzinfo) -> None:
        self.path = path
        self.zone = zone
        self.problems: list[Problem] = []

    def problem(self, node: Node, code: str, what: str, fix: str = "") -> None:
        """Note a mistake at `node`."""
        self.problems.append(Problem(Place(self.path, node.line, node.column), code, what, fix))


class Kind(Protocol):
    """How one kind of field is read, written and described."""

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        """The value, or None after a problem was noted."""

    def write(self, value: Any) -> object | None:
        """Plain values for the writer; None leaves the key out."""

    def schema(self) -> dict[str, object]:
        """The JSON Schema of the value."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key: the attribute it fills, its kind, what it is for (English, Japanese)."""

    key: str
    attribute: str
    kind: Kind
    doc: str
    doc_ja: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text."""

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The text; an empty value counts as absent."""
        if not isinstance(node, Scalar):
            fix = "write it on one line, in quotes"
            if isinstance(node, Items) and len(node.items) == 1 and isinstance(inner := node.items[0], Items):
                # YAML takes a bare wikilink for a list in a list.
                names = [item.text for item in inner.items if isinstance(item, Scalar)]
                fix = f'write {key}: "[[{names[0]}]]", with the quotes' if len(names) == 1 else fix
            reading.problem(node, "wrong-type", f"'{key}' must be one piece of text", fix)
            return None
        return None if node.empty else node.text

    def write(self, value: str) -> object | None:
        """The text itself."""
        return value or None

    def schema(self) -> dict[str, object]:
        """A string."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. `also` are (other word, the one it means), for suggestions."""

    words: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The word."""
        if isinstance(node, Scalar) and (node.empty or node.text in self.words):
            return node.text or None
        written = node.text if isinstance(node, Scalar) else "a list"
        reading.problem(
            node, "unknown-value", f"{key} '{written}' is not known", did_you_mean(written, self.words, dict(self.also))
        )
        return None

    def write(self, value: str) -> object | None:
        """The word itself."""
        return value or None

    def schema(self) -> dict[str, object]:
        """An enumeration."""
        return {"enum": list(self.words)}


_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no. `default` is not written."""

    default: bool = False

    def read(self, node: Node, key: str, reading: Reading) -> bool | None:
        """True or false, from ``true``/``yes``/``on`` and their opposites."""
        if isinstance(node, Scalar):
            if node.empty:
                return None
            if node.text.lower() in _TRUE:
                return True
            if node.text.lower() in _FALSE:
                return False
        reading.problem(node, "wrong-type", f"'{key}' must be true or false", "write true or false")
        return None

    def write(self, value: bool) -> object | None:
        """``true`` or ``false``, nothing for the default."""
        return None if value == self.default else Bare("true" if value else "false")

    def schema(self) -> dict[str, object]:
        """A boolean."""
        return {"type": "boolean", "default": self.default}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, not negative."""

    def read(self, node: Node, key: str, reading: Reading) -> int | None:
        """The number."""
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,9}", node.text):
            return int(node.text)
        if not (isinstance(node, Scalar) and node.empty):
            reading.problem(node, "wrong-type", f"'{key}' must be a whole number", "write digits only, such as 60")
        return None

    def write(self, value: int | None) -> object | None:
        """Digits."""
        return None if value is None else Bare(str(value))

    def schema(self) -> dict[str, object]:
        """A non-negative integer."""
        return {"type": "integer", "minimum": 0}


_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?\s*(Z|[+-]\d\d:?\d\d(?::\d\d)?)?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a day with a time. A time without a zone is in the site's zone."""

    def read(self, node: Node, key: str, reading: Reading) -> Moment | None:
        """A `date`, or an aware `datetime`."""
        if not isinstance(node, Scalar):
            reading.problem(
                node, "wrong-type", f"'{key}' must be a date", "write it as 2023-01-12 or 2023-01-12T16:00+09:00"
            )
            return None
        if node.empty:
            return None
        try:
            return moment(node.text, reading.zone)
        except ValueError:
            meant = meant_date(node.text)
            fix = f"write {meant}" if meant else "write it as 2023-01-12 or 2023-01-12T16:00+09:00"
            what = "is not a date that exists" if _MOMENT.fullmatch(node.text.strip()) else "is not written as a date"
            reading.problem(node, "wrong-date", f"{key} '{node.text}' {what}", fix)
            return None

    def write(self, value: Moment | None) -> object | None:
        """ISO 8601 without needless zeros."""
        return None if value is None else Bare(stamp(value))

    def schema(self) -> dict[str, object]:
        """A string in ISO 8601."""
        pattern = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?( ?(Z|[+-]\d\d:?\d\d(:\d\d)?))?)?$"
        return {"type": "string", "pattern": pattern}


def moment(text: str, zone: tzinfo) -> Moment:
    """Read a day or a time. Raises ValueError for what is not one."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second, offset = match.groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        return on
    at = time(int(hour), int(minute), int(second or 0))
    return datetime.combine(on, at, tzinfo=_offset(offset) if offset else zone)


def _offset(text: str) -> tzinfo:
    if text in ("Z", "z"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes, seconds = (int(text.replace(":", "")[at : at + 2] or 0) for at in (1, 3, 5))  # before 1888, seconds
    if max(minutes, seconds) > 59:
        raise ValueError(text)
    return timezone(sign * timedelta(hours=hours, minutes=minutes, seconds=seconds))


def stamp(value: Moment) -> str:
    """``2023-01-12`` or ``2023-01-12T16:00-05:00``; seconds only where they are not zero."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second and not value.microsecond else "seconds")
    return value.isoformat()


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of short texts; a single text is read as a list of one."""

    def read(self, node: Node, key: str, reading: Reading) -> tuple[str, ...] | None:
        """The texts in order."""
        if isinstance(node, Scalar):
            return None if node.empty else (node.text,)
        if isinstance(node, Table):
            reading.problem(node, "wrong-type", f"'{key}' must be a list", "write [one, two], or one '- item' a line")
            return None
        found = []
        for item in node.items:
            if isinstance(item, Scalar):
                found.append(item.text)
            else:
                reading.problem(item, "wrong-type", f"an item of '{key}' must be text", "put it in quotes")
        return tuple(found)

    def write(self, value: tuple[str, ...]) -> object | None:
        """One line."""
        return Inline(value) if value else None

    def schema(self) -> dict[str, object]:
        """An array of strings, or one string."""
        return {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}


_EMPTY = "write '{}: …', in quotes if it begins with #"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys that becomes one frozen value. `shorthand` is the key that a bare text stands for.

    `sound` looks at a value that is whole, and notes what is wrong between its keys.

    `type` is called with a keyword for each attribute read; an attribute such as ``state.draft`` lies one level down.
    """

    type: Callable[..., Any]
    fields: tuple[Field, ...]
    shorthand: str = ""
    sound: Callable[[Any, Table, Reading], None] | None = None

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        """The value, or None after problems."""
        if self.shorthand and isinstance(node, Scalar):
            if node.empty:
                return None
            node = Table(((Scalar(self.shorthand, node.line, node.column), node),), node.line, node.column)
        if not isinstance(node, Table):
            names = ", ".join(field.key for field in self.fields[:3])
            reading.problem(node, "wrong-type", f"'{key}' must be a mapping", f"write keys such as {names}")
            return None
        return self.build(node, key, reading)

    def build(self, node: Table, key: str, reading: Reading, extra: Mapping[str, Any] | None = None) -> Any:
        """Read the keys of `node`; unknown and missing ones are problems. None if a required key is missing."""
        by_key, required = _keys_of(self)
        values: dict[str, Any] = dict(extra or {})
        for name, value in node.pairs:
            field = by_key.get(name.text)
            if field is None:
                where = f" in '{key}'" if key else ""
                known = {field.doc_ja: field.key for field in self.fields} | KEYS
                fix = did_you_mean(name.text, by_key, {word: key for word, key in known.items() if key in by_key})
                reading.problem(name, "unknown-key", f"the key '{name.text}' is not known{where}", fix)
                continue
            read = field.kind.read(value, field.key, reading)
            if read is not None:
                values[field.attribute] = read
        complete = True
        for field in required:
            if field.attribute not in values:
                where = f" in '{key}'" if key else ""
                if not any(name.text == field.key for name, _ in node.pairs):
                    reading.problem(
                        node, "missing-key", f"the key '{field.key}' is missing{where}", f"add '{field.key}: …'"
                    )
                elif not reading.problems:
                    reading.problem(node, "missing-key", f"'{field.key}' is empty{where}", _EMPTY.format(field.key))
                complete = False
        made = self.type(**values) if complete else None
        if self.sound is not None and made is not None:
            self.sound(made, node, reading)
        return made

    def write(self, value: Any) -> object | None:
        """The mapping of all keys that are not empty."""
        tree = {}
        for field in self.fields:
            written = field.kind.write(attrgetter(field.attribute)(value))
            if written is not None:
                tree[field.key] = written
        if self.shorthand and tree.keys() == {self.shorthand}:
            return tree[self.shorthand]
        return tree or None

    def schema(self) -> dict[str, object]:
        """An object without further keys."""
        properties = {field.key: {**field.kind.schema(), "description": field.doc} for field in self.fields}
        shape: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
        required = [field.key for field in self.fields if field.required]
        if required:
            shape["required"] = required
        return {"anyOf": [shape, {"type": "string"}]} if self.shorthand else shape


# What is known of a record that is read again and again. It stands beside its record, so that no other takes its id.
_KNOWN: dict[int, tuple[Record, dict[str, Field], tuple[Field, ...]]] = {}


def _keys_of(record: Record) -> tuple[dict[str, Field], tuple[Field, ...]]:
    """The fields of a record by key, and the required ones."""
    known = _KNOWN.get(id(record))
    if known is None:
        by_key = {field.key: field for field in record.fields}
        known = (record, by_key, tuple(field for field in record.fields if field.required))
        _KNOWN[id(record)] = known
    return known[1], known[2]


@dataclass(frozen=True, slots=True)
class Records:
    """A list of records; one record alone is read as a list of one, and written so where `single` is set."""

    record: Record
    single: bool = False

    def read(self, node: Node, key: str, reading: Reading) -> tuple[Any, ...] | None:
        """The records in order."""
        if isinstance(node, Scalar) and node.empty:
            return None
        items = node.items if isinstance(node, Items) else (node,)
        read = (self.record.read(item, key, reading) for item in items)
        return tuple(value for value in read if value is not None)

    def write(self, value: tuple[Any, ...]) -> object | None:
        """A list, one record an item."""
        written = tuple(tree for tree in map(self.record.write, value) if tree is not None)
        if self.single and len(written) == 1:
            return written[0]
        return written or None

    def schema(self) -> dict[str, object]:
        """An array of the records, or one of them."""
        item = self.record.schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}


@dataclass(frozen=True, slots=True)
class Part:
    """A record that is one optional value, such as the provenance."""

    record: Record

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        """The value."""
        return None if isinstance(node, Scalar) and node.empty else self.record.read(node, key, reading)

    def write(self, value: Any) -> object | None:
        """The mapping."""
        return None if value is None else self.record.write(value)

    def schema(self) -> dict[str, object]:
        """The record's schema."""
        return self.record.schema()
