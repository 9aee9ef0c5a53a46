"""Reductions under the private names of NumPy's `_core._methods`, as calls of compiled methods."""

from .. import _native as _n
from .._globals import _NoValue


def _amax(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return _n.maximum.reduce(a, axis, None, out, keepdims, initial, where)


def _amin(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return _n.minimum.reduce(a, axis, None, out, keepdims, initial, where)


def _sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return _n.add.reduce(a, axis, dtype, out, keepdims, initial, where)


def _prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return _n.multiply.reduce(a, axis, dtype, out, keepdims, initial, where)


def _any(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    return _n.logical_or.reduce(a, axis, dtype or _n.dtype(bool), out, keepdims, where=where)


def _all(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    return _n.logical_and.reduce(a, axis, dtype or _n.dtype(bool), out, keepdims, where=where)


def _mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    return _n.asanyarray(a).mean(axis, dtype, out, keepdims, where=where)


def _var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    return _n.asanyarray(a).var(axis, dtype, out, ddof, keepdims, where=where)


def _std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    return _n.asanyarray(a).std(axis, dtype, out, ddof, keepdims, where=where)


def _clip(a, min=None, max=None, out=None, **kwargs):
    return _n.asanyarray(a).clip(min, max, out, **kwargs)


def _ptp(a, axis=None, out=None, keepdims=False):
    return _n.subtract(_amax(a, axis, out, keepdims), _amin(a, axis, None, keepdims), out)


def _bitwise_count(a, out=None, *, where=True, casting="same_kind", order="K", dtype=None, subok=True):
    return _n.bitwise_count(a, out, where=where, casting=casting, order=order, dtype=dtype, subok=subok)
