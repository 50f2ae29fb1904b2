"""A draft's citations and quotations, judged."""

from qa.check.checker import Checker
from qa.check.finding import Correction, Item, item_record
from qa.check.quotations import find_quotations

__all__ = ["Checker", "Correction", "Item", "find_quotations", "item_record"]
