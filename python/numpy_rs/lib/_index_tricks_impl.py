"""Objects that build arrays and indices out of subscripts, and iteration over indices."""

import math

from .._core import numeric as np
from .._core.overrides import overridable
from .._globals import ROOT
from .._utils import rename_module as _rename

__all__ = [
    "ravel_multi_index", "unravel_index", "mgrid", "ogrid", "r_", "c_", "s_", "index_exp", "ix_",
    "ndenumerate", "ndindex", "fill_diagonal", "diag_indices", "diag_indices_from",
]


def __getattr__(name):
    if name in ("ravel_multi_index", "unravel_index"):
        return getattr(np, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def _ix_dispatcher(*args):
    return args


from .._core.overrides import array_function_dispatch as _dispatch  # noqa: E402


@_dispatch(_ix_dispatcher, module="numpy")
def ix_(*args):
    """Open mesh of sequences: an index that picks their cross product."""
    result = []
    for place, sequence in enumerate(args):
        if not isinstance(sequence, np.ndarray):
            sequence = np.asarray(sequence)
            if sequence.size == 0:
                sequence = sequence.astype(np.intp)  # an empty list would be float
        if sequence.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if issubclass(sequence.dtype.type, np.bool):
            sequence, = sequence.nonzero()
        result.append(sequence.reshape((1,) * place + (sequence.size,) + (1,) * (len(args) - place - 1)))
    return tuple(result)


def _step_count(step):
    """The number of points that an imaginary step asks for, or None."""
    return int(abs(step)) if isinstance(step, (complex, np.complexfloating)) else None


def _line(part):
    """Samples for one slice: by step, or by count where the step is imaginary."""
    start = 0 if part.start is None else part.start
    step = 1 if part.step is None else part.step
    count = _step_count(step)
    if count is None:
        return np.arange(start, part.stop, step)
    from .._core.function_base import linspace

    return linspace(start, part.stop, count)


class nd_grid:
    """Makes grids from slices: full arrays, or (sparse) one open array an axis."""

    def __init__(self, sparse=False):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return self._single(key)
        counts, kinds = [], [0]
        for part in key:
            start = 0 if part.start is None else part.start
            step = 1 if part.step is None else part.step
            points = _step_count(step)
            if points is not None:
                counts.append(points)
                kinds.append(0.0)
            else:
                counts.append(math.ceil((part.stop - start) / step))
            kinds += [start, part.stop, abs(step) if points is not None else step]
        dtype = np.result_type(*kinds)
        counts = [max(n, 0) for n in counts]
        ndim = len(counts)
        lines = []
        for place, (part, count) in enumerate(zip(key, counts)):
            start = 0 if part.start is None else part.start
            step = 1 if part.step is None else part.step
            points = _step_count(step)
            if points is not None:
                step = (part.stop - start) / float(points - 1) if points > 1 else 1
            line = np.arange(count, dtype=dtype) * step + start
            lines.append(line.reshape((1,) * place + (count,) + (1,) * (ndim - place - 1)))
        if self.sparse:
            return tuple(lines)
        result = np.empty((ndim, *counts), dtype=np.result_type(*lines) if lines else dtype)
        for place, line in enumerate(lines):
            result[place] = line
        return result

    def _single(self, key):
        start, stop, step = key.start, key.stop, key.step
        start = 0 if start is None else start
        count = _step_count(step)
        if count is not None:
            step_float = abs(step)
            width = (stop - start) / float(count - 1) if count > 1 else 1
            dtype = np.result_type(start, stop, step_float, 1.0)
            return np.arange(0, count, 1, dtype=dtype) * width + start
        return np.arange(start, stop, step)


class MGridClass(nd_grid):
    """The type of `mgrid`."""

    def __init__(self):
        super().__init__(sparse=False)


class OGridClass(nd_grid):
    """The type of `ogrid`."""

    def __init__(self):
        super().__init__(sparse=True)


mgrid = MGridClass()
ogrid = OGridClass()


class AxisConcatenator:
    """Joins slices, scalars and arrays given as a subscript along one axis."""

    concatenate = staticmethod(np.concatenate)
    makemat = None

    def __init__(self, axis=0, matrix=False, ndmin=1, trans1d=-1):
        self.axis, self.matrix, self.trans1d, self.ndmin = axis, matrix, trans1d, ndmin

    def __len__(self):
        return 0

    def __getitem__(self, key):
        if isinstance(key, str):
            from ..matrixlib.defmatrix import bmat
            import sys

            frame = sys._getframe(1)
            return bmat(key, frame.f_globals, frame.f_locals)
        if not isinstance(key, tuple):
            key = (key,)
        axis, ndmin, trans1d, matrix, column = self.axis, self.ndmin, self.trans1d, self.matrix, False
        parts, weak = [], []
        for place, item in enumerate(key):
            is_scalar = False
            if isinstance(item, slice):
                new = _line(item)
                if ndmin > 1:
                    new = np.array(new, copy=None, ndmin=ndmin)
                    if trans1d != -1:
                        new = new.swapaxes(-1, trans1d)
            elif isinstance(item, str):
                if place != 0:
                    raise ValueError("special directives must be the first entry.")
                if item in ("r", "c"):
                    matrix, column = True, item == "c"
                    continue
                numbers = item.split(",")
                try:
                    if len(numbers) > 1:
                        axis, ndmin = (int(n) for n in numbers[:2])
                        if len(numbers) == 3:
                            trans1d = int(numbers[2])
                    else:
                        axis = int(item)
                except ValueError:
                    what = "unknown special directive"
                    if len(numbers) > 1:
                        raise ValueError(f"{what} {item!r}") from None
                    raise ValueError(what) from None
                continue
            elif type(item) in np.ScalarType or isinstance(item, np.generic):
                is_scalar = True
                new = item
            else:
                own = np.ndim(item)
                new = np.array(item, copy=None, subok=True, ndmin=ndmin)
                if trans1d != -1 and own < ndmin:
                    # The new axes go where `trans1d` puts the old ones.
                    order = list(range(ndmin))
                    lead = trans1d if trans1d >= 0 else trans1d + (ndmin - own) + 1
                    order = order[:lead] + order[ndmin - own:] + order[lead:ndmin - own]
                    new = new.transpose(order)
            parts.append(new)
            weak.append(is_scalar and not isinstance(item, np.generic))
        if parts:
            dtype = np.result_type(*[item if plain else np.asanyarray(item).dtype
                                     for item, plain in zip(parts, weak)])
            shaped = []
            for new in parts:
                if not isinstance(new, np.ndarray):
                    new = np.array(new, ndmin=ndmin)
                shaped.append(new.astype(dtype, copy=False))
            parts = shaped
        result = self.concatenate(tuple(parts), axis=axis)
        if matrix:
            from ..matrixlib.defmatrix import matrix as make

            own = result.ndim
            result = make(result)
            if own == 1 and column:
                result = result.T
        return result


class RClass(AxisConcatenator):
    """The type of `r_`, which joins along the first axis."""

    def __init__(self):
        super().__init__(0)


class CClass(AxisConcatenator):
    """The type of `c_`, which joins columns along the last axis."""

    def __init__(self):
        super().__init__(-1, ndmin=2, trans1d=0)


r_ = RClass()
c_ = CClass()


class IndexExpression:
    """Gives back the subscript that it receives."""

    __module__ = ROOT

    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


index_exp = IndexExpression(maketuple=True)
s_ = IndexExpression(maketuple=False)


class ndenumerate:
    """Iterates over pairs of index and element."""

    __module__ = ROOT

    def __init__(self, arr):
        self.iter = np.asarray(arr).flat

    def __next__(self):
        return self.iter.coords, next(self.iter)

    def __iter__(self):
        return self


class ndindex:
    """Iterates over all indices of a shape, the last axis fastest."""

    __module__ = ROOT

    def __init__(self, *shape):
        import itertools

        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        if any(n < 0 for n in shape):
            raise ValueError("negative dimensions are not allowed")
        if len(shape) > 64:
            raise ValueError(f"maximum supported dimension for an ndarray is 64, found {len(shape)}")
        self._iter = itertools.product(*(range(n) for n in shape))

    def __iter__(self):
        return self

    def ndincr(self):
        """Step to the next index (deprecated)."""
        import warnings

        warnings.warn(
            "`ndindex.ndincr()` is deprecated, use `next(ndindex)` instead", DeprecationWarning, stacklevel=2)
        next(self)

    def __next__(self):
        return next(self._iter)


@overridable("a", "val")
def fill_diagonal(a, val, wrap=False):
    """Write values to the main diagonal in place; `wrap` starts anew below in tall matrices."""
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    end = None
    if a.ndim == 2:
        step = a.shape[1] + 1
        if not wrap:
            end = a.shape[1] * a.shape[1]
    else:
        if len(set(a.shape)) > 1:
            raise ValueError("All dimensions of input must be of equal length")
        step = 1 + sum(math.prod(a.shape[:i]) for i in range(1, a.ndim))
    a.flat[:end:step] = val


def diag_indices(n, ndim=2):
    """The indices of the main diagonal of an array with `ndim` axes of length `n`."""
    return (np.arange(n),) * ndim


@overridable("arr")
def diag_indices_from(arr):
    """The indices of the main diagonal of an array."""
    if not arr.ndim >= 2:
        raise ValueError("input array must be at least 2-d")
    if len(set(arr.shape)) != 1:
        raise ValueError("All dimensions of input must be of equal length")
    return diag_indices(arr.shape[0], arr.ndim)


_rename(diag_indices)
for _class in (nd_grid, MGridClass, OGridClass, AxisConcatenator, RClass, CClass):
    _class.__module__ = __name__
