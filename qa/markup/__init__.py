"""HTML out of templates, for the page and for the report of an evaluation."""

from qa.markup.environment import Html, render

__all__ = ["Html", "render"]
