"""Templates are compiled to shorter code and pages share pieces: what comes out must be what Jinja alone makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from yoroku.problems import Problems
from yoroku.problems_ja import in_japanese
from yoroku.site.kept import Kept
from yoroku.site.template_code import QuickEnvironment
from yoroku.site.theme import Theme

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SAFE = Markup("<b>丙</b>")


@dataclass(frozen=True, slots=True)
class Frame:
    root: str = ""
    section: str = ""
    content_lang: str = ""

    def link(self, url: str) -> str:
        return self.root + url


@dataclass(frozen=True, slots=True)
class View:
    frame: Frame = Frame()
    title: str = '<甲> & "乙"'
    safe: Markup = SAFE
    rows: tuple[tuple[str, int], ...] = (("a'", 1), ("b", 2))


def themed(folder: Path, **files: str) -> Theme:
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return Theme(folder)


def shown(theme: Theme, url: str, view: View | None = None, template: str = "x.html") -> str:
    return theme.render(template, view or View(), page_url=url, lang="ja", base_url="https://example.jp/base")


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.title }}|{{ page.safe }}|{{ page.title ~ page.safe }}|{{ page.title ~ 1 }}|{{ 1.5 }}|{{ none }}",
        "{% for name, n in page.rows %}{{ loop.index }}{{ name }}{{ n }}{% if not loop.last %},{% endif %}{% endfor %}",
        "{% macro m(x, y=2) %}<i>{{ x }}{{ y }}{{ caller() if caller is defined else '' }}</i>{% endmacro %}"
        "{{ m(page.title) }}{% call m(page.safe, y='&') %}{{ page.title }}{% endcall %}{{ m(page.title) ~ '<' }}",
        "{% set t %}<{{ page.title }}>{% endset %}{{ t }}{% filter upper %}{{ page.title }}{% endfilter %}",
        "{% if page.other is defined %}a{% else %}b{% endif %}{{ page.other | default('<') }}{{ page['title'] }}",
        "{{ {'title': '<'}.title }}{{ {'k': '<'}.k }}{{ page.title.upper() }}",
        "{{ page.rows | map('first') | join('<') }}{{ cycler('<', '>').next() }}",
        "{% autoescape false %}{{ page.title }}{{ page.title ~ page.safe }}{% endautoescape %}",
        "{{ page.frame.link('/&/') }}{{ page.safe + '<' }}{{ page.safe % () }}{{ '<' if page.rows else '>' }}",
    ],
)
def test_the_shorter_code_writes_what_jinja_writes(source: str, tmp_path: Path) -> None:
    plain = Environment(autoescape=True, undefined=StrictUndefined).from_string(source).render(page=View())
    assert shown(themed(tmp_path, x=source), "/a/") == plain


def test_a_field_that_is_not_there_is_told_as_jinja_tells_it(tmp_path: Path) -> None:
    theme = themed(tmp_path, x="\n{{ page.titel }}")
    with pytest.raises(Problems) as caught:
        shown(theme, "/a/")
    (problem,) = caught.value.items
    assert (problem.code, problem.at.line, problem.fix) == ("unknown-field", 2, "did you mean 'title'?")
    assert problem.at.column == 9


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.titel }}",
        "{{ pag }}",
        "{% include 'y.html' %}",
        "{{ asset('y.css') }}",
        "{% if page %}",
        "{% for x in page.rows %}{% endif %}",
        "{% if page %}{% for x in page.rows %}{% endif %}{% endfor %}",
        "{% nosuch %}",
        "{{ page.title",
        "{{ page title }}",
        "{{ page.title) }}",
        "{{ ? }}",
        "{% %}",
        "{{ }}",
        "{{ page | nosuch }}",
        "{{ 1 if page is nosuch }}",
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    ],
)
def test_mistakes_in_templates_are_told_in_japanese(source: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        shown(themed(tmp_path, x=source), "/a/")
    (problem,) = caught.value.items
    told = in_japanese(problem)
    assert told.what != problem.what, problem.what
    assert told.fix != problem.fix or not problem.fix, problem.fix


def test_a_kept_piece_is_right_on_every_page(tmp_path: Path) -> None:
    piece = "<a href=\"{{ f.link('/a/x/') | url }}\">{{ f.section }}</a><a href=\"{{ '/feed.xml' | url }}\"></a>"
    kept = themed(tmp_path, x="{% kept f.root, f.section %}" + piece + "{% endkept %}", y=piece)
    urls = ("/", "/a/", "/a/x/", "/a/y/", "/a/z/", "/a/x/1/", "/a/x/2/", "/b/x/", "/404.html", "/a/y.html", "/a/x/")
    for view in (View(), View(Frame("", "甲")), View(Frame("/en", "甲"))):
        for url in urls:
            assert shown(kept, url, view) == shown(kept, url, view, "y.html"), url


def test_a_kept_piece_inside_another_one_passes_its_links_on(tmp_path: Path) -> None:
    inner = "{% kept f.root %}<a href=\"{{ '/a/x/' | url }}\"></a>{% endkept %}"
    theme = themed(tmp_path, x="{% kept f.root %}" + inner + "{% endkept %}", y=inner, z="{{ '/a/x/' | url }}")
    for url in ("/a/y/", "/a/x/", "/a/z/", "/a/x/"):
        href = shown(theme, url, template="z.html")
        assert shown(theme, url) == shown(theme, url, template="y.html") == f'<a href="{href}"></a>'


@pytest.mark.parametrize("body", ["{{ page.title }}", "{{ f.section }}", "{{ own }}", "{% include 'y.html' %}"])
def test_a_kept_piece_cannot_use_what_it_does_not_name(body: str, tmp_path: Path) -> None:
    theme = themed(tmp_path, x="\n{% kept f.root %}\n" + body + "{% endkept %}", y="")
    with pytest.raises(Problems) as caught:
        shown(theme, "/a/")
    (problem,) = caught.value.items
    assert (problem.code, problem.at.path, problem.at.line) == ("template-syntax", f"{tmp_path.name}/x.html", 3)


def test_the_themes_own_templates_compile_to_shorter_code() -> None:
    environment = QuickEnvironment(autoescape=True, extensions=(Kept,))
    environment.filters |= {"url": str, "absolute": str, "raw_html": str, "t": str}
    environment.globals |= dict.fromkeys(("t", "asset", "search_words", "fmt", "foreign"), "")
    code = environment.compile((TEMPLATES / "partials/masthead.html").read_text("utf-8"), raw=True)
    assert "environment.getattr" not in code
    assert "escape(" not in code
