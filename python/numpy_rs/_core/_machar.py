"""NumPy's old module for measuring floating-point formats; nothing of it remains."""

__all__ = []
