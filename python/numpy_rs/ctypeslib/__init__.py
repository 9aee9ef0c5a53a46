"""Arrays and ctypes: loading libraries, declaring array arguments, sharing memory both ways."""

from . import _ctypeslib
from ._ctypeslib import *

__all__ = _ctypeslib.__all__
