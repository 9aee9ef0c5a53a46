"""Window functions, and the special functions that they need."""

from .._core import numeric as np
from .._core.getlimits import finfo as _limits
from .._core.overrides import overridable
from .._utils import rename_module as _rename

__all__ = ["bartlett", "blackman", "hamming", "hanning", "i0", "kaiser", "sinc"]

# Chebyshev coefficients of the modified Bessel function of order 0 (Cephes): exp(-x) I0(x) on [0, 8],
# and exp(-x) sqrt(x) I0(x) in 32/x - 2 beyond.
_I0_NEAR = [
    -4.41534164647933937950E-18, 3.33079451882223809783E-17, -2.43127984654795469359E-16,
    1.71539128555513303061E-15, -1.16853328779934516808E-14, 7.67618549860493561688E-14,
    -4.85644678311192946090E-13, 2.95505266312963983461E-12, -1.72682629144155570723E-11,
    9.67580903537323691224E-11, -5.18979560163526290666E-10, 2.65982372468238665035E-9,
    -1.30002500998624804212E-8, 6.04699502254191894932E-8, -2.67079385394061173391E-7,
    1.11738753912010371815E-6, -4.41673835845875056359E-6, 1.64484480707288970893E-5,
    -5.75419501008210370398E-5, 1.88502885095841655729E-4, -5.76375574538582365885E-4,
    1.63947561694133579842E-3, -4.32430999505057594430E-3, 1.05464603945949983183E-2,
    -2.37374148058994688156E-2, 4.93052842396707084878E-2, -9.49010970480476444210E-2,
    1.71620901522208775349E-1, -3.04682672343198398683E-1, 6.76795274409476084995E-1]
_I0_FAR = [
    -7.23318048787475395456E-18, -4.83050448594418207126E-18, 4.46562142029675999901E-17,
    3.46122286769746109310E-17, -2.82762398051658348494E-16, -3.42548561967721913462E-16,
    1.77256013305652638360E-15, 3.81168066935262242075E-15, -9.55484669882830764870E-15,
    -4.15056934728722208663E-14, 1.54008621752140982691E-14, 3.85277838274214270114E-13,
    7.18012445138366623367E-13, -1.79417853150680611778E-12, -1.32158118404477131188E-11,
    -3.14991652796324136454E-11, 1.18891471078464383424E-11, 4.94060238822496958910E-10,
    3.39623202570838634515E-9, 2.26666899049817806459E-8, 2.04891858946906374183E-7,
    2.89137052083475648297E-6, 6.88975834691682398426E-5, 3.36911647825569408990E-3,
    8.04490411014108831608E-1]


def _chebyshev(x, coefficients):
    """Clenshaw's sum of a Chebyshev series whose last coefficient counts half."""
    b0, b1, b2 = coefficients[0], 0.0, 0.0
    for c in coefficients[1:]:
        b2, b1 = b1, b0
        b0 = x * b1 - b2 + c
    return 0.5 * (b0 - b2)


@overridable("x")
def i0(x):
    """The modified Bessel function of the first kind, of order 0."""
    x = np.asanyarray(x)
    if x.dtype.kind == "c":
        raise TypeError("i0 not supported for complex values")
    if x.dtype.kind != "f":
        x = x.astype(float)
    x = np.abs(x)
    near = x <= 8.0
    small = np.where(near, x, 0.0)
    large = np.where(near, 8.0, x)
    low = np.exp(small) * _chebyshev(small / 2.0 - 2, _I0_NEAR)
    high = np.exp(large) * _chebyshev(32.0 / large - 2.0, _I0_FAR) / np.sqrt(large)
    result = np.asanyarray(np.where(near, low, high))
    if type(x) is not np.ndarray and isinstance(x, np.ndarray):
        result = x.__array_wrap__(np.asarray(result))
    return result[()] if result.ndim == 0 else result


@overridable("x")
def sinc(x):
    """sin(pi x) / (pi x), with 1 at 0."""
    x = np.asanyarray(x)
    x = np.pi * x
    x = np.asanyarray(x)
    least = _limits(x.dtype).eps ** 2 if x.dtype.kind in "fc" else 1e-20
    y = np.where(x, x, least)
    return np.sin(y) / y


def _window(M, formula):
    """Evaluate a formula on 1-M, 3-M, ... M-1; windows of one point are one."""
    M = np.array([0.0, M])[1]
    if M < 1:
        return np.array([], dtype=M.dtype)
    if M == 1:
        return np.ones(1, dtype=M.dtype)
    return formula(np.arange(1 - M, M, 2), M)


def blackman(M):
    """The Blackman window."""
    return _window(M, lambda n, M: (
        0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1))))


def bartlett(M):
    """The triangular window that starts and ends at zero."""
    return _window(M, lambda n, M: np.where(
        np.less_equal(n, 0), 1 + n / (M - 1), 1 - n / (M - 1)))


def hanning(M):
    """The raised cosine that starts and ends at zero."""
    return _window(M, lambda n, M: 0.5 + 0.5 * np.cos(np.pi * n / (M - 1)))


def hamming(M):
    """The raised cosine on a pedestal."""
    return _window(M, lambda n, M: 0.54 + 0.46 * np.cos(np.pi * n / (M - 1)))


def kaiser(M, beta):
    """The Kaiser window of shape `beta`."""
    values = np.array([0.0, M, beta])
    M, beta = values[1], values[2]
    if M == 1:
        return np.ones(1, dtype=values.dtype)
    n = np.arange(0, M)
    alpha = (M - 1) / 2.0
    return i0(beta * np.sqrt(1 - ((n - alpha) / alpha) ** 2.0)) / i0(beta)


for _function in (blackman, bartlett, hanning, hamming, kaiser):
    _rename(_function)
