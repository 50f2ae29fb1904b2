"""What programs may call: by HTTP and by MCP."""

from qa.api.endpoints import add_endpoints
from qa.api.guard import THIS_MACHINE, Guard, Names
from qa.api.live import LiveEngine
from qa.api.mcp_server import serve_http, serve_stdio

__all__ = [
    "THIS_MACHINE",
    "Guard",
    "LiveEngine",
    "Names",
    "add_endpoints",
    "serve_http",
    "serve_stdio",
]
