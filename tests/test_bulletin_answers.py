"""The blind bulletins' answers agree with their texts: an answer that is not in the text would measure nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
SETS = {"bulletins": 36, "bulletins-2": 32, "bulletins-3": 30, "bulletins-4": 36, "bulletins-5": 26, "bulletins-7": 20}
GOLDS = [path for name in SETS for path in sorted((CASES / name).glob("*.gold.json"))]
# What the development corpus' scorer reads without asking whether it is there.
KEYS = frozenset(
    re.findall(
        r"\w+",
        """id type language url title title_alt published event_dates duration_minutes sources people organisations
        places headings bullets quotations boilerplate boilerplate_contains must_survive references features
        body_ranges""",
    )
)
MARK = re.compile(r"^(?:#+|[-+*]|\d+[.)]|>|[・●○■◆▼▽□▪•※])\s*")


def folded(text: str) -> str:
    """The scorer compares after NFKC and without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def unmarked(line: str) -> str:
    for _ in range(3):
        line = MARK.sub("", line.strip())
    return folded(line)


def decoded(data: bytes, encoding: str) -> str:
    codec = {"utf-8+bom": "utf-8-sig"}.get(encoding, encoding)
    return data.decode(codec).replace("\r\n", "\n").replace("\r", "\n")


def claims(gold: dict[str, Any]) -> list[str]:
    """Every string of an answer that must be readable in the text."""
    found = [gold["title"] or "", *gold["title_alt"], *gold["must_survive"], *gold["organisations"]]
    found += gold["places"] or []
    found += [person["name"] for person in gold["people"] or []]
    found += [text for quote in gold["quotations"] or [] for text in (quote["start"], quote["text"])]
    found += [event["text"] for event in gold["event_dates"] or []]
    found += [source[key] or "" for source in gold["sources"] or [] for key in ("publisher", "title")]
    found += [*gold.get("must_contain", []), *(turn["start"] for turn in gold.get("turns", []))]
    return found


@pytest.mark.parametrize(("name", "least"), SETS.items())
def test_there_are_enough_cases_and_each_is_complete(name: str, least: int) -> None:
    golds = {path.name.removesuffix(".gold.json") for path in (CASES / name).glob("*.gold.json")}
    assert len(golds) >= least
    index = (CASES / name / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split("\t")[0] for line in index} == golds


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: str(path.name).removesuffix(".gold.json"))
def test_answers_stand_in_the_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert gold.keys() >= KEYS
    text = (path.parent / f"{gold['id']}.txt").read_text(encoding="utf-8")
    raw = decoded((path.parent / gold["input"]).read_bytes(), gold["encoding"])
    if gold["format"] == "txt":
        assert raw == text
    whole, lines = folded(text), text.split("\n")
    assert [claim for claim in claims(gold) if folded(claim) not in whole] == []
    starts = [unmarked(line) for line in lines]
    assert [h for h in gold["headings"] or [] if not any(s.startswith(unmarked(h)) for s in starts)] == []
    assert {folded(line) for line in gold["boilerplate"]} <= {folded(line) for line in lines}
    # Addresses and hidden markup stand in the saved page, not in what its reader sees.
    for part in (*gold["references"], *gold["boilerplate_contains"]):
        assert folded(part) in whole or part in raw
    for first, last in gold["body_ranges"] or ():
        assert 1 <= first <= last <= len(lines)
