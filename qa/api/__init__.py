"""What programs may call: by HTTP and by MCP."""

from qa.api.door import Door
from qa.api.endpoints import add_endpoints
from qa.api.guard import THIS_MACHINE, Guard, Names
from qa.api.line import HEAVY, BusyError, Line, Ticket
from qa.api.live import LiveEngine
from qa.api.mcp_server import serve_http, serve_stdio

__all__ = [
    "HEAVY",
    "THIS_MACHINE",
    "BusyError",
    "Door",
    "Guard",
    "Line",
    "LiveEngine",
    "Names",
    "Ticket",
    "add_endpoints",
    "serve_http",
    "serve_stdio",
]
