"""Arrays whose memory is a file."""

import operator
import os

from .. import _native as _n
from .._globals import ROOT

__all__ = ["memmap"]

_EQUIVALENT = {"readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+"}
_MODES = ("r", "c", "r+", "w+")


class memmap(_n.ndarray):
    """An array on a memory-mapped file."""

    __array_priority__ = -100.0

    def __new__(subtype, filename, dtype=None, mode="r+", offset=0, shape=None, order="C"):
        import mmap
        from contextlib import nullcontext

        dtype = _n.dtype(_n.uint8 if dtype is None else dtype)
        mode = _EQUIVALENT.get(mode, mode)
        if mode not in _MODES:
            raise ValueError(f"mode must be one of {list(_MODES) + list(_EQUIVALENT)!r} (got {mode!r})")
        if mode == "w+" and shape is None:
            raise ValueError("shape must be given if mode == 'w+'")
        if hasattr(filename, "read"):
            source = nullcontext(filename)
        else:
            source = open(os.fspath(filename), ("r" if mode == "c" else mode) + "b")
        with source as file:
            file.seek(0, 2)
            length = file.tell()
            if shape is None:
                size, rest = divmod(length - offset, dtype.itemsize)
                if rest:
                    raise ValueError(
                        "Size of the available data is not a multiple of the data-type size.")
                shape = (size,)
            else:
                if not isinstance(shape, (tuple, list)):
                    try:
                        shape = [operator.index(shape)]
                    except TypeError:
                        pass
                shape = tuple(shape)
                size = 1
                for n in shape:
                    size *= int(n)
            needed = offset + size * dtype.itemsize
            if mode in ("w+", "r+"):
                # An empty file cannot be mapped.
                needed = max(needed, 1)
                if length < needed:
                    file.seek(needed - 1, 0)
                    file.write(b"\0")
                    file.flush()
            access = {"c": mmap.ACCESS_COPY, "r": mmap.ACCESS_READ}.get(mode, mmap.ACCESS_WRITE)
            start = offset - offset % mmap.ALLOCATIONGRANULARITY
            extent = needed - start
            if extent == 0 and start > 0:
                extent += mmap.ALLOCATIONGRANULARITY
                start -= mmap.ALLOCATIONGRANULARITY
            mapped = mmap.mmap(file.fileno(), extent, access=access, offset=start)
            self = _n.ndarray.__new__(subtype, shape, dtype=dtype, buffer=mapped, offset=offset - start,
                                      order=order)
            self._mmap, self.offset, self.mode = mapped, offset, mode
            if isinstance(filename, os.PathLike):
                self.filename = filename.resolve() if hasattr(filename, "resolve") else filename
            elif hasattr(file, "name") and isinstance(file.name, str):
                self.filename = os.path.abspath(file.name)
            else:
                self.filename = None
        return self

    def __array_finalize__(self, obj):
        if hasattr(obj, "_mmap") and _n.may_share_memory(self, obj):
            self._mmap, self.filename, self.offset, self.mode = (
                obj._mmap, obj.filename, obj.offset, obj.mode)
        else:
            self._mmap = self.filename = self.offset = self.mode = None

    def flush(self):
        """Write changes to the file."""
        if self.base is not None and hasattr(self.base, "flush"):
            self.base.flush()

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        arr = super().__array_wrap__(arr, context)
        if self is arr or type(self) is not memmap:
            return arr
        if return_scalar:
            return arr[()]
        return arr.view(_n.ndarray)

    def __getitem__(self, index):
        result = super().__getitem__(index)
        if type(result) is memmap and result._mmap is None:
            return result.view(type=_n.ndarray)
        return result


memmap.__module__ = ROOT
