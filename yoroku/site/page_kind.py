"""A family of outputs: which addresses there are, what each shows, and how that becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yoroku.records import dataclass
from yoroku.site.reader import SiteReader
from yoroku.site.views.frame import Address


@dataclass(frozen=True, slots=True)
class PageKind:
    """`view` returns a frozen value; `encode` makes its bytes, or `template` draws it, given it as ``page``."""

    name: str
    addresses: Callable[[SiteReader], tuple[Address, ...]]
    view: Callable[[SiteReader, Address], Any]
    template: str = ""
    encode: Callable[[Any], bytes] | None = None
