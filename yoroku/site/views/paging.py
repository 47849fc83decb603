"""Long lists in pages: `/notes/`, `/notes/page/2/` and so on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from yoroku.site.strings import strings
from yoroku.site.views.frame import Address, Crumb

T = TypeVar("T")


def page_url(url: str, number: int) -> str:
    """A page of the list at `url`; the first is the list's own."""
    return url if number == 1 else f"{url}page/{number}/"


def numbered(url: str, total: int, size: int) -> tuple[tuple[int, str], ...]:
    """(number, URL) of every page of a list; an empty list has one."""
    return tuple((number, page_url(url, number)) for number in range(1, max(1, -(-total // size)) + 1))


def addresses(url: str, total: int, size: int, key: str = "") -> tuple[Address, ...]:
    """The addresses of every page of a list."""
    return tuple(Address(at, "", key, number) for number, at in numbered(url, total, size))


def part(values: Sequence[T], number: int, size: int) -> tuple[T, ...]:
    """What stands on page `number`."""
    return tuple(values[(number - 1) * size : number * size])


def titled(title: str, url: str, address: Address) -> tuple[str, tuple[Crumb, ...]]:
    """The title and the last crumbs of one page of the list called `title`."""
    if address.number < 2:
        return title, (Crumb(title),)
    page = strings(address.lang)("page-n", n=address.number)
    return f"{title} {page}", (Crumb(title, url), Crumb(page))
