"""A draft's citations and quotations, judged."""

from qa.check.checker import Checker
from qa.check.finding import FAULTS, VERDICTS, Item, item_record

__all__ = ["FAULTS", "VERDICTS", "Checker", "Item", "item_record"]
