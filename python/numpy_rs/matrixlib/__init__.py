"""The matrix class: two-dimensional arrays whose product is the matrix product."""

from .defmatrix import *  # noqa: F403
from .defmatrix import __all__  # noqa: F401
