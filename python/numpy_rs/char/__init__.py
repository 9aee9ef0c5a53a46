"""Text functions under their old home."""

from .._core import defchararray as _impl
from .._core.defchararray import *  # noqa: F403

__all__ = list(_impl.__all__)


def __getattr__(name):
    return getattr(_impl, name)
