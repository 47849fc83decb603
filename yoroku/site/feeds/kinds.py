"""The outputs for machines, as page kinds."""

from __future__ import annotations

from yoroku.site.page_kind import PageKind

MACHINE_KINDS: tuple[PageKind, ...] = ()
