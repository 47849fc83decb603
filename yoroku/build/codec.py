"""Frozen values as bytes: equal values give equal bytes, and the bytes give the value back.

Pickle does not: equal values can pickle to different bytes, and loading runs what the file says. Here a value is
reduced to tuples, lists, text and numbers (`plain`), which marshal in its version 2 writes without looking at identity.
A dataclass is a list that starts with its name; only classes of this package are ever looked up.
"""

from __future__ import annotations

import importlib
import marshal
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from yoroku.build.inputs import digest
from yoroku.records import fields, is_dataclass

_PACKAGE = __name__.partition(".")[0] + "."


def encode(value: object) -> bytes:
    """The canonical bytes of a frozen value. Raises TypeError for a value that is not frozen or not known."""
    return packed(plain(value))


def packed(item: Any) -> bytes:
    """The canonical bytes of what `plain` gave."""
    return marshal.dumps(item, 2)


def decode(data: bytes) -> Any:
    """The value that `encode` was given. The bytes must come from this program's own sealed files."""
    return _value(marshal.loads(data))


def revived(item: Any) -> Any:
    """The value that `plain` was given."""
    return _value(item)


def digest_of(value: object) -> bytes:
    """The digest of a frozen value: equal values, equal digests."""
    return digest(encode(value))


def plain(value: Any) -> Any:
    """The value in marshal's types; different values never look alike."""
    reduce = _REDUCE.get(type(value))
    if reduce is None:
        reduce = _REDUCE[type(value)] = _reducer(type(value))
    return reduce(value)


def _same(value: Any) -> Any:
    return value


def _tuple(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([item if type(item) in _SCALARS else plain(item) for item in value])


def _set(value: frozenset[Any]) -> list[Any]:
    return ["set", *sorted((plain(item) for item in value), key=packed)]


def _mapping(value: Mapping[Any, Any]) -> list[Any]:
    return ["map", *sorted(((plain(key), plain(item)) for key, item in value.items()), key=packed)]


def _date(value: date) -> list[Any]:
    return ["date", value.toordinal()]


def _datetime(value: datetime) -> list[Any]:
    zone = value.tzinfo
    offset = value.utcoffset()
    if isinstance(zone, ZoneInfo) and zone.key:
        name = zone.key
    elif zone is None or (isinstance(zone, timezone) and str(zone) == str(timezone(zone.utcoffset(None)))):
        name = ""
    else:
        raise TypeError(f"a moment in a zone of type {type(zone).__name__} has no canonical form")
    return [
        "moment",
        value.replace(tzinfo=None).isoformat(),
        None if offset is None else _micro(offset),
        name,
        value.fold,
    ]


def _micro(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def _reducer(kind: type) -> Callable[[Any], Any]:
    """How values of a class are reduced; worked out once per class."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if issubclass(kind, Enum):
        return lambda value: ["enum", name, plain(value.value)]
    if issubclass(kind, tuple):  # a NamedTuple
        return lambda value: ["tuple", name, *_tuple(tuple(value))]
    if issubclass(kind, PurePath):
        return lambda value: ["path", value.as_posix()]
    if issubclass(kind, str):  # Markup and its like
        return lambda value: ["text", name, str(value)]
    if issubclass(kind, Mapping):
        return _mapping
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"a value of type {name} is not frozen, so it cannot be remembered")
    names = [item.name for item in fields(kind)]
    if not names:
        return lambda value: [name]  # noqa: ARG005
    if len(names) == 1:
        return lambda value: [name, plain(getattr(value, names[0]))]
    get = attrgetter(*names)
    return lambda value: [name, *[item if type(item) in _SCALARS else plain(item) for item in get(value)]]


def _value(item: Any) -> Any:
    kind = type(item)
    if kind is tuple:
        return tuple([part if type(part) in _SCALARS else _value(part) for part in item]) if item else item
    if kind is not list:
        return item
    name = item[0]
    made = _CLASSES.get(name)
    if made is None:
        build = _BUILD.get(name)
        if build is not None:
            return build(item[1:])
        made = _class(name)
    return made(*[part if type(part) in _SCALARS or part == () else _value(part) for part in item[1:]])


def _class(name: str) -> Any:
    found = _CLASSES.get(name)
    if found is None:
        module, _, path = name.partition(":")
        if not module.startswith(_PACKAGE):
            raise TypeError(f"a value of type {name} is not of this package")
        found = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
        _CLASSES[name] = found
    return found


def _moment(rest: list[Any]) -> datetime:
    text, offset, name, fold = rest
    zone = ZoneInfo(name) if name else None if offset is None else _zone(offset)
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@cache
def _zone(offset: int) -> timezone:
    return timezone(timedelta(microseconds=offset))


_SCALARS = {str, int, bool, float, bytes, type(None)}
_REDUCE: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys(_SCALARS, _same),
    tuple: _tuple,
    frozenset: _set,
    dict: _mapping,
    date: _date,
    datetime: _datetime,
    time: lambda value: ["time", value.isoformat()],
    timedelta: lambda value: ["span", _micro(value)],
}
_BUILD: dict[str, Callable[[list[Any]], Any]] = {
    "set": lambda rest: frozenset(_value(part) for part in rest),
    "map": lambda rest: {_value(key): _value(item) for key, item in rest},
    "date": lambda rest: date.fromordinal(rest[0]),
    "moment": _moment,
    "time": lambda rest: time.fromisoformat(rest[0]),
    "span": lambda rest: timedelta(microseconds=rest[0]),
    "enum": lambda rest: _class(rest[0])(_value(rest[1])),
    "tuple": lambda rest: _class(rest[0])(*[_value(part) for part in rest[1:]]),
    "path": lambda rest: PurePath(rest[0]),
    "text": lambda rest: rest[1] if rest[0].startswith("builtins:") else _text(rest),
}
_CLASSES: dict[str, Any] = {}


def _text(rest: list[Any]) -> Any:
    # jinja2 lies behind markupsafe; a value that holds safe markup needs it anyway.
    from markupsafe import Markup  # noqa: PLC0415

    if rest[0] == f"{Markup.__module__}:{Markup.__qualname__}":
        return Markup(rest[1])
    return _class(rest[0])(rest[1])
