"""Official texts from their official addresses, and from nowhere else."""

from corpus.fetch.addresses import Policy
from corpus.fetch.check import fault
from corpus.fetch.download import Downloads, Fetched

__all__ = ["Downloads", "Fetched", "Policy", "fault"]
