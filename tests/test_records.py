"""Records behave as the standard library's frozen dataclasses with slots do."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from yoroku import records


def define(dataclass: Any) -> tuple[type, type]:
    @dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 2
        words: tuple[str, ...] = dataclasses.field(default_factory=tuple)
        memo: dict = dataclasses.field(default_factory=dict, compare=False, repr=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    @dataclass(frozen=True, slots=True)
    class Named(Point):
        y: int = 3
        name: str = ""

    return Point, Named


Point, Named = define(records.dataclass)
Standard, StandardNamed = define(dataclasses.dataclass)
Point.__qualname__, Named.__qualname__ = "Point", "Named"  # so that pickle finds them here


@pytest.mark.parametrize(
    ("given", "named"), [((1,), {}), ((1, 5), {}), ((1,), {"words": ("a",)}), ((), {"y": 4, "x": 1})]
)
def test_values_are_those_of_a_standard_dataclass(given: tuple, named: dict) -> None:
    for own, standard in ((Point, Standard), (Named, StandardNamed)):
        value, other = own(*given, **named), standard(*given, **named)
        assert dataclasses.asdict(value) == dataclasses.asdict(other)
        assert repr(value).partition("(")[2] == repr(other).partition("(")[2]
        assert hash(value) == hash(other)
        assert [item.name for item in dataclasses.fields(value)] == [item.name for item in dataclasses.fields(other)]
        assert value == own(*given, **named) != dataclasses.replace(value, x=99)
        assert value.total == other.total
        assert copy.deepcopy(value) == value == pickle.loads(pickle.dumps(value))
        assert own.__match_args__ == standard.__match_args__
        assert not hasattr(value, "__dict__")


def test_a_value_cannot_be_changed_and_has_no_other_fields() -> None:
    for change in (
        lambda: setattr(Point(1), "x", 2),
        lambda: delattr(Point(1), "x"),
        lambda: setattr(Point(1), "z", 2),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    for wrong in (Point, lambda: Point(1, 2, (), {}, 5), lambda: Point(1, z=1)):
        with pytest.raises(TypeError):
            wrong()


def test_values_of_other_classes_are_not_equal_and_what_is_not_compared_does_not_count() -> None:
    assert Point(1, 3) != Named(1, 3)
    assert Point(1) != Standard(1)
    assert Point(1, memo={"a": 1}) == Point(1)
    assert Point(1).memo is not Point(1).memo


def test_a_default_that_can_change_is_refused() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @records.dataclass(frozen=True, slots=True)
        class Wrong:
            x: list = []  # noqa: RUF012
