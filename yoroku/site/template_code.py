"""Jinja's compiler with shorter code for what pages do most. The outcome is Jinja's own.

Where the shorter code cannot go on (an attribute that is not there) it raises, and the page is rendered once more
with Jinja's code, which then has the last word.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template
from jinja2.runtime import Context, Macro, markup_join
from markupsafe import Markup, escape

# Tests and filters that want to know of an attribute that is not there.
_ASKING = frozenset({"defined", "undefined", "default", "d"})
_PASSED = "jinja_pass_arg"


def _in_python(text: str) -> str:
    return str(escape(text))


_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _in_python)


def written(value: object) -> str:
    """A value as it stands on a page."""
    kind = type(value)
    if kind is str:
        return _escaped(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def joined(parts: tuple[Any, ...]) -> str:
    """Jinja's ``~``."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


class QuickContext(Context):
    """Calls functions without looking three times whether they want the context."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as Jinja has it)
        """Call a function or a macro."""
        kind = type(__obj)
        if kind is Macro:
            args = (__self.eval_ctx, *args)
        else:
            direct = _DIRECT.get(kind)
            if direct is None:
                direct = _DIRECT[kind] = kind is not type and not hasattr(kind.__call__, _PASSED)
            if not direct or (kind is types.FunctionType and hasattr(__obj, _PASSED)):
                return super().call(__obj, *args, **kwargs)
        try:
            return __obj(*args, **kwargs)
        except StopIteration as error:
            raise AttributeError(str(error)) from error  # Jinja's own code makes of it what it makes of it


# Kinds of callables that do not want the context themselves; a function may.
_DIRECT: dict[type, bool] = {}


class QuickCode(CodeGenerator):
    """Writes attributes, output and ``~`` as direct calls."""

    _careful = 0

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """``x.name``."""
        if self._careful:
            super().visit_Getattr(node, frame)
            return
        self.write("getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """``x(…)``. No function of ours asks for the variables of loops, which Jinja passes along."""
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """``x ~ y``."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    @contextmanager
    def _filter_test_common(self, node: nodes.Filter | nodes.Test, frame: Frame, is_filter: bool) -> Iterator[None]:
        asking = node.name in _ASKING
        self._careful += asking
        try:
            with super()._filter_test_common(node, frame, is_filter):
                yield
        finally:
            self._careful -= asking


class QuickEnvironment(Environment):
    """An environment whose templates do not change, with autoescape on."""

    code_generator_class = QuickCode
    context_class = QuickContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = written
        self.joined = joined
        self._ready: dict[str, Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """The template, loaded once."""
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, parent, globals)
        return found
