"""What a hostile bulletin costs grows with its size: rules that once took its square are held to what they answered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoroku.briefing.model import Person
from yoroku.bulletin.blocks import _is_rule
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.bulletin.people import People

# As it is said; on a line of hyphens alone it takes the square of the line's length.
_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")


@given(st.text("|-: \u3000x", max_size=12))
def test_the_rule_of_a_table_is_told_without_trying_every_place(text: str) -> None:
    assert _is_rule(text.strip()) == bool(_RULE.match(text.strip()))


@pytest.mark.parametrize("unit", ["-", "|-", "- ", "「"])
def test_a_line_of_a_hundred_thousand_signs_is_imported(unit: str) -> None:
    # With the square of its length such a line took most of a minute.
    text = f"会議の開催について\n{unit * (100_000 // len(unit))}\n本文はここにあります。\n"
    made = import_bulletin(text.encode(), name="bulletin.txt", gazetteer=Gazetteer.built_in()).briefing
    assert "本文はここにあります。" in made.body


@given(st.lists(st.sampled_from(["大臣", "防衛大臣", "外務大臣", "市長", "港市長", ""]), max_size=6))
def test_who_holds_an_office_is_asked_of_an_index_and_answered_as_by_all(roles: list[str]) -> None:
    people = People.of([Person(f"人{at}", role) for at, role in enumerate(roles)], (), ())
    for words in ("大臣", "防衛大臣", "市長", "港市長", "臣", "課長"):
        fits = [at for at, role in enumerate(roles) if role and role.endswith(words)]
        assert people.only_in_office(words) == (fits[0] if len(fits) == 1 else None)
