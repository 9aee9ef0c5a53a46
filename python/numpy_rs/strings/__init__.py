"""Vectorised functions on arrays of text."""

from .._core import strings as _impl
from .._core.strings import *  # noqa: F403

__all__ = list(_impl.__all__)


def __dir__():
    return __all__
