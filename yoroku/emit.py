"""Write plain values as YAML that people like to read and that every YAML reader understands alike.

The values are `str`, `Bare` (text known to need no quotes: numbers, booleans, dates), tuples and dicts. `Inline`
marks a tuple that is written on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from yoroku.patterns import late


class Bare(str):
    """Text that is written without quotes."""

    __slots__ = ()


class Inline(tuple[str, ...]):
    """A sequence written on one line: ``[a, b]``."""

    __slots__ = ()


_PLAIN = late(r"[^\W\d_]|[(（「『【〈《“‘〔［０-９〇○●◎■□▽▼△▲◆◇・ー〜0-9]")
_NEEDS_QUOTES = late(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_MEANS_SOMETHING = late(
    r"(?:true|false|yes|no|on|off|null|none|y|n|nan|~)$|[-+]?[.\d][\d_,.:eE+\-xXoObTZ/ ]*$|\.(?:inf|nan)$|0[xob]",
    re.IGNORECASE,
)
_UNSEEN = late("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# Wide commas and brackets mean nothing in YAML; in quotes nobody takes them for what divides a list. A question mark
# inside a word does mean something to some readers.
_INLINE_QUOTES = late(r"[,\[\]{}?、，［【]")


def scalar(text: str, *, inline: bool = False) -> str:
    """`text` as a YAML scalar, in quotes only where it would otherwise be read as something else."""
    if isinstance(text, Bare):
        return str(text)
    if (
        _PLAIN.match(text)
        and not _NEEDS_QUOTES.search(text)
        and not _MEANS_SOMETHING.match(text)
        and not (inline and _INLINE_QUOTES.search(text))
    ):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        code = ord(match.group())
        return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"

    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(escape, quoted)


def document(tree: Mapping[str, object]) -> str:
    """The mapping as YAML lines, ending with a line feed."""
    lines: list[str] = []
    _mapping(tree, 0, lines)
    return "\n".join(lines) + "\n" if lines else ""


def _mapping(tree: Mapping[str, object], indent: int, lines: list[str]) -> None:
    for key, value in tree.items():
        # Keys are the tables' own words. `on` needs no quotes: only YAML 1.1 took it for a truth value.
        _value(f"{' ' * indent}{key}:", value, indent, lines)


def _value(head: str, value: object, indent: int, lines: list[str]) -> None:
    if isinstance(value, str):
        lines.append(f"{head} {scalar(value)}")
    elif isinstance(value, Inline):
        lines.append(f"{head} [{', '.join(scalar(item, inline=True) for item in value)}]")
    elif isinstance(value, Mapping):
        lines.append(head)
        _mapping(value, indent + 2, lines)
    elif isinstance(value, tuple):
        lines.append(head)
        for item in value:
            _item(item, indent + 2, lines)
    else:
        raise TypeError(f"cannot write {type(value).__name__}")


def _item(item: object, indent: int, lines: list[str]) -> None:
    dash = " " * indent + "- "
    if isinstance(item, Mapping):
        inner: list[str] = []
        _mapping(item, indent + 2, inner)
        lines.append(dash + inner[0][indent + 2 :])
        lines.extend(inner[1:])
    elif isinstance(item, str):
        lines.append(dash + scalar(item))
    else:
        raise TypeError(f"cannot write {type(item).__name__} in a list")
