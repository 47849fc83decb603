"""Yoroku (要録): bulletins in, structured and sourced briefings out, a static site that anyone can search."""

__version__ = "0.1.0"
