"""Functions of the frozen global stream that work on sequences."""

from .._native import arange, asarray, random as _compiled


def permutation(x):
    """A shuffled copy of a sequence (along its first axis), or of the integers below `x`."""
    if isinstance(x, int):
        made = arange(x)
        _compiled.shuffle(made)
        return made
    x = asarray(x)
    if x.ndim == 0:
        return permutation(int(x))
    order = arange(x.shape[0])
    _compiled.shuffle(order)
    return x[order]
