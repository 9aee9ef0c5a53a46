"""The class `matrix` and its constructors."""

import sys

from .._core import numeric as np
from .._globals import ROOT

__all__ = ["asmatrix", "bmat", "matrix"]


def _convert_from_string(data):
    """Rows from text such as "1 2; 3 4"."""
    import ast

    for mark in "[]":
        data = data.replace(mark, "")
    rows, width = [], None
    for row in data.split(";"):
        cells = [ast.literal_eval(cell) for part in row.split(",") for cell in part.split()]
        if width is None:
            width = len(cells)
        elif len(cells) != width:
            raise ValueError("Rows not the same size.")
        rows.append(cells)
    return rows


def asmatrix(data, dtype=None):
    """Take the input as a matrix, without a copy if it is an array."""
    return matrix(data, dtype=dtype, copy=False)


class matrix(np.ndarray):
    """A 2-d array that stays 2-d: `*` is the matrix product and `**` its power."""

    __array_priority__ = 10.0

    def __new__(subtype, data, dtype=None, copy=True):
        import warnings

        warnings.warn(
            "the matrix subclass is not the recommended way to represent matrices or deal with linear "
            "algebra (see https://docs.scipy.org/doc/numpy/user/numpy-for-matlab-users.html). Please "
            "adjust your code to use regular ndarray.", PendingDeprecationWarning, stacklevel=2)
        if isinstance(data, matrix):
            dtype2 = data.dtype
            dtype = dtype2 if dtype is None else dtype
            if dtype2 == dtype and not copy:
                return data
            return data.astype(dtype)
        if isinstance(data, np.ndarray):
            intype = data.dtype if dtype is None else np.dtype(dtype)
            new = data.view(subtype)
            if intype != data.dtype:
                return new.astype(intype)
            return new.copy() if copy else new
        if isinstance(data, str):
            data = _convert_from_string(data)
        array = np.array(data, dtype=dtype, copy=True if copy else None)
        if array.ndim > 2:
            raise ValueError("matrix must be 2-dimensional")
        shape = {0: (1, 1), 1: (1, array.size)}.get(array.ndim, array.shape)
        order = "F" if array.ndim == 2 and array.flags.fortran else "C"
        if not (order or array.flags.contiguous):
            array = array.copy()
        return np.ndarray.__new__(subtype, shape, array.dtype, buffer=np.asarray(array, order=order),
                                  order=order)

    def __array_finalize__(self, obj):
        self._getitem = False
        if isinstance(obj, matrix) and obj._getitem:
            return
        if self.ndim == 2:
            return
        longer = tuple(n for n in self.shape if n > 1)
        if self.ndim > 2:
            if len(longer) > 2:
                raise ValueError("shape too large to be a matrix.")
            if len(longer) == 2:
                self._set_shape(longer)
                return
            shape = longer
        else:
            shape = self.shape
        if len(shape) == 0:
            self._set_shape((1, 1))
        elif len(shape) == 1:
            self._set_shape((1, shape[0]))

    def __getitem__(self, index):
        self._getitem = True
        try:
            result = np.ndarray.__getitem__(self, index)
        finally:
            self._getitem = False
        if not isinstance(result, np.ndarray):
            return result
        if result.ndim == 0:
            return result[()]
        if result.ndim == 1:
            length = result.shape[0]
            try:
                n = len(index)
            except Exception:
                n = 0
            return result.reshape((length, 1) if n > 1 and np.isscalar(index[1]) else (1, length))
        return result

    def __mul__(self, other):
        if isinstance(other, (np.ndarray, list, tuple)):
            return np.dot(self, asmatrix(other))
        if np.isscalar(other) or not hasattr(other, "__rmul__"):
            return np.dot(self, other)
        return NotImplemented

    def __rmul__(self, other):
        return np.dot(other, self)

    def __imul__(self, other):
        self[:] = self * other
        return self

    def __pow__(self, other):
        from ..linalg import matrix_power

        return matrix_power(self, other)

    def __ipow__(self, other):
        self[:] = self ** other
        return self

    def __rpow__(self, other):
        return NotImplemented

    def _align(self, axis):
        """A scalar for a reduction over all, a column for one along the rows."""
        if axis is None:
            return self[0, 0]
        if axis == 0:
            return self
        if axis == 1:
            return self.transpose()
        raise ValueError("unsupported axis")

    def _collapse(self, axis):
        return self[0, 0] if axis is None else self

    def tolist(self):
        return self.__array__().tolist()

    def sum(self, axis=None, dtype=None, out=None):
        return np.ndarray.sum(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def squeeze(self, axis=None):
        return np.ndarray.squeeze(self, axis=axis)

    def flatten(self, order="C"):
        return np.ndarray.flatten(self, order=order)

    def mean(self, axis=None, dtype=None, out=None):
        return np.ndarray.mean(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def std(self, axis=None, dtype=None, out=None, ddof=0):
        return np.ndarray.std(self, axis, dtype, out, ddof, keepdims=True)._collapse(axis)

    def var(self, axis=None, dtype=None, out=None, ddof=0):
        return np.ndarray.var(self, axis, dtype, out, ddof, keepdims=True)._collapse(axis)

    def prod(self, axis=None, dtype=None, out=None):
        return np.ndarray.prod(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def any(self, axis=None, out=None):
        return np.ndarray.any(self, axis, out, keepdims=True)._collapse(axis)

    def all(self, axis=None, out=None):
        return np.ndarray.all(self, axis, out, keepdims=True)._collapse(axis)

    def max(self, axis=None, out=None):
        return np.ndarray.max(self, axis, out, keepdims=True)._collapse(axis)

    def min(self, axis=None, out=None):
        return np.ndarray.min(self, axis, out, keepdims=True)._collapse(axis)

    def argmax(self, axis=None, out=None):
        return np.ndarray.argmax(self, axis, out)._align(axis)

    def argmin(self, axis=None, out=None):
        return np.ndarray.argmin(self, axis, out)._align(axis)

    def ptp(self, axis=None, out=None):
        return np.ptp(self, axis, out)._align(axis)

    def ravel(self, order="C"):
        return np.ndarray.ravel(self, order=order)

    @property
    def I(self):  # noqa: E743 - the name is NumPy's
        from .. import linalg

        rows, columns = self.shape
        return asmatrix((linalg.inv if rows == columns else linalg.pinv)(self))

    @property
    def A(self):
        return self.__array__()

    @property
    def A1(self):
        return self.__array__().ravel()

    @property
    def T(self):
        return self.transpose()

    @property
    def H(self):
        if issubclass(self.dtype.type, np.complexfloating):
            return self.transpose().conjugate()
        return self.transpose()

    getT = T.fget
    getA = A.fget
    getA1 = A1.fget
    getH = H.fget
    getI = I.fget


def _from_string(text, global_names, local_names):
    rows = []
    for row in text.split(";"):
        cells = []
        for name in (cell for part in row.split(",") for cell in part.split()):
            try:
                cells.append(local_names[name] if name in local_names else global_names[name])
            except KeyError:
                raise NameError(f"name {name!r} is not defined") from None
        rows.append(np.concatenate(cells, axis=-1))
    return np.concatenate(rows, axis=0)


def bmat(obj, ldict=None, gdict=None):
    """Build a matrix from text that names matrices, from nested sequences, or from an array."""
    if isinstance(obj, str):
        if gdict is None:
            frame = sys._getframe().f_back
            return matrix(_from_string(obj, frame.f_globals, frame.f_locals))
        return matrix(_from_string(obj, gdict, ldict))
    if isinstance(obj, (tuple, list)):
        rows = []
        for row in obj:
            if isinstance(row, np.ndarray):
                return matrix(np.concatenate(obj, axis=-1))
            rows.append(np.concatenate(row, axis=-1))
        return matrix(np.concatenate(rows, axis=0))
    if isinstance(obj, np.ndarray):
        return matrix(obj)
    return None


matrix.__module__ = asmatrix.__module__ = bmat.__module__ = ROOT
