"""Reading a large array in blocks of bounded size."""

from itertools import product
from math import prod

__all__ = ["Arrayterator"]


class Arrayterator:
    """Blocks of at most `buf_size` items of an array-like that can be sliced.

    Slicing narrows what is read without reading it; iterating or `__array__` reads.
    """

    __module__ = __name__.rpartition(".")[0]

    def __init__(self, var, buf_size=None):
        self.var = var
        self.buf_size = buf_size
        self.start = [0] * len(var.shape)
        self.stop = list(var.shape)
        self.step = [1] * len(var.shape)

    def __getattr__(self, attr):
        return getattr(self.var, attr)

    def __getitem__(self, index):
        index = index if isinstance(index, tuple) else (index,)
        ndim = self.var.ndim
        full = []
        for item in index:
            if item is Ellipsis:
                full.extend([slice(None)] * (ndim - len(index) + 1))
            elif isinstance(item, slice):
                full.append(item)
            else:
                full.append(slice(item, item + 1, 1))
        full.extend([slice(None)] * (ndim - len(full)))
        narrowed = type(self)(self.var, self.buf_size)
        for axis, item in enumerate(full):
            first, last, step = self.start[axis], self.stop[axis], self.step[axis]
            narrowed.start[axis] = first + (item.start or 0)
            narrowed.step[axis] = step * (item.step or 1)
            narrowed.stop[axis] = min(first + (item.stop or last - first), last)
        return narrowed

    def __array__(self, dtype=None, copy=None):
        return self.var[tuple(map(slice, self.start, self.stop, self.step))]

    @property
    def flat(self):
        """The items one by one."""
        for block in self:
            yield from block.flat

    @property
    def shape(self):
        """The shape of what is read."""
        return tuple(
            (stop - start - 1) // step + 1
            for start, stop, step in zip(self.start, self.stop, self.step, strict=True))

    def __iter__(self):
        shape = self.shape
        if any(n <= 0 for n in shape):
            return
        most = self.buf_size or prod(shape)
        # Inner axes go whole into a block as long as they fit, the next one is cut into runs.
        cut, inner = len(shape), 1
        while cut and inner * shape[cut - 1] <= most:
            cut -= 1
            inner *= shape[cut]
        if cut == 0:
            yield self.__array__()
            return
        rows = max(1, most // inner)
        whole = tuple(map(slice, self.start[cut:], self.stop[cut:], self.step[cut:]))
        for outer in product(*map(range, shape[:cut - 1])):
            for first in range(0, shape[cut - 1], rows):
                at = zip((*outer, first), (*(1 for _ in outer), min(rows, shape[cut - 1] - first)),
                         self.start, self.step, strict=False)
                run = tuple(slice(start + n * step, start + (n + count - 1) * step + 1, step)
                            for n, count, start, step in at)
                yield self.var[run + whole]
