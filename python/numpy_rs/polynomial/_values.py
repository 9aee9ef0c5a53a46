"""Values of series at points and on grids, and matrices of the values of basis polynomials."""

from .._core import numeric as np
from .polyutils import _as_int, _coefficients, _vander_nd

__all__ = ["values", "vandermonde"]


def values(family):
    """The functions of one family that find values."""
    fn = family.functions

    def val(x, c, tensor=True):
        """The values at `x` of the {name} series with coefficients `c`.

        `c` of shape (n, ...) holds one series for each index of its other axes. With `tensor`,
        each is evaluated at every x, shape `c.shape[1:] + x.shape`; otherwise x broadcasts
        against those axes. x may be a scalar or any object with + and *; a list or tuple is
        taken as an array. Clenshaw (1955).
        """
        c, x = aligned(c, x, tensor)
        xs = family.scaled(x) if len(c) > 2 or family.slope == 2 else x
        if len(c) == 1:
            c0, c1 = c[0], 0
        else:
            c0, c1 = c[-2], c[-1]
        for n in range(len(c) - 1, 1, -1):
            lower, upper = family.fold(x, xs, c1, n)
            c0, c1 = c[n - 2] - lower, c0 + upper
        return c0 + c1 * family.linear(x, xs)

    def val2d(x, y, c):
        """The values at the points (x, y), of one shape, of the {name} series in two variables.

        `c` of shape (n, m, ...); the result has shape `c.shape[2:] + x.shape`.
        """
        return _at_points(fn.val, c, (x, y))

    def val3d(x, y, z, c):
        """The values at the points (x, y, z), of one shape, of the {name} series in three variables.

        `c` of shape (n, m, l, ...); the result has shape `c.shape[3:] + x.shape`.
        """
        return _at_points(fn.val, c, (x, y, z))

    def valnd(pts, c):
        """The values of the {name} series in `len(pts)` variables; `pts` holds one array for each.

        The arrays have one shape; that of the result is `c.shape[len(pts):]` and theirs.
        """
        return _at_points(fn.val, c, (*pts,))

    def grid2d(x, y, c):
        """The values of the {name} series in two variables on the grid of all pairs from x and y.

        `c` of shape (n, m, ...); the result has shape `c.shape[2:] + x.shape + y.shape`.
        """
        return _on_grid(fn.val, c, (x, y))

    def grid3d(x, y, z, c):
        """The values of the {name} series in three variables on the grid of all triples.

        `c` of shape (n, m, l, ...); the result has shape
        `c.shape[3:] + x.shape + y.shape + z.shape`.
        """
        return _on_grid(fn.val, c, (x, y, z))

    return [val, val2d, val3d, valnd, grid2d, grid3d]


def aligned(c, x, tensor):
    """Coefficients and points shaped for each other."""
    c = _coefficients(c)
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray) and tensor:
        c = c.reshape(c.shape + (1,) * x.ndim)
    return c, x


def _at_points(val, c, points):
    points = [np.asanyarray(x) for x in points]
    if any(x.shape != points[0].shape for x in points[1:]):
        names = {2: "x, y", 3: "x, y, z"}.get(len(points), "ordinates")
        raise ValueError(f"{names} are incompatible")
    # The first variable opens axes for the points; the others run along the same axes.
    c = val(points[0], c)
    for x in points[1:]:
        c = val(x, c, tensor=False)
    return c


def _on_grid(val, c, axes):
    for x in axes:
        c = val(x, c)
    return c


def vandermonde(family):
    """The functions of one family that evaluate each basis polynomial at each point."""
    fn = family.functions

    def vander(x, deg):
        """The values of the {name} basis up to degree `deg` at `x`, shape `x.shape + (deg + 1,)`.

        Integers become float64; a scalar counts as an array of one. A negative `deg` raises
        ValueError.
        """
        top = _as_int(deg, "deg")
        if top < 0:
            raise ValueError("deg must be non-negative")
        x = np.array(x, copy=None, ndmin=1) + 0.0
        v = np.empty((top + 1, *x.shape), dtype=x.dtype)
        v[0] = x * 0 + 1
        if top > 0:
            xs = family.scaled(x)
            v[1] = family.linear(x, xs)
            for n in range(2, top + 1):
                v[n] = family.climb(x, xs, v[n - 1], v[n - 2], n)
        return np.moveaxis(v, 0, -1)

    def vander2d(x, y, deg):
        """The products of the {name} bases of x and y, up to the degrees `deg = [n, m]`.

        Shape `x.shape + ((n + 1) * (m + 1),)`; a degree in x has its degrees in y side by side.
        """
        return _products(fn.vander, (x, y), deg)

    def vander3d(x, y, z, deg):
        """The products of the {name} bases of x, y and z, up to the degrees `deg = [n, m, l]`.

        Shape `x.shape + ((n + 1) * (m + 1) * (l + 1),)`, the degree in z changing fastest.
        """
        return _products(fn.vander, (x, y, z), deg)

    return [vander, vander2d, vander3d]


def _products(vander, points, degrees):
    """Every product of one basis value from each variable, in one trailing axis."""
    product = _vander_nd((vander,) * len(points), points, degrees)
    return product.reshape(product.shape[: -len(points)] + (-1,))
