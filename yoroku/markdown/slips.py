"""What looks like Markdown and is none: wide marks, missing spaces, links cut short. It is shown as it is written.

For texts that editors write. What was imported says what its source said, and may look like anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoroku.problems import Place, Problem, Severity

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_WIDE = "[ぁ-ヿ一-鿿]"
_APART = "put an empty line between them"
_CALLOUT = "begin the quote with '> [!note] title'"

# (pattern, what, fix), the first that fits a line is told; `\g<0>` is what was found.
_TABLE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, fix)
    for pattern, what, fix in (
        (r"^[ \t>]*[＃]{1,6}[ \u3000]", "the wide sign '＃' begins no heading", "write '## ' in ASCII"),
        (r"^#{1,6}(?=[^\s#!])", "there is no space after '{0}', so this is no heading", "write '{0} ' before it"),
        (r"^#{1,6}(?=\u3000)", "a wide space after '{0}' begins no heading", "write an ordinary space"),
        (r"^>\s*(?:［!|\[！|［！)[^\]］]*[\]］]", "'{0}' begins no callout", _CALLOUT),
        (r"^>\s*\[!\w+(?=\s|$)", "'{0}' is not closed, so this is no callout", _CALLOUT),
        (r"^>\s*\[!\w+\][+-]?(?=[^\s+-])", "there is no space after '{0}', so this is no callout", _CALLOUT),
        (r"^(?::::|!!!)\s*\w+", "'{0}' begins no callout here", _CALLOUT),
        (r"^\[\^[^\]\s]+\]：", "'{0}' has a wide colon, so it defines no footnote", "write ':' in ASCII"),
        (
            r"[｛{][^｛{}｝|｜\n]+(?:｜[^{}｝\n]+[｝}]|\|[^{}\n]+｝)",
            "'{0}' is no ruby",
            "write {{漢字|かんじ}} in ASCII",
        ),
        (r"｛[^｛{}｝|\n]+\|[^{}｝\n]+[｝}]", "'{0}' is no ruby", "write {{漢字|かんじ}} in ASCII"),
        (r"［［[^［］\n]+］］", "'{0}' is no link", "write [[…]] in ASCII"),
        (r"(?<!\[)\[\[[^\[\]\n]+\]?(?!\])$", "'{0}' is not closed, so it is no link", "end it with ']]'"),
        (r"!?\[[^\[\]\n]*\]（[^（）\n]*）", "'{0}' is no link", "write (…) in ASCII"),
        (r"!?\[[^\[\]\n]+\] \((?:https?:|/|\.)[^()\n]*\)", "'{0}' is no link", "remove the space before '('"),
        (r"!?\[[^\[\]\n]*\]\((?!<)[^()\s\"']+ [^()\"'\n]*\)", "'{0}' is no link", "write the path as <…>"),
        (
            r"!?\[[^\[\]\n]*\]\((?:file:|[A-Za-z]:[\\/])[^()\n]*\)",
            "'{0}' leads to a file of one machine",
            "put the file below content/ and write its path from here",
        ),
        (
            r"!?\[[^\[\]\n]*\]\((?:javascript|data|vbscript):[^\n]*\)",
            "'{0}' leads to no address that is allowed here",
            "link to a page",
        ),
        (r"＊＊[^＊\n]+＊＊", "'{0}' is not emphasised", "write **…** in ASCII"),
        (r"(?<![=A-Za-z0-9_])==(?=[^\s=])[^=\n]*[^\s=]==(?!=)", "'{0}' is not marked here", "write **…**"),
        (r"<!--.*?(?:-->|$)", "'{0}' is shown to readers", "remove the comment"),
        (r"%%[^%\n]+%%", "'{0}' is shown to readers", "remove the comment"),
        (
            r"(?<!\]\()</?(?:a|b|i|u|s|p|br|hr|div|span|img|sub|sup|small|font|center|ruby|rt|rb|rp|table|tr|td|th|ul|ol|li"
            r"|strong|em|mark|details|summary|iframe|video|audio|script|style|h[1-6])(?:\s[^<>\n]*)?/?>",
            "'{0}' is HTML, which is shown as it is written",
            "write it in Markdown",
        ),
        (r"^(?:[０-９]+[．.)）]|[0-9]{1,3}[．）])[ \u3000]?(?=\S)", "'{0}' begins no list", "write '1. '"),
        (r"^[ \t>]*[-*+] \[(?:|\u3000|[ｘＸ✓✔])\](?=[ \u3000])", "'{0}' begins no task", "write '- [ ] ' or '- [x] '"),
        (
            r"(?<!\\)\^\[[^\[\]\n]+\](?!\()",
            "'{0}' is no footnote here",
            "write [^1] here, and '[^1]: …' on a line below",
        ),
        (
            rf"(?<=[^\W_])__[^_\s]*{_WIDE}[^_\s]*__(?!_)|"
            rf"(?<!\w)__[^_\s]*{_WIDE}[^_\s]*__(?=[^\W_])",
            "'{0}' is not emphasised",
            "write **…**",
        ),
    )
)
_BULLET = re.compile(r"[ \t]*(?:[・●○◆■]|[-*+](?=[^\s\-*+0-9]))")
_STARS = re.compile(r"(?<![\\*])\*{2,3}(?!\*)(?<![A-Za-z0-9]\*\*(?=[A-Za-z0-9]))")
_RULER = re.compile(r"[ \t]*(?:\*[ \t]*){3,}$")
_BEGINS_BLOCK = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)]|#{1,6}|\|)(?=[ \t])")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
# What needs a '|' of its own, which a cell of a table takes for its end.
_SPLIT = re.compile(r"\[\[[^\[\]|\n]+(?<!\\)\|[^\[\]\n]*\]\]|\{[^{}|\n]+(?<!\\)\|[^{}\n]+\}")


def slips(body: str, *, path: str, first_line: int = 1) -> Iterator[Problem]:
    """A warning for each such place of a body, each kind once a line.

    `first_line` is the line of the file where the body begins.
    """
    lines, unclosed = _prose(body.split("\n"))
    if unclosed:
        what = "the code that begins here is never closed: all that follows is code"
        yield _told(path, first_line + unclosed - 1, 1, what, "end it with a line of the same marks")
    strays = dict(_strays(lines))
    tables = dict(_of_tables(lines))
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        below = lines[number + 1] if number + 1 < len(lines) else ""
        told = tables.get(number) or _of_two_lines(above, line, below)
        seen: list[tuple[int, int]] = []
        for pattern, what, fix in _TABLE:
            found = pattern.search(line)
            # One place is told once: by the first pattern that knows it.
            if found is not None and all(found.end() <= start or end <= found.start() for start, end in seen):
                seen.append(found.span())
                shown = found[0].strip() if len(found[0]) <= 40 else found[0][:40].strip() + "…"
                yield _told(path, first_line + number, found.start() + 1, what.format(shown), fix.format(shown))
        if told and not seen:
            yield _told(path, first_line + number, *told)
        elif number in strays and all(not start <= strays[number] < end for start, end in seen):
            what = "'**' neither begins nor ends emphasis here, and is shown"
            fix = "write '**' at both ends, without a space inside"
            yield _told(path, first_line + number, strays[number] + 1, what, fix)


def _of_two_lines(above: str, line: str, below: str) -> tuple[int, str, str] | None:
    """Slips that need the lines around: a list of bullets that are none, a table without its second line."""
    if _BULLET.match(line) and _BULLET.match(below) and not _BULLET.match(above) and "**" not in line:
        return 1, f"lines that begin with '{line.strip()[0]}' become one paragraph", "begin each with '- '"
    if _ROW.match(line) and _ROW.match(below) and not _ROW.match(above) and not _DELIMITER.match(below):
        return 1, "the table lacks the line below its head, so it is no table", "add a line such as |---|---|"
    if _ROW.match(line) and _DELIMITER.match(below) and "|" in below and not _ROW.match(above):
        cells, marks = _cells(line), _cells(below)
        if cells != marks:
            return 1, f"the table's head has {cells} cells and the line below it {marks}", "give both as many"
    if line.startswith("\u3000") and below.startswith("\u3000") and not above.startswith("\u3000"):
        return 1, "this line and the next, which begin with a wide space, become one paragraph", _APART
    return None


def _cells(row: str) -> int:
    return len(row.strip().strip("|").replace("\\|", "").split("|"))


def _of_tables(lines: Sequence[str]) -> Iterator[tuple[int, tuple[int, str, str]]]:
    """By line from 0: column, what and fix of what a table does not show, or shows that is no part of it."""
    width = 0
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        begins = not width and _ROW.match(line) and "|" in below and _DELIMITER.match(below)
        if begins:
            width = _cells(line)
        elif not line.strip() or (width and "|" not in line and (_BEGINS_BLOCK.match(line) or line[0] in ">^")):
            width = 0
        if not width:
            continue
        if found := _SPLIT.search(line):
            yield number, (found.start() + 1, f"the cell ends at the '|' of '{found[0]}'", "write '\\|' there")
        elif "|" not in line:
            yield number, (1, "this line becomes a row of the table above", "put an empty line before it")
            width = 0
        elif (cells := _cells(line)) > width and not begins:
            what = f"the row has {cells} cells and the table's head {width}: what is over is not shown"
            yield number, (1, what, "give it as many, and write '\\|' for a '|' in a cell")


def _strays(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(line, column) from 0 of each '**' that has no other in its paragraph; the first of a line stands last."""
    opened: tuple[int, int] | None = None
    found: list[tuple[int, int]] = []
    for number, line in enumerate([*lines, ""]):
        if opened and (not line.strip(" \t>") or _BEGINS_BLOCK.match(line)):
            found.append(opened)
            opened = None
        for run in () if _RULER.match(line) else _STARS.finditer(line):
            before, after = line[run.start() - 1 : run.start()], line[run.end() : run.end() + 1]
            here = (number, run.start())
            if opened and before.strip():
                opened = None
            elif after.strip():
                found += [opened] if opened else []
                opened = here
            else:
                found.append(here)
    return reversed(found)


def _prose(lines: list[str]) -> tuple[list[str], int]:
    """The lines with code blotted out, and the number of a fence that is never closed, or 0."""
    prose: list[str] = []
    fence, begun = "", 0
    for number, line in enumerate(lines, 1):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
            prose.append("")
        elif found and not ("`" in found[2] and found[1][0] == "`"):
            fence, begun = found[1], number
            prose.append("")
        elif line.startswith(("    ", "\t")):
            prose.append("")
        else:
            prose.append(_CODE.sub(lambda code: "x" * len(code[0]), line) if "`" in line else line)
    return prose, begun if fence else 0


def _told(path: str, line: int, column: int, what: str, fix: str) -> Problem:
    return Problem(Place(path, line, column), "not-markdown", what, fix, Severity.WARNING)
