"""Interchangeable vector backends behind one contract (``base``)."""

__all__: list[str] = []
