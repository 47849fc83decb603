"""The preview's own pages: the panel at `/__/`, "building", and "not found". All of them are plain HTML."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterable, Mapping

from yoroku.preview.board import Board, Entry
from yoroku.preview.words import interface, words
from yoroku.problems import Problem, Severity
from yoroku.records import dataclass
from yoroku.speech import Speech

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'"
NAMED = 12
"""Files and pages named in a row of the panel."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the panel says beside the refreshes. `polling` is seconds between looks, 0 when events arrive."""

    base_path: str
    polling: float
    search: str


def panel(board: Board, facts: Facts, *, lang: str) -> bytes:
    """What was made of which save, why, and how long it took; and whether everything is well."""
    say = words(lang)
    entries = tuple(board.history)
    watching = say["watch_polling"].format(seconds=f"{facts.polling:g}") if facts.polling else say["watch_events"]
    rows = "".join(_row(entry, say) for entry in entries)
    head = "".join(f'<th scope="col">{html.escape(say[name])}</th>' for name in ("when", "cause", "made", "took"))
    problems = _problems(entries, say, Speech(interface(lang)).told)
    body = (
        f"<main><h1>{html.escape(say['panel'])}</h1>"
        f'<p><a href="{html.escape(facts.base_path)}">{html.escape(say["site"])}</a></p><dl>'
        f"<dt>{html.escape(say['revision'])}</dt><dd>{board.visible}</dd>"
        f"<dt>{html.escape(say['watching'])}</dt><dd>{html.escape(watching)}</dd>"
        f"<dt>{html.escape(say['search'])}</dt><dd>{html.escape(say[facts.search])}</dd></dl>"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"<h2>{html.escape(say['problems'])}</h2>{problems}</main>"
    )
    return document(body, title=say["panel"], lang=lang)


def building(*, lang: str, done: int, total: int) -> bytes:
    """A calm page for somebody who came before the page did."""
    say = words(lang)
    count = f"<p><small>{say['building_count'].format(done=done, total=total)}</small></p>" if total else ""
    return document(
        f'<main class="calm"><h1>{html.escape(say["building"])}</h1>'
        f"<p>{html.escape(say['building_text'])}</p>{count}</main>",
        title=say["building"],
        lang=lang,
    )


def not_found(*, lang: str, base_path: str) -> bytes:
    """For a site without a 404 page of its own."""
    say = words(lang)
    return document(
        f'<main class="calm"><h1>{html.escape(say["not_found"])}</h1><p>{html.escape(say["not_found_text"])}</p>'
        f'<p><a href="{html.escape(base_path)}">{html.escape(say["site"])}</a></p></main>',
        title=say["not_found"],
        lang=lang,
    )


def failed(overlay: str, *, lang: str) -> bytes:
    """The error page alone, when no page was ever made; without scripts it can be read all the same."""
    title = words(lang)["failed"]
    inside = f'<div class="yoroku-ov" role="alertdialog" aria-labelledby="yoroku-ov-title">{overlay}</div>'
    return document(inside, title=title, lang=lang, sheet="overlay.css")


def document(body: str, *, title: str, lang: str, sheet: str = "plain.css") -> bytes:
    """A page of the preview itself."""
    return (
        f'<!doctype html><html lang="{html.escape(lang)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{html.escape(title)}</title><link rel="stylesheet" href="/__/{sheet}"></head>'
        f"<body>{body}</body></html>"
    ).encode()


def _row(entry: Entry, say: Mapping[str, str]) -> str:
    result = entry.result
    at = time.strftime("%H:%M:%S", time.localtime(entry.at))
    inputs = html.escape(say["all_inputs"]) if entry.inputs is None else _list(map(_code, entry.inputs), say)
    made = [
        f"{_code(item.path)}{f' <small>{html.escape(item.why)}</small>' if item.why else ''}" for item in result.written
    ]
    made += [f"{_code(path)} <small>{html.escape(say['removed'])}</small>" for path in result.removed]
    if result.failed:
        outcome = f'<span class="bad">{html.escape(say["result_failed"])}</span>'
    else:
        outcome = _list(made, say) if made else html.escape(say["nothing"])
    return f"<tr><td>{at}</td><td>{inputs}</td><td>{outcome}</td><td>{result.seconds:.3f} s</td></tr>"


def _list(items: Iterable[str], say: Mapping[str, str]) -> str:
    items = tuple(items)
    more = say["more"].format(count=len(items) - NAMED)
    shown = (*items[:NAMED], html.escape(more)) if len(items) > NAMED else items
    return f"<ul>{''.join(f'<li>{item}</li>' for item in shown)}</ul>"


def _code(text: str) -> str:
    return f"<code>{html.escape(text)}</code>"


def _problems(entries: tuple[Entry, ...], say: Mapping[str, str], told: Callable[[Problem], str]) -> str:
    problems = entries[0].result.problems if entries else ()
    if not problems:
        return f"<p>{html.escape(say['no_problems'])}</p>"
    rows = (
        f"<li{' class=bad' if item.severity is Severity.ERROR else ''}><code>{html.escape(told(item))}</code></li>"
        for item in problems
    )
    return f'<ul class="plain">{"".join(rows)}</ul>'
