"""YAML with places and without surprises: every scalar stays the text that the writer wrote.

PyYAML's own resolver turns ``no`` into false, ``16:30`` into 990 and ``0113`` into 75; here nothing is resolved, the
reader of a field decides what its text means. Anchors, aliases, tags and repeated keys are refused, and size and depth
are bounded, so a hostile file cannot grow in memory.
"""

from __future__ import annotations

import re

from yoroku import quick_yaml
from yoroku.patterns import late
from yoroku.problems import Place, Problem, Problems
from yoroku.yaml_nodes import Node, Table

MAX_CHARACTERS = 2_000_000
MAX_BRACKETS = 200
_UNPRINTABLE = late("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(text: str, *, path: str, first_line: int = 1, problems: list[Problem] | None = None) -> Node:
    """Read one YAML document. `first_line` is the file's line on which `text` begins.

    Keys that stand twice are added to `problems` where it is given, so that the rest can be checked as well.

    Raises `Problems` with the place for anything that is not plain, bounded YAML.
    """
    if len(text) > MAX_CHARACTERS:
        raise Problems(
            Problem(
                Place(path), "yaml-too-large", f"the YAML has {len(text)} characters", f"keep it under {MAX_CHARACTERS}"
            )
        )
    quick = quick_yaml.read(text, first_line=first_line)
    if quick is not None:
        return quick
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start())
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1)
        raise Problems(
            Problem(
                Place(path, first_line + line, column + 1),
                "yaml-character",
                f"the character U+{ord(bad.group()):04X} is not allowed in YAML",
                'remove it, or write it as "\\u…" in double quotes',
            )
        )
    if _bracket_depth(text) > MAX_BRACKETS:
        raise Problems(Problem(Place(path, first_line), "yaml-too-deep", "the YAML is nested too deeply", "flatten it"))
    # Not at the top: most files need no PyYAML, and an edit should not wait until it is loaded.
    from yoroku import full_yaml  # noqa: PLC0415

    found, repeated = full_yaml.read(text, path=path, first_line=first_line)
    if problems is not None:
        problems += repeated
    elif repeated:
        raise Problems(*repeated)
    return Table((), first_line, 1) if found is None else found


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
