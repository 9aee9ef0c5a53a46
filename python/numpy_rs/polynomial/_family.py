"""What tells one family of series from another: the formulas from which all functions are made.

The basis B_0 = 1, B_1, B_2, ... of a family follows a recurrence over three terms. Each function is
written once over these formulas (Clenshaw's summation, the tridiagonal companion matrix, Gauss's
rule after Golub and Welsch); the order of operations within a formula fixes the last bits.
"""

from types import SimpleNamespace

__all__ = ["Family"]


class Family:
    """The formulas of one basis; a subclass gives those of which its module uses the functions.

    In them, `n` is a degree (a Python int), `x` a point or an array of points, `xs` is
    `scaled(x)`, and `c` holds coefficients along its first axis.
    """

    #: What the names of its functions begin with, and its name in docstrings.
    prefix = name = None
    domain = (-1.0, 1.0)
    #: The coefficients of x itself.
    identity = (0, 1)
    #: The factor of x in B_1 if B_1 is nothing else, or None.
    slope = 1
    #: The highest power by default; None is no limit.
    maxpower = 16
    #: Whether the companion matrix is turned around before its eigenvalues are sought, and
    #: whether roots are given as real numbers if no imaginary part is left.
    rotated, real_roots = True, False
    #: NumPy: one family leaves the axis in front when nothing is left of a derivative.
    vanished_axis_first = False
    #: Of Gauss's rule: whether it is made symmetric; the integral of the weight and the factor
    #: of the orthonormal recurrence where the plain series would overflow.
    symmetric, orthonormal = True, None
    #: The family of the powers of x, which its module puts here.
    powers = None

    def __init__(self):
        #: The functions made so far, under their names without prefix.
        self.functions = SimpleNamespace()

    def line(self, off, scl):
        """The coefficients of `off + scl * x`, as a list."""
        return [off, scl]

    def scaled(self, x):
        """What x is multiplied by in each step of the recurrence."""
        return x

    def linear(self, x, xs):
        """B_1 at x."""
        return x

    def times_linear(self, fn, c):
        """The product of B_1 and a series, in the arithmetic of `fn`."""
        return fn.mulx(c)

    def fold(self, x, xs, c1, n):
        """Clenshaw's step from degree n: what is taken from c[n - 2], what is added to c[n - 1]."""
        raise NotImplementedError

    def fold_series(self, fn, c1, n):
        """The same where x is a series, in the arithmetic of `fn`."""
        raise NotImplementedError

    def climb(self, x, xs, v1, v2, n):
        """B_n at x, from B_(n-1) and B_(n-2) there."""
        raise NotImplementedError

    def shift(self, c, product):
        """Fill the coefficients of x * c; the two lowest are there as 0 and c[0]."""
        raise NotImplementedError

    def derive(self, c, derivative):
        """Fill the coefficients of the derivative; may spoil `c`."""
        raise NotImplementedError

    def integrate(self, c, integral):
        """Fill the coefficients of an integral; the two lowest are there as 0 and c[0]."""
        raise NotImplementedError

    def linear_root(self, c):
        """The root of a series of degree 1."""
        return -c[0] / c[1]

    def companion(self, c, n):
        """The diagonals above, on and below of the companion matrix, and what its last column loses.

        A diagonal that is None is zero.
        """
        raise NotImplementedError

    def summed_to_area(self, w):
        """The weights of Gauss's rule, brought to the right sum."""
        raise NotImplementedError
