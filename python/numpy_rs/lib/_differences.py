"""Differences, gradients, integrals and phases."""

from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable, array_function_dispatch as _dispatch
from .._globals import _NoValue

__all__ = ["angle", "diff", "gradient", "interp", "trapezoid", "unwrap"]


@overridable("a", "prepend", "append")
def diff(a, n=1, axis=-1, prepend=_NoValue, append=_NoValue):
    """The n-th differences of neighbours along an axis."""
    if n == 0:
        return a
    if n < 0:
        raise ValueError("order must be non-negative but got " + repr(n))
    a = np.asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, a.ndim)
    parts = []
    for value in (prepend, append):
        if value is not _NoValue:
            value = np.asanyarray(value)
            if value.ndim == 0:
                from ._stride_tricks_impl import broadcast_to

                shape = list(a.shape)
                shape[axis] = 1
                value = broadcast_to(value, tuple(shape))
        parts.append(value)
    joined = [p for p in (parts[0], a, parts[1]) if p is not _NoValue]
    if len(joined) > 1:
        a = np.concatenate(joined, axis)
    later = tuple(slice(1, None) if i == axis else slice(None) for i in range(a.ndim))
    earlier = tuple(slice(None, -1) if i == axis else slice(None) for i in range(a.ndim))
    minus = np.not_equal if a.dtype == np.dtype(bool) else np.subtract
    for _ in range(n):
        a = minus(a[later], a[earlier])
    return a


def _gradient_dispatcher(f, *varargs, axis=None, edge_order=None):
    yield f
    yield from varargs


@_dispatch(_gradient_dispatcher, module="numpy")
def gradient(f, *varargs, axis=None, edge_order=1):
    """Central differences inside and one-sided ones at the edges, for each axis."""
    f = np.asanyarray(f)
    axes = tuple(range(f.ndim)) if axis is None else normalize_axis_tuple(axis, f.ndim)
    if not varargs:
        spacing = [1.0] * len(axes)
    elif len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        spacing = list(varargs) * len(axes)
    elif len(varargs) == len(axes):
        spacing = list(varargs)
        for i, distances in enumerate(spacing):
            distances = np.asanyarray(distances)
            if distances.ndim == 0:
                continue
            if distances.ndim != 1:
                raise ValueError("distances must be either scalars or 1d")
            if len(distances) != f.shape[axes[i]]:
                raise ValueError(
                    "when 1d, distances must match the length of the corresponding dimension")
            if issubclass(distances.dtype.type, np.integer):
                distances = distances.astype(np.float64)
            steps = diff(distances)
            spacing[i] = steps[0] if len(steps) and (steps == steps[0]).all() else steps
    else:
        raise TypeError("invalid number of arguments")
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")

    kind = f.dtype
    if kind.type is np.datetime64:
        kind = np.dtype(kind.name.replace("datetime", "timedelta"))
        f = f.view(kind)
    elif kind.type is np.timedelta64 or issubclass(kind.type, np.inexact):
        pass
    else:
        if issubclass(kind.type, np.integer):
            f = f.astype(np.float64)
        kind = np.dtype(np.float64)

    def at(part, axis):
        return (slice(None),) * axis + (part,)

    results = []
    for axis, step in zip(axes, spacing):
        if f.shape[axis] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, "
                "at least (edge_order + 1) elements are required.")
        result = np.empty_like(f, dtype=kind)
        uniform = np.ndim(step) == 0
        inner, left, middle, right = (
            at(s, axis) for s in (slice(1, -1), slice(None, -2), slice(1, -1), slice(2, None)))
        if uniform:
            result[inner] = (f[right] - f[left]) / (2.0 * step)
        else:
            shape = [1] * f.ndim
            shape[axis] = -1
            d1, d2 = step[:-1], step[1:]
            a = (-d2 / (d1 * (d1 + d2))).reshape(shape)
            b = ((d2 - d1) / (d1 * d2)).reshape(shape)
            c = (d1 / (d2 * (d1 + d2))).reshape(shape)
            result[inner] = a * f[left] + b * f[middle] + c * f[right]
        if edge_order == 1:
            first = step if uniform else step[0]
            last = step if uniform else step[-1]
            result[at(0, axis)] = (f[at(1, axis)] - f[at(0, axis)]) / first
            result[at(-1, axis)] = (f[at(-1, axis)] - f[at(-2, axis)]) / last
        else:
            if uniform:
                a, b, c = -1.5 / step, 2.0 / step, -0.5 / step
            else:
                d1, d2 = step[0], step[1]
                a = -(2.0 * d1 + d2) / (d1 * (d1 + d2))
                b = (d1 + d2) / (d1 * d2)
                c = -d1 / (d2 * (d1 + d2))
            result[at(0, axis)] = a * f[at(0, axis)] + b * f[at(1, axis)] + c * f[at(2, axis)]
            if uniform:
                a, b, c = 0.5 / step, -2.0 / step, 1.5 / step
            else:
                d1, d2 = step[-2], step[-1]
                a = d2 / (d1 * (d1 + d2))
                b = -(d2 + d1) / (d1 * d2)
                c = (2.0 * d2 + d1) / (d2 * (d1 + d2))
            result[at(-1, axis)] = a * f[at(-3, axis)] + b * f[at(-2, axis)] + c * f[at(-1, axis)]
        results.append(result)
    return results[0] if len(axes) == 1 else tuple(results)


@overridable("y", "x")
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integrate with the trapezoidal rule."""
    y = np.asanyarray(y)
    if x is None:
        d = dx
    else:
        x = np.asanyarray(x)
        if x.ndim == 1:
            d = diff(x)
            shape = [1] * y.ndim
            shape[axis] = d.shape[0]
            d = d.reshape(shape)
        else:
            d = diff(x, axis=axis)
    later, earlier = [slice(None)] * y.ndim, [slice(None)] * y.ndim
    later[axis], earlier[axis] = slice(1, None), slice(None, -1)
    try:
        return (d * (y[tuple(later)] + y[tuple(earlier)]) / 2.0).sum(axis)
    except ValueError:
        # Subclasses may refuse the product though plain arrays can be multiplied.
        d, y = np.asarray(d), np.asarray(y)
        return np.add.reduce(d * (y[tuple(later)] + y[tuple(earlier)]) / 2.0, axis)


@overridable("z")
def angle(z, deg=False):
    """The angles of complex numbers."""
    z = np.asanyarray(z)
    if issubclass(z.dtype.type, np.complexfloating):
        imaginary, real = z.imag, z.real
    else:
        imaginary, real = 0, z
    result = np.arctan2(imaginary, real)
    if deg:
        result *= 180 / np.pi
    return result


@overridable("p")
def unwrap(p, discont=None, axis=-1, *, period=2 * np.pi):
    """Take jumps of more than half a period out of a sequence of phases."""
    p = np.asarray(p)
    step = diff(p, axis=axis)
    if discont is None:
        discont = period / 2
    later = [slice(None)] * p.ndim
    later[axis] = slice(1, None)
    later = tuple(later)
    dtype = np.result_type(step, period)
    if issubclass(dtype.type, np.integer):
        high, rest = divmod(period, 2)
        ambiguous = rest == 0
    else:
        high, ambiguous = period / 2, True
    low = -high
    wrapped = np.mod(step - low, period) + low
    if ambiguous:
        # A jump of exactly half a period keeps its direction.
        np.copyto(wrapped, high, where=(wrapped == low) & (step > 0))
    correction = wrapped - step
    np.copyto(correction, 0, where=abs(step) < discont)
    result = np.array(p, copy=True, dtype=dtype)
    result[later] = p[later] + correction.cumsum(axis)
    return result


@overridable("x", "xp", "fp")
def interp(x, xp, fp, left=None, right=None, period=None):
    """Piecewise linear interpolation of 1-d data."""
    fp = np.asarray(fp)
    is_complex = issubclass(fp.dtype.type, np.complexfloating)
    dtype = np.complex128 if is_complex else np.float64
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        period, left, right = abs(period), None, None
        x = np.asarray(x, dtype=np.float64) % period
        xp = np.asarray(xp, dtype=np.float64)
        fp = np.asarray(fp, dtype=dtype)
        if xp.ndim != 1 or fp.ndim != 1:
            raise ValueError("Data points must be 1-D sequences")
        if xp.shape[0] != fp.shape[0]:
            raise ValueError("fp and xp are not of the same length")
        xp = xp % period
        order = np.argsort(xp)
        xp, fp = xp[order], fp[order]
        xp = np.concatenate((xp[-1:] - period, xp, xp[0:1] + period))
        fp = np.concatenate((fp[-1:], fp, fp[0:1]))
    return _interpolate(x, xp, fp.astype(dtype, copy=False), left, right)


def _interpolate(x, xp, fp, left, right):
    xp = np.array(xp, dtype=np.float64, copy=None, ndmin=1)
    fp = np.array(fp, copy=None, ndmin=1)
    x = np.asarray(x, dtype=np.float64)
    if xp.ndim != 1 or fp.ndim != 1:
        raise ValueError("object too deep for desired array")
    if xp.size == 0:
        raise ValueError("array of sample points is empty")
    if xp.size != fp.size:
        raise ValueError("fp and xp are not of the same length.")
    left = fp[0] if left is None else left
    right = fp[-1] if right is None else right
    if xp.size == 1:
        result = np.where(x < xp[0], left, np.where(x > xp[0], right, fp[0]))
        return result[()]
    with np.errstate(all="ignore"):
        place = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, xp.size - 2)
        x0, y0 = xp[place], fp[place]
        slope = (fp[place + 1] - y0) / (xp[place + 1] - x0)
        result = slope * (x - x0) + y0
        # Where the slope overflows, the value may still come from the other end.
        lost = np.isnan(result)
        if lost.any():
            other = slope * (x - xp[place + 1]) + fp[place + 1]
            same = lost & np.isnan(other) & (y0 == fp[place + 1])
            result = np.where(lost, np.where(same, y0, other), result)
    result = np.where(x == xp[place], y0, result)
    result = np.where(x == xp[-1], fp[-1], result)
    result = np.where(x < xp[0], left, np.where(x > xp[-1], right, result))
    result = np.where(np.isnan(x), x, result)
    return result[()]

