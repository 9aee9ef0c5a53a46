"""Products of chains of matrices in the cheapest order."""

from .._core import numeric as np
from .._core.overrides import overridable
from ._results import LinAlgError

_HOME = "numpy.linalg"


@overridable("*arrays", "out", module=_HOME)
def multi_dot(arrays, *, out=None):
    """The product of a chain of matrices, in the order with the fewest multiplications."""
    count = len(arrays)
    if count < 2:
        raise ValueError("Expecting at least two arrays.")
    if count == 2:
        return np.dot(arrays[0], arrays[1], out=out)
    arrays = [np.asanyarray(a) for a in arrays]
    first_ndim, last_ndim = arrays[0].ndim, arrays[-1].ndim
    if first_ndim == 1:
        arrays[0] = np.atleast_2d(arrays[0])
    if last_ndim == 1:
        arrays[-1] = np.atleast_2d(arrays[-1]).T
    for a in arrays:
        if a.ndim != 2:
            raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be two-dimensional")
    result = _chain(arrays, chain_order(arrays), 0, count - 1, out)
    if first_ndim == 1 and last_ndim == 1:
        return result[0, 0]
    return result.ravel() if first_ndim == 1 or last_ndim == 1 else result


def chain_order(arrays, return_costs=False):
    """Where to split each part of a chain: `order[i, j]` is the last of the left factor of matrices `i` to `j`.

    Source: Cormen, Leiserson, Rivest, Stein: Introduction to Algorithms, 15.2.
    """
    count = len(arrays)
    sizes = [a.shape[0] for a in arrays] + [arrays[-1].shape[1]]
    cost = np.zeros((count, count), dtype=np.float64)
    order = np.empty((count, count), dtype=np.intp)
    for length in range(1, count):
        for start in range(count - length):
            end = start + length
            cost[start, end], order[start, end] = min(
                (cost[start, k] + cost[k + 1, end] + sizes[start] * sizes[k + 1] * sizes[end + 1], k)
                for k in range(start, end))
    return (order, cost) if return_costs else order


def _chain(arrays, order, start, end, out=None):
    if start == end:
        return arrays[start]
    at = order[start, end]
    return np.dot(_chain(arrays, order, start, at), _chain(arrays, order, at + 1, end), out=out)
