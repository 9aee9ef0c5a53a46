"""The scalar types as numbers in the sense of the standard library's `numbers`.

Registered on import of the package: a program may ask before it has used anything that is lazy.
"""

import numbers

from . import _native

for _abstract, _name in (
    (numbers.Integral, "integer"),
    (numbers.Complex, "inexact"),
    (numbers.Real, "floating"),
    (numbers.Number, "number"),
):
    _abstract.register(getattr(_native, _name))
