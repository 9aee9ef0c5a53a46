"""Views made by choosing shapes and strides freely."""

from ._stride_tricks_impl import as_strided, sliding_window_view  # noqa: F401

__all__ = ["as_strided", "sliding_window_view"]
