"""Functions on structured arrays."""

from .._core.overrides import array_function_dispatch
from .._native import dtype

__all__ = ["repack_fields"]


def _repack_fields_dispatcher(a, align=None, recurse=None):
    return (a,)


@array_function_dispatch(_repack_fields_dispatcher)
def repack_fields(a, align=False, recurse=False):
    """The dtype (or the array in that dtype) with its fields packed one behind the other.

    With `align`, fields stand where C would put them; with `recurse`, nested structs are packed too.
    """
    if not isinstance(a, dtype):
        return a.astype(repack_fields(a.dtype, align=align, recurse=recurse), copy=False)
    if a.names is None:
        return a
    fields = []
    for name in a.names:
        inner, _, *title = a.fields[name]
        if recurse:
            inner = repack_fields(inner, align=align, recurse=True)
        fields.append(((title[0], name) if title else name, inner))
    return dtype((a.type, dtype(fields, align=align)))


def __getattr__(name):
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: it is not available yet")
