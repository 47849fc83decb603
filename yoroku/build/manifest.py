"""What the last build read and made: enough to tell, without loading anything else, that there is nothing to do.

Everything is relative to the project, and contents stand beside times, so the folder `.yoroku/` may be carried to
another machine. Only built-in modules are imported.
"""

from __future__ import annotations

import os
import sys
from array import array

from yoroku.build import inputs, output_check, sealed
from yoroku.build.inputs import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

CACHE = ".yoroku"
MANIFEST = f"{CACHE}/manifest"
UNFINISHED = f"{CACHE}/unfinished"

# Files and folders of a site that a build reads.
TOPS = ("site.yaml", "content", "templates", "static")
_LIBRARIES = ("jinja2", "markupsafe", "markdown_it_py", "mdurl", "pyyaml", "selectolax", "tzdata", "pagefind")

Request = tuple[str, str, bool, bool]  # output folder, base URL, drafts, search
Made = tuple[int, int, bytes]  # modification time in nanoseconds, size in bytes, digest


class Manifest:
    """One build as it was left.

    `until` is the first second at which a page would differ by the clock alone, or 0; `tables` the files of the memory
    that belongs to it; `notices` the warnings it gave, each as (path, line, column, code, what, fix, severity).
    """

    __slots__ = (
        "code",
        "inputs",
        "made",
        "notices",
        "platform",
        "read_ns",
        "request",
        "tables",
        "until",
        "withheld",
    )

    def __init__(
        self,
        request: Request,
        platform: tuple[str, ...],
        code: Record,
        inputs: Record,
        made: Outputs,
        *,
        read_ns: int,
        until: int = 0,
        tables: tuple[str, ...] = (),
        notices: tuple[Any, ...] = (),
        withheld: tuple[str, ...] = (),
    ) -> None:
        self.request = request
        self.platform = platform
        self.code = code
        self.inputs = inputs
        self.made = made
        self.read_ns = read_ns
        self.until = until
        self.tables = tables
        self.notices = notices
        self.withheld = withheld


class Outputs:
    """The files of the output folder, in columns: fifty thousand of them load in a few milliseconds."""

    __slots__ = ("digests", "paths", "sizes", "times")

    def __init__(self, paths: list[str], times: array[int], sizes: array[int], digests: bytes) -> None:
        self.paths = paths
        self.times = times
        self.sizes = sizes
        self.digests = digests

    @classmethod
    def of(cls, made: Mapping[str, Made]) -> Outputs:
        """The columns of a table of files."""
        paths = sorted(made)
        rows = [made[path] for path in paths]
        times, sizes = array("q", [row[0] for row in rows]), array("q", [row[1] for row in rows])
        return cls(paths, times, sizes, b"".join([row[2] for row in rows]))

    def items(self) -> Iterator[tuple[str, Made]]:
        """Each path with its row."""
        step = inputs.DIGEST_SIZE
        digests = [self.digests[at : at + step] for at in range(0, len(self.digests), step)]
        return zip(self.paths, zip(self.times, self.sizes, digests, strict=True), strict=True)

    def __len__(self) -> int:
        return len(self.paths)


def load(root: str) -> Manifest | None:
    """The manifest of the last build, or None when there is none that this version can believe."""
    value: Any = sealed.read(os.path.join(root, MANIFEST))
    if value is None:
        return None
    request, platform, code, read, (paths, times, sizes, digests), *rest = value
    read_ns, until, tables, notices, withheld = rest
    columns = Outputs(paths.split("\0") if paths else [], array("q", times), array("q", sizes), digests)
    return Manifest(
        request,
        platform,
        code,
        read,
        columns,
        read_ns=read_ns,
        until=until,
        tables=tables,
        notices=notices,
        withheld=withheld,
    )


def save(root: str, manifest: Manifest) -> None:
    """Write the manifest, last of all a build writes. Raises OSError."""
    made = manifest.made
    columns = ("\0".join(made.paths), made.times.tobytes(), made.sizes.tobytes(), made.digests)
    value = (
        manifest.request,
        manifest.platform,
        manifest.code,
        manifest.inputs,
        columns,
        manifest.read_ns,
        manifest.until,
        manifest.tables,
        manifest.notices,
        manifest.withheld,
    )
    sealed.write(os.path.join(root, MANIFEST), value)


def platform() -> tuple[str, ...]:
    """What of this machine takes part in every page: Python and the libraries, by their versions."""
    names = []
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")):
            try:
                listed = os.listdir(folder)
            except OSError:
                continue
            names += [name for name in listed if name.endswith(".dist-info") and name.lower().startswith(_LIBRARIES)]
    return (sys.version, sys.platform, *sorted(names))


def code_root() -> str:
    """The folder of this program."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def code_listing() -> dict[str, inputs.Stat]:
    """The program's own files: a change to them is a change of every page."""
    return inputs.walk(code_root(), "")


class Look:
    """What was seen while asking whether there is anything to do, for the build that follows at once.

    `current` is the manifest when there is nothing to do. `stamp` is the manifest's stat; `code` and `listing` are
    those of the program's and the site's files, None where the answer was clear before; `read_ns` is before all.
    """

    __slots__ = ("code", "current", "found", "listing", "read_ns", "request", "stamp")

    def __init__(self, root: str, request: Request) -> None:
        self.request = request
        self.read_ns = inputs.now_ns()
        self.stamp = stamp(root)
        self.found = load(root)
        self.code: dict[str, inputs.Stat] | None = None
        self.listing: dict[str, inputs.Stat] | None = None
        self.current = self._current(root, request)

    def _current(self, root: str, request: Request) -> Manifest | None:
        found = self.found
        if found is None or found.request != request or os.path.lexists(os.path.join(root, UNFINISHED)):
            return None
        if found.until and inputs.now_ns() >= found.until * 1_000_000_000:
            return None
        self.code = code_listing()
        if found.platform != platform() or not inputs.same(code_root(), self.code, found.code, found.read_ns):
            return None
        self.listing = inputs.listing(root, TOPS)
        if not inputs.same(root, self.listing, found.inputs, found.read_ns):
            return None
        made = found.made
        target = os.path.join(root, request[0])
        return found if output_check.all_intact(target, made.paths, made.times, made.sizes) else None


def stamp(root: str) -> inputs.Stat | None:
    """By what one manifest can be told from the next."""
    return inputs.stat_of(os.path.join(root, MANIFEST))
