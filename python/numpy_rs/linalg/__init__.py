"""Linear algebra: what the compiled module has of it.

Decompositions and solvers are not available yet; asking for them raises AttributeError.
"""

from .. import _native
from .._utils import rename_module as _rename

_NAMES = """
cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq matmul matrix_norm matrix_power
matrix_rank matrix_transpose multi_dot norm outer pinv qr slogdet solve svd svdvals tensordot tensorinv
tensorsolve trace vecdot vector_norm""".split()


class LinAlgError(ValueError):
    """A linear system or decomposition has no answer."""


_rename(LinAlgError, "linalg")
_compiled = getattr(_native, "linalg", None)
if _compiled is not None:
    for _name in _NAMES:
        if hasattr(_compiled, _name):
            globals()[_name] = getattr(_compiled, _name)

from . import _linalg  # noqa: E402

for _name in _linalg.__all__:
    globals().setdefault(_name, getattr(_linalg, _name))

__all__ = ["LinAlgError", *(name for name in _NAMES if name in globals())]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name in _NAMES:
        raise AttributeError(f"{__name__}.{name} is not available yet", name=name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
