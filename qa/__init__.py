"""From question to cited answer, and its measurement.

from qa import Engine, Settings
engine = Engine.open(Settings.load())
answer = engine.ask("企业老被检查打扰,规划里怎么管?")
"""

from corpus import FajuError
from index import Filters
from qa.engine import Engine
from qa.settings import Settings

__all__ = ["Engine", "FajuError", "Filters", "Settings"]
