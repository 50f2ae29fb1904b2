"""The web page, one file a tab."""

from qa.page.live import LiveEngine
from qa.page.server import build_app, serve

__all__ = ["LiveEngine", "build_app", "serve"]
