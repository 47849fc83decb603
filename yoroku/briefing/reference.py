"""The front matter contract as documents: JSON Schemas for editors and the table of `docs/front-matter.md`."""

from __future__ import annotations

import json

from yoroku.briefing import schema
from yoroku.briefing.addresses import Aliases, Slug
from yoroku.briefing.authority import ORGANISATIONS, PEOPLE, PLACES
from yoroku.briefing.labels import Language, Tags
from yoroku.briefing.times import Zone
from yoroku.config import SETTINGS
from yoroku.fields import Choice, Field, Kind, Part, Record, Records, Text, Texts, Truth, When, Whole

RECORDS: dict[str, tuple[str, Record]] = {
    "briefing": ("Front matter of a briefing", schema.BRIEFING),
    "note": ("Front matter of a note", schema.NOTE),
    "page": ("Front matter of a standing page", schema.PAGE),
    "site": ("Settings of a site (site.yaml)", SETTINGS),
}
_LISTS: dict[str, tuple[str, Record]] = {
    "people": ("content/entities/people.yaml", PEOPLE),
    "organisations": ("content/entities/organisations.yaml", ORGANISATIONS),
    "places": ("content/entities/places.yaml", PLACES),
}
_INTRODUCTION = """\
# Front matter

Every key that a file may have, made from the tables in `yoroku/briefing/schema.py`, `authority.py` and
`yoroku/config.py`. The JSON Schemas in `schema/` say the same to editors. An unknown key is an error with a suggestion.

Dates are `2023-01-12`, or `2023-01-12T16:00-05:00`; a time without an offset is in the site's zone. `lines` names
lines of the bulletin, from 1: `[6, 9-10]`. Values stay the text that is written: `no` and `16:30` need no quotes.

The body of an imported briefing is the bulletin's own text. Each block ends with a line mark such as `^L12`, the lines
it came from; text without a mark is an editor's own. What is derived stands in the front matter.
"""


def json_schemas() -> dict[str, str]:
    """File name → JSON Schema, for `schema/`."""
    found = {
        f"{name}.schema.json": schema.json_schema(record, title=title) for name, (title, record) in RECORDS.items()
    }
    for name, (title, record) in _LISTS.items():
        shape = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        found[f"{name}.schema.json"] = {**shape, "type": "array", "items": record.schema()}
    return {name: json.dumps(value, ensure_ascii=False, indent=1) + "\n" for name, value in found.items()}


def front_matter_page() -> str:
    """The text of `docs/front-matter.md`."""
    parts = [_INTRODUCTION]
    for title, record in (*RECORDS.values(), *_LISTS.values()):
        parts.append(f"\n## {title}\n\n| key | value | meaning | 意味 |\n|---|---|---|---|\n")
        parts += _rows(record, "")
    return "".join(parts)


def _rows(record: Record, prefix: str) -> list[str]:
    rows = []
    for field in record.fields:
        key = f"{prefix}{field.key}"
        required = " (required)" if field.required and not prefix else ""
        rows.append(f"| `{key}`{required} | {_value(field.kind)} | {field.doc} | {field.doc_ja} |\n")
        inner = _inner(field)
        if inner is not None:
            rows += _rows(inner, f"{key}.")
    return rows


def _inner(field: Field) -> Record | None:
    kind = field.kind
    return kind.record if isinstance(kind, Records | Part) else None


def _value(kind: Kind) -> str:
    match kind:
        case Choice():
            return " \\| ".join(f"`{word}`" for word in kind.words)
        case Truth():
            return "`true` or `false`"
        case Records():
            short = ", or plain text" if kind.record.shorthand else ""
            return f"list of mappings{short}"
        case Part():
            return "mapping"
        case _:
            return {
                Text: "text",
                Zone: "time zone",
                Slug: "text",
                Language: "text",
                Texts: "list of texts",
                Aliases: "list of texts",
                Tags: "list of texts",
                When: "date or time",
                Whole: "whole number",
            }.get(type(kind), "lines, `[6, 9-10]`")
