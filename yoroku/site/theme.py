"""The theme: templates and assets of one folder, compiled once, turned into pages.

A template gets ``page`` (a view, nothing else of the site), its frame as ``f``, ``own`` (the ``lang`` attribute of the
page's content, where it differs from the page's), and the words and formats of the page's language: ``t``,
``fmt``, ``asset``, and the filters ``url`` (a link from this page), ``absolute`` and ``t``. Write ``"close" | t`` for
words without values: Jinja works such a constant out once, while it compiles.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from markupsafe import Markup, escape

from yoroku.problems import Place, Problem, Problems, did_you_mean
from yoroku.records import fields, is_dataclass
from yoroku.site import urls
from yoroku.site.assets import Assets, collect
from yoroku.site.dates import Formatter, stamp
from yoroku.site.feeds.head import head
from yoroku.site.here import HERE, Here
from yoroku.site.kept import Kept
from yoroku.site.strings import LANGUAGES, search_words, strings, words_digest
from yoroku.site.tags import tag_url
from yoroku.site.template_code import QuickEnvironment
from yoroku.site.verbs import strength

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_UNDEFINED = re.compile(r"'([\w.]+) object' has no attribute '(\w+)'")
_CJK = re.compile(r"(?P<ko>[\uac00-\ud7a3])|[\u3040-\u30ff\u3400-\u9fff]")
_JAPANESE, _KOREAN = Markup(' lang="ja"'), Markup(' lang="ko"')
_UNKNOWN = re.compile(r"'(\w+)' is undefined")


class Theme:
    """One folder of templates. `tokens` is a site's own style sheet; `cache` keeps compiled templates between runs.

    `named` holds, for the digest of a template's bytes, which templates it names (None: a name that it works out); what
    is found is added.
    """

    def __init__(
        self,
        templates: Path,
        *,
        tokens: bytes = b"",
        cache: BytecodeCache | None = None,
        named: dict[bytes, tuple[str | None, ...]] | None = None,
    ) -> None:
        self._folder = templates
        self._assets = collect(templates / "assets", tokens=tokens)
        self._references: dict[str, tuple[str, ...]] = {}
        self._named = {} if named is None else named
        self._cache = cache
        self._environments = {lang: self._environment(lang, QuickEnvironment) for lang in LANGUAGES}
        self._careful: dict[str, Environment] = {}

    @property
    def assets(self) -> Assets:
        """The theme's assets under their hashed names."""
        return self._assets

    def render(self, template: str, view: object, *, page_url: str, lang: str, base_url: str) -> str:
        """The page's HTML. Raises `Problems` with the template's file and line."""
        token = HERE.set(Here(page_url, base_url))
        lang = lang if lang in self._environments else "ja"
        try:
            try:
                return self._environments[lang].get_template(template).render(page=view, **_given(view))
            except (AttributeError, TypeError):
                # Jinja itself knows more ways to find an attribute, and tells better what is wrong.
                HERE.get().asked = None
                return self._by_jinja(lang).get_template(template).render(page=view, **_given(view))
        except TemplateNotFound as error:
            at = Place(f"{self._folder.name}/{template}")
            fix = did_you_mean(str(error.name), self._names())
            raise Problems(Problem(at, "no-template", f"there is no template '{error.name}'", fix)) from None
        except TemplateSyntaxError as error:
            at = Place(f"{self._folder.name}/{error.name or template}", error.lineno)
            raise Problems(Problem(at, "template-syntax", str(error.message), "see docs/templates.md")) from None
        except (TemplateError, TypeError, AttributeError, KeyError) as error:
            raise Problems(self._problem(error, template, view)) from error
        finally:
            HERE.reset(token)

    def referenced(self, template: str) -> frozenset[str]:
        """The template and all it extends, includes or imports; every template when a name is computed."""
        found: set[str] = set()
        queue = [template]
        while queue:
            name = queue.pop()
            if name in found:
                continue
            found.add(name)
            if name not in self._references:
                self._references[name] = self._direct(name)
            queue += self._references[name]
        return frozenset(found)

    def _direct(self, name: str) -> tuple[str, ...]:
        """The templates that one template names itself."""
        path = self._folder / name
        if not path.is_file():
            return ()
        at = f"{self._folder.name}/{name}"
        data = path.read_bytes()
        mark = blake2b(data, digest_size=16).digest()
        try:
            found = self._named.get(mark)
            if found is None:
                found = tuple(find_referenced_templates(self._environments["ja"].parse(data.decode("utf-8"))))
                self._named[mark] = found
        except TemplateSyntaxError as error:
            problem = Problem(Place(at, error.lineno), "template-syntax", str(error.message), "see docs/templates.md")
            raise Problems(problem) from None
        except UnicodeDecodeError:
            raise Problems(Problem(Place(at), "not-utf8", f"{name} is not UTF-8", "save it as UTF-8")) from None
        return tuple(self._names()) if None in found else tuple(other for other in found if other is not None)

    def _names(self) -> Iterator[str]:
        for path in sorted(self._folder.rglob("*.html")):
            yield path.relative_to(self._folder).as_posix()

    def _by_jinja(self, lang: str) -> Environment:
        """The environment that compiles as Jinja does; few sites ever need it."""
        if lang not in self._careful:
            self._careful[lang] = self._environment(lang, Environment)
        return self._careful[lang]

    def _environment(self, lang: str, kind: type[Environment]) -> Environment:
        environment = kind(
            loader=FileSystemLoader(self._folder, encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_OneLanguage(self._cache, lang, kind.__name__) if self._cache is not None else None,
            cache_size=-1,
            extensions=(Kept,),
        )
        environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        environment.globals |= {
            "t": strings(lang),
            "fmt": Formatter(lang),
            "asset": self._asset,
            "has_asset": self._assets.names.__contains__,
            "stamp": stamp,
            "strength": strength,
            "tag_url": tag_url,
            "ui_lang": lang,
            "in_lang": partial(_in_lang, lang),
            "foreign": partial(_foreign, lang),
            "named": Formatter(lang).names if lang == "ja" else partial(_named, lang),
            "machine_head": head,
            "search_words": search_words(lang),
        }
        environment.filters |= {"url": _url_filter, "absolute": _absolute, "raw_html": Markup, "t": strings(lang)}
        return environment

    def _asset(self, name: str) -> str:
        try:
            return HERE.get().link(self._assets.names[name])
        except KeyError:
            what = f"there is no asset '{name}'"
            at = Place(f"{self._folder.name}/assets/{name}")
            raise Problems(Problem(at, "no-asset", what, did_you_mean(name, self._assets.names))) from None

    def _column(self, name: str, line: int | None, message: str) -> int | None:
        """Where in its line the name stands that is not known, if that is certain."""
        found = _UNDEFINED.search(message) or _UNKNOWN.search(message)
        if found is None or line is None:
            return None
        try:
            source = (self._folder / name).read_text(encoding="utf-8").splitlines()[line - 1]
        except (OSError, IndexError):  # it is another file by now
            return None
        places = [
            place.start() for place in re.finditer(rf"\b{re.escape(found.group(found.lastindex or 0))}\b", source)
        ]
        return places[0] + 1 if len(places) == 1 else None

    def _problem(self, error: Exception, template: str, view: object) -> Problem:
        name, line = template, None
        folder = str(self._folder)
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(folder):
                name, line = Path(frame.filename).relative_to(self._folder).as_posix(), frame.lineno
        message = str(error)
        at = Place(f"{self._folder.name}/{name}", line, self._column(name, line, message))
        if missing := _UNDEFINED.search(message):
            kind, attribute = missing.groups()
            owner = _fields(view).get(kind.rsplit(".", 1)[-1], ())
            what = f"{kind.rsplit('.', 1)[-1]} has no '{attribute}'"
            return Problem(
                at, "unknown-field", what, did_you_mean(attribute, owner) if owner else "see docs/templates.md"
            )
        if unknown := _UNKNOWN.search(message):
            known = (
                "page",
                "t",
                "fmt",
                "asset",
                "has_asset",
                "stamp",
                "strength",
                "tag_url",
                "ui_lang",
                "machine_head",
            )
            return Problem(
                at, "unknown-field", f"'{unknown.group(1)}' is not defined", did_you_mean(unknown.group(1), known)
            )
        if isinstance(error, KeyError):
            return Problem(at, "unknown-string", f"there is no string {message}", "see yoroku/site/strings.py")
        return Problem(at, "template-error", message, "see docs/templates.md")


class _OneLanguage(BytecodeCache):
    """Compiled templates of one language: its words are in them, so no other language may use them."""

    def __init__(self, shared: BytecodeCache, lang: str, compiler: str) -> None:
        self._shared = shared
        self._mark = f"{lang}-{words_digest(lang)}-{compiler}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # A path may hold bytes that are no text, where the locale is not UTF-8.
        return self._shared.get_cache_key(f"{self._mark}/{name}", os.fsencode(filename).hex() if filename else None)

    def load_bytecode(self, bucket: Bucket) -> None:
        self._shared.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._shared.dump_bytecode(bucket)


def _given(view: object) -> dict[str, object]:
    """What templates get besides ``page``: its frame as ``f``, and ``own``, the ``lang`` attribute of its content."""
    frame = getattr(view, "frame", None)
    lang = getattr(frame, "content_lang", "")
    return {"f": frame, "own": _in_lang("", lang)}


def _in_lang(interface: str, lang: str) -> str:
    """The attributes of an element whose words are in `lang`, inside a page in the language of the interface."""
    if not lang or lang == interface:
        return ""
    # Where the interface runs the other way, the content says which way it runs itself.
    way = Markup(' dir="rtl"') if lang.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else ""
    return Markup(' lang="{}"{}').format(lang, way)


def _foreign(interface: str, name: str) -> str:
    """The ``lang`` attribute of a name, by its letters: names of an authority file say no language of their own."""
    if interface == "ja" or name.isascii() or not (found := _CJK.search(name)):
        return ""
    return _KOREAN if found["ko"] else _JAPANESE


@lru_cache(maxsize=4096)
def _named(interface: str, names: tuple[str, ...]) -> Markup:
    """A list of names in a sentence of the interface, each with the language of its letters."""
    marked = [
        str(Markup("<span{}>{}</span>").format(way, name) if (way := _foreign(interface, name)) else escape(name))
        for name in names
    ]
    return Markup(Formatter(interface).names(marked))


def _fields(view: object) -> Mapping[str, tuple[str, ...]]:
    """The field names of every kind of value in a view, for suggestions."""
    found: dict[str, tuple[str, ...]] = {}
    queue: list[Any] = [view]
    while queue:
        value = queue.pop()
        if isinstance(value, tuple):
            queue += value[:3]
        elif is_dataclass(value) and not isinstance(value, type) and type(value).__name__ not in found:
            found[type(value).__name__] = tuple(item.name for item in fields(value))
            queue += [getattr(value, item.name) for item in fields(value)]
    return found


# Both look like functions of a constant, which Jinja would work out once, while it compiles the first page.
@pass_context
def _url_filter(_context: Context, target: str) -> str:
    return HERE.get().link(target)


@pass_context
def _absolute(_context: Context, target: str) -> str:
    return urls.absolute(target, HERE.get().base_url)
