"""Official texts from their official addresses, and from nowhere else."""

from corpus.fetch.addresses import Policy
from corpus.fetch.check import fault
from corpus.fetch.download import Downloads, Fetched
from corpus.fetch.law_cn import by_law_cn, has_law_cn

__all__ = ["Downloads", "Fetched", "Policy", "by_law_cn", "fault", "has_law_cn"]
