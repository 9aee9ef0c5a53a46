"""Functions on arrays of text: comparisons are ufuncs; the others are not available yet and say so when called."""

from .._native import equal, greater, greater_equal, less, less_equal, not_equal  # noqa: F401
from ._unavailable import unavailable

_TO_COME = """
add multiply isalpha isdigit isspace isalnum islower isupper istitle isdecimal isnumeric str_len find
rfind index rindex count startswith endswith lstrip rstrip strip replace expandtabs center ljust
rjust zfill partition rpartition slice upper lower swapcase capitalize title mod decode encode
translate""".split()

globals().update({name: unavailable(name, "strings.") for name in _TO_COME})

__all__ = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal", *_TO_COME]
