"""A re-import never loses an editor's word: what is untouched follows the bulletin, what is edited stays."""

from __future__ import annotations

import os
import random

import pytest

from yoroku.briefing.file import load
from yoroku.briefing.merge import conflict_page, merge

BASE = """\
---
title: 潮見湾の観測計画
lang: ja
date: 2024-02-03
event:
  start: 2024-02-03T10:00+09:00
  place: 潮見県庁
  lines: [3]
people:
  - name: 桐原澄江
    role: 知事
    lines: [4]
  - name: 真壁宏
    role: 部長
    lines: [6, 8]
summary:
  - text: 観測ブイを十二基に増やす。
    lines: [4]
review:
  - field: date
    reason: 年が書かれていない
    lines: [3]
provenance:
  bulletin: content/bulletins/x.txt
  sha256: aaaa
---

## 計画の概要 ^L3

桐原知事は、観測ブイを十二基に増やすと述べた。 ^L4

- 港の入り口に四基 ^L5
- 沖合に八基 ^L6

真壁部長は、費用を公表した。 ^L8
"""


def test_untouched_takes_the_new_import() -> None:
    theirs = BASE.replace("十二基", "十三基").replace("aaaa", "bbbb")
    assert merge(BASE, BASE, theirs).text == theirs


def test_edited_stays_when_nothing_is_new() -> None:
    ours = BASE.replace("真壁宏", "真壁 宏").replace("費用を", "費用の内訳を")
    assert merge(BASE, ours, BASE).text == ours


def test_edits_and_news_come_together() -> None:
    ours = BASE.replace("role: 部長", "role: 土木部長  # 県の発表による").replace(
        "費用を公表した。 ^L8", "費用の内訳を公表した。 ^L8\n\n編集者の補足。"
    )
    theirs = (
        BASE.replace("十二基", "十三基")
        .replace("^L8", "^L9")
        .replace("lines: [6, 8]", "lines: [6, 9]")
        .replace("aaaa", "bbbb")
        .replace("- 沖合に八基 ^L6\n", "- 沖合に八基 ^L6\n- 河口に一基 ^L7\n")
    )
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == ()
    for piece in (
        "role: 土木部長  # 県の発表による\n    lines: [6, 9]",
        "費用の内訳を公表した。 ^L9\n\n編集者の補足。",
        "- 河口に一基 ^L7",
        "十三基に増やすと述べた。 ^L4",
        "sha256: bbbb",
    ):
        assert piece in merged.text
    load(merged.text.replace("sha256: bbbb", "sha256: bbbb"), path="x.md")


def test_both_changed_keeps_the_editors_and_tells() -> None:
    ours = BASE.replace("費用を公表した", "費用の内訳を公表した")
    theirs = BASE.replace("費用を公表した", "費用を公表しなかった")
    merged = merge(BASE, ours, theirs)
    assert "費用の内訳を公表した" in merged.text
    assert "公表しなかった" not in merged.text
    [conflict] = merged.conflicts
    assert (conflict.where, "公表しなかった" in conflict.theirs) == ("body", True)
    page = conflict_page("content/briefings/x.md", merged.conflicts)
    assert "費用の内訳を公表した" in page
    assert "公表しなかった" in page


def test_what_an_editor_deleted_stays_deleted() -> None:
    ours = BASE.replace("真壁部長は、費用を公表した。 ^L8\n", "").replace(
        "  - name: 真壁宏\n    role: 部長\n    lines: [6, 8]\n", ""
    )
    merged = merge(BASE, ours, BASE.replace("^L8", "^L9").replace("[6, 8]", "[6, 9]").replace("aaaa", "bbbb"))
    assert "真壁" not in merged.text
    assert merged.conflicts == ()


def test_a_decision_about_a_review_item_survives() -> None:
    ours = BASE.replace(
        "    reason: 年が書かれていない\n    lines: [3]\n",
        "    reason: 年が書かれていない\n    lines: [3]\n    done: true\n",
    )
    for theirs in (BASE.replace("aaaa", "bbbb"), BASE.replace("- 沖合に八基 ^L6\n", "")):
        merged = merge(BASE, ours, theirs)
        assert "done: true" in merged.text
        assert merged.conflicts == ()


@pytest.mark.parametrize("seed", range(int(os.environ.get("YOROKU_MERGE_EDITS", "1200"))))
def test_random_edits_lose_no_word(seed: int) -> None:
    chance = random.Random(seed)
    lines = BASE.splitlines(keepends=True)
    words: list[str] = []
    ours = list(lines)
    for number in range(chance.randint(1, 6)):
        word = f"編集{seed}語{number}"
        place = chance.randrange(len(ours))
        line = ours[place]
        body = ours[: place + 1].count("---\n") == 2
        action = chance.choice(("append", "insert", "delete", "comment"))
        if action == "append" and body and line.strip() and line != "---\n":
            ours[place] = (
                line.rstrip("\n").split(" ^L")[0] + word + (" ^L" + line.split(" ^L")[1] if " ^L" in line else "\n")
            )
            words.append(word)
        elif action == "append" and ": " in line and "[" not in line and "20" not in line and "sha" not in line:
            ours[place] = line.rstrip("\n") + word + "\n"
            words.append(word)
        elif action == "insert" and body:
            ours.insert(place + 1, f"\n{word}\n\n")
            words.append(word)
        elif action == "comment" and not body and place > 1 and ours[place] != "---\n":
            if any(line.startswith("provenance") for line in ours[: place + 1]):
                continue
            ours.insert(place, f"# {word}\n")
            words.append(word)
        elif (
            action == "delete" and body and line.strip() and line != "---\n" and not any(word in line for word in words)
        ):
            ours[place] = ""
    theirs = list(lines)
    news = []
    for number in range(chance.randint(0, 4)):
        new = f"新着{seed}文{number}。"
        body_lines = [place for place, line in enumerate(theirs) if " ^L" in line]
        place = chance.choice(body_lines)
        action = chance.choice(("change", "add", "remove", "shift"))
        if action == "change":
            theirs[place] = theirs[place].replace(" ^L", new + " ^L", 1)
        elif action == "add":
            theirs.insert(place + 1, f"\n{new} ^L{90 + number}\n\n")
            news.append(new)
        elif action == "remove":
            theirs[place] = ""
        else:
            theirs = [line.replace(" ^L8", " ^L18").replace("[6, 8]", "[6, 18]") for line in theirs]
    mine = "".join(ours)
    merged = merge(BASE, mine, "".join(theirs))
    for word in words:
        told = any(word in conflict.ours for conflict in merged.conflicts if conflict.where == "provenance")
        assert told or merged.text.count(word) == mine.count(word), word
    for new in news:
        # What was new in a block that the editor deleted or changed is told as a conflict.
        told = any(new in conflict.theirs for conflict in merged.conflicts)
        assert new in merged.text or told or new not in "".join(theirs)
    assert merge(BASE, mine, BASE).text == mine
