"""Operators for classes that define `__array_ufunc__`."""

from .._core import umath as _umath

__all__ = ["NDArrayOperatorsMixin"]


def _gives_way(other):
    """Whether an operand opts out of ufuncs, so that its own operator is to be asked."""
    return getattr(type(other), "__array_ufunc__", _gives_way) is None


def _named(method, name):
    method.__name__ = f"__{name}__"
    return method


def _forward(ufunc, name):
    def method(self, other):
        return NotImplemented if _gives_way(other) else ufunc(self, other)

    return _named(method, name)


def _reflected(ufunc, name):
    def method(self, other):
        return NotImplemented if _gives_way(other) else ufunc(other, self)

    return _named(method, f"r{name}")


def _in_place(ufunc, name):
    def method(self, other):
        return ufunc(self, other, out=(self,))

    return _named(method, f"i{name}")


def _unary(ufunc, name):
    def method(self):
        return ufunc(self)

    return _named(method, name)


class NDArrayOperatorsMixin:
    """All operators that have a ufunc, each calling it; the class defines `__array_ufunc__`."""

    __slots__ = ()

    for _name, _ufunc in (
            ("lt", "less"), ("le", "less_equal"), ("eq", "equal"), ("ne", "not_equal"),
            ("gt", "greater"), ("ge", "greater_equal"), ("divmod", "divmod")):
        locals()[f"__{_name}__"] = _forward(getattr(_umath, _ufunc), _name)
    for _name, _ufunc in (
            ("add", "add"), ("sub", "subtract"), ("mul", "multiply"), ("matmul", "matmul"),
            ("truediv", "true_divide"), ("floordiv", "floor_divide"), ("mod", "remainder"),
            ("pow", "power"), ("lshift", "left_shift"), ("rshift", "right_shift"),
            ("and", "bitwise_and"), ("xor", "bitwise_xor"), ("or", "bitwise_or")):
        locals()[f"__{_name}__"] = _forward(getattr(_umath, _ufunc), _name)
        locals()[f"__r{_name}__"] = _reflected(getattr(_umath, _ufunc), _name)
        locals()[f"__i{_name}__"] = _in_place(getattr(_umath, _ufunc), _name)
    __rdivmod__ = _reflected(_umath.divmod, "divmod")
    __neg__ = _unary(_umath.negative, "neg")
    __pos__ = _unary(_umath.positive, "pos")
    __abs__ = _unary(_umath.absolute, "abs")
    __invert__ = _unary(_umath.invert, "invert")
    del _name, _ufunc
