"""The package's namespace with matrices in place of arrays (deprecated by NumPy)."""

import warnings

from . import *  # noqa: F403
from ._core import numeric as _np
from .matrixlib.defmatrix import asmatrix, matrix

warnings.warn(
    "Importing from numpy.matlib is deprecated since 1.19.0. The matrix subclass is not the recommended "
    "way to represent matrices or deal with linear algebra (see "
    "https://docs.scipy.org/doc/numpy/user/numpy-for-matlab-users.html). Please adjust your code to use "
    "regular ndarray. ", PendingDeprecationWarning, stacklevel=2)


def empty(shape, dtype=None, order="C"):
    return _np.ndarray.__new__(matrix, shape, dtype, order=order)


def ones(shape, dtype=None, order="C"):
    made = empty(shape, dtype, order)
    made.fill(1)
    return made


def zeros(shape, dtype=None, order="C"):
    made = empty(shape, dtype, order)
    made.fill(0)
    return made


def identity(n, dtype=None):
    return asmatrix(_np.identity(n, dtype))


def eye(n, M=None, k=0, dtype=float, order="C"):
    from .lib._twodim_base_impl import eye as make

    return asmatrix(make(n, M=M, k=k, dtype=dtype, order=order))


def rand(*args):
    from .random import rand as draw

    return asmatrix(draw(*(args[0] if args and isinstance(args[0], tuple) else args)))


def randn(*args):
    from .random import randn as draw

    return asmatrix(draw(*(args[0] if args and isinstance(args[0], tuple) else args)))


def repmat(a, m, n):
    """Repeat a 0-d to 2-d array m by n times."""
    from .lib._shape_base_impl import tile

    a = _np.asanyarray(a)
    return tile(a if a.ndim >= 2 else a.reshape(1, -1), (m, n))


__all__ = ["rand", "randn", "repmat"]
