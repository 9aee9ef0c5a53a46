"""Facts about the installation."""

from .._core._unavailable import get_include, info, show_runtime

__all__ = ["get_include", "info", "show_runtime"]
