"""Transforms along one axis and several, real, Hermitian and complex."""

import operator
import warnings

from .. import _native
from .._core import numeric as np
from .._core._axes import normalize_axis_index
from .._core.overrides import overridable

__all__ = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft", "rfftn", "irfftn", "rfft2", "irfft2", "fft2", "ifft2",
           "fftn", "ifftn"]

_HOME = "numpy.fft"
_transform = _native.fft._transform
#: The norm that undoes another one.
_OPPOSITE = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": "backward"}


def _opposite(norm):
    try:
        return _OPPOSITE[norm]
    except KeyError:
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".') from None


def _scale(norm):
    """0 for no factor, 1 for a division by the length, 2 for one by its square root."""
    if norm is None or norm == "backward":
        return 0
    if norm == "forward":
        return 1
    if norm == "ortho":
        return 2
    raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')


def _raw(a, n, axis, kind, norm, out=None):
    """One transform; `norm` is that of a forward one, the caller turns it round for the others."""
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    scale = _scale(norm)
    axis = normalize_axis_index(axis, a.ndim)
    if kind == "r" and a.dtype.kind == "c":
        name = f"rfft_n_{'odd' if n % 2 else 'even'}"
        raise TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could not be safely "
                        "coerced to any supported types according to the casting rule ''same_kind''")
    if a.dtype.char in "SUmM":
        np.result_type(a.dtype, 1.0)
    result = _transform(a, kind, n, axis, scale, out)
    if result is out:
        return out
    if kind == "h" and a.dtype.char == "e":
        result = result.astype("e")
    if out is None:
        return result
    if not isinstance(out, np.ndarray):
        raise TypeError("return arrays must be of ArrayType")
    if out.shape != result.shape:
        raise ValueError("output array has wrong shape.")
    np.positive(result, out=out)
    return out


def _length(n):
    return operator.index(n)


@overridable("a", "out", module=_HOME)
def fft(a, n=None, axis=-1, norm=None, out=None):
    """The transform `sum(a[j] exp(-2 pi i j k / n))` along an axis, cut or filled with zeros to `n`."""
    a = np.asarray(a)
    n = a.shape[axis] if n is None else _length(n)
    return _raw(a, n, axis, "c", norm, out)


@overridable("a", "out", module=_HOME)
def ifft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `fft`."""
    a = np.asarray(a)
    n = a.shape[axis] if n is None else _length(n)
    return _raw(a, n, axis, "b", _opposite(norm), out)


@overridable("a", "out", module=_HOME)
def rfft(a, n=None, axis=-1, norm=None, out=None):
    """The first `n // 2 + 1` items of the transform of real numbers; the others mirror them."""
    a = np.asarray(a)
    n = a.shape[axis] if n is None else _length(n)
    return _raw(a, n, axis, "r", norm, out)


@overridable("a", "out", module=_HOME)
def irfft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `rfft`: `n` real numbers, by default `2 (m - 1)` from `m`."""
    a = np.asarray(a)
    n = 2 * (a.shape[axis] - 1) if n is None else _length(n)
    return _raw(a, n, axis, "h", _opposite(norm), out)


@overridable("a", "out", module=_HOME)
def hfft(a, n=None, axis=-1, norm=None, out=None):
    """The transform of a signal that is Hermitian in time: real numbers."""
    a = np.asarray(a)
    n = 2 * (a.shape[axis] - 1) if n is None else _length(n)
    return irfft(np.conjugate(a), n, axis, norm=_opposite(norm), out=out)


@overridable("a", "out", module=_HOME)
def ihfft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `hfft`."""
    a = np.asarray(a)
    n = a.shape[axis] if n is None else _length(n)
    result = rfft(a, n, axis, norm=_opposite(norm), out=out)
    return np.conjugate(result, out=result)


def _sizes_and_axes(a, s, axes, last_is_half=False):
    """The lengths and the axes of a transform over several axes."""
    given = s is not None
    if not given:
        s = list(a.shape) if axes is None else [a.shape[axis] for axis in axes]
    else:
        s = list(s)
        if axes is None:
            warnings.warn(
                "`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of "
                "NumPy, this will raise an error and `s[i]` will correspond to the size along the transformed axis "
                "specified by `axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` for an "
                "array of dimension k.", DeprecationWarning, stacklevel=4)
        if None in s:
            warnings.warn(
                "Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will raise an error "
                "in a future version of NumPy. To use the default behaviour of the corresponding 1-D transform, pass "
                "the value matching the default for its `n` parameter. To use the default behaviour for every axis, "
                "the `s` argument can be omitted.", DeprecationWarning, stacklevel=4)
    axes = list(range(-len(s), 0)) if axes is None else list(axes)
    if len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    whole = [a.shape[axis] if length in (-1, None) else length for length, axis in zip(s, axes)]
    if last_is_half and not given:
        whole[-1] = (a.shape[axes[-1]] - 1) * 2
    return whole, axes


def _over_axes(a, s, axes, norm, out, one):
    """Complex transforms over several axes, the last axis first."""
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes)
    if not axes:
        return a
    last = len(axes) - 1
    a = one(a, n=s[last], axis=axes[last], norm=norm, out=out if last == 0 else None)
    return _over_rest(a, s, axes, range(last - 1, -1, -1), norm, out, one)


def _over_rest(a, s, axes, order, norm, out, one):
    """Transforms over further axes of an array that is ours: in place where no length changes."""
    for i in order:
        target = out if i == 0 else None
        if target is None and s[i] == a.shape[axes[i]]:
            target = a
        a = one(a, n=s[i], axis=axes[i], norm=norm, out=target)
    return a


@overridable("a", "out", module=_HOME)
def fftn(a, s=None, axes=None, norm=None, out=None):
    """The transform over several axes, by default all."""
    return _over_axes(a, s, axes, norm, out, fft)


@overridable("a", "out", module=_HOME)
def ifftn(a, s=None, axes=None, norm=None, out=None):
    """The inverse of `fftn`."""
    return _over_axes(a, s, axes, norm, out, ifft)


@overridable("a", "out", module=_HOME)
def fft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The transform over two axes, by default the last."""
    return _over_axes(a, s, axes, norm, out, fft)


@overridable("a", "out", module=_HOME)
def ifft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The inverse of `fft2`."""
    return _over_axes(a, s, axes, norm, out, ifft)


@overridable("a", "out", module=_HOME)
def rfftn(a, s=None, axes=None, norm=None, out=None):
    """The transform of real numbers over several axes; the last one is cut to half."""
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes)
    a = rfft(a, s[-1], axes[-1], norm, out=out if len(axes) == 1 else None)
    return _over_rest(a, s, axes, range(len(axes) - 2, -1, -1), norm, out, fft)


@overridable("a", "out", module=_HOME)
def rfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The transform of real numbers over two axes."""
    return rfftn(a, s, axes, norm, out=out)


@overridable("a", "out", module=_HOME)
def irfftn(a, s=None, axes=None, norm=None, out=None):
    """The inverse of `rfftn`; the length of the last axis is even unless `s` says otherwise."""
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes, last_is_half=True)
    for i in range(len(axes) - 1):
        a = ifft(a, s[i], axes[i], norm)
    return irfft(a, s[-1], axes[-1], norm, out=out)


@overridable("a", "out", module=_HOME)
def irfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The inverse of `rfft2`."""
    return irfftn(a, s, axes, norm, out=out)
