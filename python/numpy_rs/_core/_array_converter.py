"""Converts the arguments of a function to arrays, and its results back to the class of the arguments."""

from .._native import asanyarray, asarray, generic, ndarray, result_type

_PYTHON_NUMBERS = (int, float, complex)


def _is_python_number(value):
    return type(value) in _PYTHON_NUMBERS


class _array_converter:
    """The arguments of one call: as given, as arrays, and how results are wrapped."""

    __module__ = "numpy._core._multiarray_umath"

    def __init__(self, *args):
        self._given = args
        self._arrays = tuple(asanyarray(value) for value in args)
        self.scalar_input = tuple(
            not isinstance(value, ndarray) and array.ndim == 0
            for value, array in zip(args, self._arrays))

    def __len__(self):
        return len(self._given)

    def __getitem__(self, index):
        """The argument as an array; Python numbers alone keep their kind."""
        return self._arrays[index]

    def as_arrays(self, /, subok=True, pyscalars="convert_if_no_array"):
        """All arguments as arrays; `pyscalars` says what happens to Python numbers."""
        if not isinstance(pyscalars, str):
            raise TypeError(f"pyscalars mode must be a string, not {type(pyscalars).__name__}")
        if pyscalars not in ("convert", "preserve", "convert_if_no_array"):
            raise ValueError(f"invalid pyscalar mode, must be 'convert', 'preserve', or "
                             f"'convert_if_no_array' (default); got {pyscalars!r}")
        any_array = not all(_is_python_number(value) for value in self._given)
        keep = pyscalars == "preserve" or (pyscalars == "convert_if_no_array" and any_array)
        return tuple(
            value if keep and _is_python_number(value) else (array if subok else asarray(array))
            for value, array in zip(self._given, self._arrays))

    def result_type(self, /, extra_dtype=None, ensure_inexact=False):
        """The dtype that all arguments (and `extra_dtype`) share, a float one if asked for."""
        operands = [value if _is_python_number(value) else array.dtype
                    for value, array in zip(self._given, self._arrays)]
        if extra_dtype is not None:
            operands.append(extra_dtype)
        if ensure_inexact:
            if extra_dtype is not None:
                raise TypeError("extra_dtype and ensure_inexact are mutually exclusive.")
            operands.append(0.0)
        return result_type(*operands)

    def wrap(self, obj, /, to_scalar=None):
        """A result in the class of the argument with the highest priority; 0-d as scalar if all were."""
        if to_scalar is None:
            to_scalar = all(self.scalar_input)
        best, priority = None, -1.0
        for value in self._given:
            if type(value) is ndarray or isinstance(value, (generic, *_PYTHON_NUMBERS)):
                continue
            if hasattr(type(value), "__array_wrap__"):
                mine = getattr(value, "__array_priority__", 0.0)
                if mine > priority:
                    best, priority = value, mine
        if best is not None:
            return best.__array_wrap__(obj, None, to_scalar)
        return obj[()] if to_scalar and isinstance(obj, ndarray) and obj.ndim == 0 else obj
