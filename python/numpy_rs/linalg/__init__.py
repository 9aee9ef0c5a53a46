"""Linear algebra: decompositions, solvers, norms and products of stacks of matrices."""

from .. import _native
from . import _decompositions, _linalg, _norms
from ._results import LinAlgError

_NAMES = """
cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq matmul matrix_norm matrix_power
matrix_rank matrix_transpose multi_dot norm outer pinv qr slogdet solve svd svdvals tensordot tensorinv
tensorsolve trace vecdot vector_norm""".split()

for _name in _NAMES:
    _home = next(home for home in (_linalg, _norms, _decompositions, _native.linalg) if hasattr(home, _name))
    globals()[_name] = getattr(_home, _name)

__all__ = ["LinAlgError", *_NAMES]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
