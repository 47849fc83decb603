"""Many bulletins at once: the same briefings whatever the number of processes and the order; lines of a host."""

from __future__ import annotations

from yoroku.build.importing_many import Bulletin, import_many
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.recurring import recurring_lines

KNOWN = Gazetteer.built_in()


def page(number: int) -> bytes:
    return (
        f"見本市の催し その{number}\nhttps://www.mihon.example/{number}.html\n令和6年5月{number + 1}日\n"
        f"見本市は、{number}回目の催しを5月{number + 10}日に中央広場で開きます。\n見本市の便り編集部\n"
    ).encode()


def test_processes_and_order_change_nothing() -> None:
    bulletins = [Bulletin(f"{at}.txt", page(at)) for at in range(12)]
    alone = import_many(bulletins, KNOWN, jobs=1)
    assert import_many(bulletins, KNOWN, jobs=2) == alone
    assert import_many(bulletins[::-1], KNOWN, jobs=2) == alone[::-1]
    assert [answer.briefing.title for answer in alone if answer.briefing] == [
        f"見本市の催し その{at}" for at in range(12)
    ]


def test_a_failed_bulletin_stops_no_other() -> None:
    answers = import_many([Bulletin("a.txt", b""), Bulletin("b.txt", page(1))], KNOWN)
    assert answers[0].briefing is None
    assert answers[0].problems
    assert answers[1].briefing is not None


def test_lines_of_three_pages_of_a_host_are_the_hosts() -> None:
    lines = recurring_lines([page(1), page(2), page(3), b"no host\n\xe8\xa6\x8b\xe6\x9c\xac\n"])
    assert lines["mihon.example"] == {"見本市の便り編集部"}
    assert recurring_lines([page(1), page(2)])["mihon.example"] == frozenset()
