"""Record arrays: structured arrays whose fields are attributes."""

from .._core import records as _impl
from .._core.records import *  # noqa: F403

__all__ = list(_impl.__all__)
