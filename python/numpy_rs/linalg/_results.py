"""The classes of results, and the error of linear algebra."""

from typing import Any, NamedTuple

from .._utils import rename_module


class LinAlgError(ValueError):
    """A linear system or decomposition has no answer."""


rename_module(LinAlgError, "linalg")


class EigResult(NamedTuple):
    """Eigenvalues and eigenvectors of a general matrix."""

    eigenvalues: Any
    eigenvectors: Any


class EighResult(NamedTuple):
    """Eigenvalues and eigenvectors of a Hermitian matrix."""

    eigenvalues: Any
    eigenvectors: Any


class QRResult(NamedTuple):
    """Factors `Q @ R`."""

    Q: Any
    R: Any


class SlogdetResult(NamedTuple):
    """Sign and logarithm of the absolute determinant."""

    sign: Any
    logabsdet: Any


class SVDResult(NamedTuple):
    """Factors `U * S @ Vh`."""

    U: Any
    S: Any
    Vh: Any


for _class in (EigResult, EighResult, QRResult, SlogdetResult, SVDResult):
    rename_module(_class, "linalg._linalg")
