"""The web page, one file a tab."""

from qa.page.server import build_app, serve

__all__ = ["build_app", "serve"]
