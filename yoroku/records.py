"""`dataclass` as in the standard library, for much less at the start of the program.

The standard one writes and compiles half a dozen functions for each class when it is defined; with some two hundred
classes that is a third of the time until the first file is read. Here a frozen class with slots, which nearly all are,
shares ready functions, and its `__init__` is compiled when the first value is made. `fields`, `replace` and the like of
the standard library work as ever; a type checker sees the standard decorator.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import field, fields, is_dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, order: bool = False) -> Callable[[type], type]:
        """The standard decorator's effect, with these of its options."""
        if not (frozen and slots) or order:
            return dataclasses.dataclass(frozen=frozen, slots=slots, order=order)
        return _defined


def _defined(cls: type) -> type:
    own = _own_fields(cls)
    known: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        known |= base.__dict__.get("__dataclass_fields__", {})
    inherited = set(known)
    known |= own
    names = tuple(known)
    compared = [name for name in names if known[name].compare]
    if not compared:
        return dataclasses.dataclass(frozen=True, slots=True)(cls)
    space = {name: value for name, value in cls.__dict__.items() if name not in own}
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    space |= {
        "__slots__": tuple(name for name in own if name not in inherited),
        "__dataclass_fields__": known,
        "__dataclass_params__": _PARAMS,
        "__match_args__": names,
        "__init__": _first_init,
        "__setattr__": _refuse_set,
        "__delattr__": _refuse_delete,
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    space.setdefault("__repr__", _repr)
    space |= _comparison(compared)
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    return made


def _own_fields(cls: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in inspect.get_annotations(cls).items():
        given = cls.__dict__.get(name, dataclasses.MISSING)
        item: Any = given if isinstance(given, dataclasses.Field) else field(default=given)
        if isinstance(item.default, (list, dict, set)):
            raise ValueError(f"the default of {cls.__name__}.{name} can change: use a default_factory")
        item.name, item.type, item.kw_only, item._field_type = name, kind, False, _KIND
        found[name] = item
    return found


def _first_init(self: Any, *given: Any, **named: Any) -> None:
    """Stands for the `__init__` of every class until its first value is made."""
    cls = next(base for base in type(self).__mro__ if base.__dict__.get("__init__") is _first_init)
    made = _init(cls)
    type.__setattr__(cls, "__init__", made)
    made(self, *given, **named)


def _init(cls: Any) -> Callable[..., None]:
    """`__init__` of a class: each value goes into its slot."""
    arguments, lines, names = [], [], {"_MISSING": dataclasses.MISSING}
    for name, item in cls.__dataclass_fields__.items():
        names[f"_set_{name}"] = getattr(cls, name).__set__
        value = name
        if item.default_factory is not dataclasses.MISSING:
            names[f"_make_{name}"] = item.default_factory
            arguments.append(f"{name}=_MISSING")
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        elif item.default is not dataclasses.MISSING:
            names[f"_default_{name}"] = item.default
            arguments.append(f"{name}=_default_{name}")
        else:
            arguments.append(name)
        lines.append(f" _set_{name}(_self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" _self.__post_init__()")
    exec("def __init__(" + ", ".join(["_self", *arguments]) + "):\n" + ("\n".join(lines) or " pass"), names)
    made: Any = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made  # type: ignore[no-any-return]


def _comparison(names: list[str]) -> dict[str, Any]:
    """`__eq__` and `__hash__` over these fields."""
    get: Any = attrgetter(*names)
    if len(names) == 1:

        def hashed(self: Any) -> int:
            return hash((get(self),))
    else:

        def hashed(self: Any) -> int:
            return hash(get(self))

    def equal(self: Any, other: Any) -> Any:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": hashed}


def _repr(self: Any) -> str:
    shown = (f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_set(_: Any, name: str, __: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, item.name) for item in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for item, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)


@dataclasses.dataclass(frozen=True, slots=True)
class _Like:
    """What the standard decorator of this Python notes of a class and of a field."""

    field: None = None


_PARAMS: Any = _Like.__dict__["__dataclass_params__"]
_KIND: Any = fields(_Like)[0]._field_type  # type: ignore[attr-defined]
