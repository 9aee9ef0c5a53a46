"""What the annotations of `numpy.typing` stand for at run time."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, TypedDict, TypeVar, runtime_checkable

from ._native import dtype, ndarray

_Scalar = TypeVar("_Scalar", bound=Any, covariant=True)


@runtime_checkable
class SupportsArray(Protocol):
    """Anything with `__array__`."""

    def __array__(self): ...


@runtime_checkable
class SupportsBuffer(Protocol):
    """Anything with the buffer protocol, where Python can tell."""

    def __buffer__(self, flags, /): ...


@runtime_checkable
class SupportsDType(Protocol):
    """Anything with a `dtype`."""

    @property
    def dtype(self): ...


class DTypeDict(TypedDict, total=False):
    """A structured dtype in its dict form."""

    names: Sequence[str]
    formats: Sequence[Any]
    offsets: Sequence[int]
    titles: Sequence[Any]
    itemsize: int
    aligned: bool


class NBitBase:
    """The precision of a number in annotations; `numpy.typing` deprecates it in favour of bounds on scalars."""

    def __init_subclass__(cls):
        raise TypeError('cannot inherit from final class "NBitBase"')


#: Objects that can be coerced to an array.
ArrayLike = SupportsBuffer | SupportsArray | complex | str | bytes | Sequence[Any] | Collection[Any]

#: Objects that can be coerced to a dtype.
DTypeLike = type[Any] | dtype[Any] | SupportsDType | tuple[Any, Any] | list[Any] | DTypeDict | str | None

#: `ndarray` of any shape with the scalar type in brackets: `NDArray[np.float64]`.
NDArray = ndarray[tuple[Any, ...], dtype[_Scalar]]
