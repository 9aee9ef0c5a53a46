"""The laws that `Generator` and `RandomState` share; their streams differ, their arguments do not."""

from .. import _native
from .._native import random as _compiled
from ._parameters import (
    above_one,
    at_least_one,
    common_shape,
    draw,
    not_negative,
    parameter,
    poisson_mean,
    positive,
    probability,
    probability_above_zero,
    probability_below_one,
    shape_of,
)


class Laws:
    """
    Methods that draw numbers of a law.

    Each takes `size`: None for one number, or the shape of an array of them. Parameters may be
    arrays; their common shape is that of the result then.
    """

    #: What the compiled laws of the class begin with.
    _kind = ""

    def _draw(self, law, size, *parameters, dtype="float64"):
        return draw(self._stream, self._kind + law, size, *parameters, dtype=dtype)

    def standard_cauchy(self, size=None):
        """Cauchy numbers."""
        return self._draw("standard_cauchy", size)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform numbers in [low, high)."""
        low, high = parameter(low, "low"), parameter(high, "high")
        span = high - low
        if not _native.isfinite(span).all():
            raise OverflowError("Range exceeds valid bounds" if self._kind else "high - low range exceeds valid bounds")
        if not self._kind:
            not_negative(span, "high - low")
        return draw(self._stream, "uniform", size, low, span)

    def triangular(self, left, mode, right, size=None):
        """Numbers between `left` and `right` whose density rises to `mode` and falls in straight lines."""
        left, mode, right = (parameter(x, "") for x in (left, mode, right))
        if _native.any(left > mode):
            raise ValueError("left > mode")
        if _native.any(mode > right):
            raise ValueError("mode > right")
        if _native.any(left == right):
            raise ValueError("left == right")
        return self._draw("triangular", size, left, mode, right)

    def binomial(self, n, p, size=None):
        """Successes in `n` trials that succeed with probability `p`."""
        p = parameter(p, "p", probability)
        n = parameter(n, "n", not_negative, int)
        return self._draw("binomial", size, n, p, dtype="int64")

    def hypergeometric(self, ngood, nbad, nsample, size=None):
        """Good ones among `nsample` taken from `ngood` good and `nbad` bad ones."""
        ngood, nbad, nsample = (parameter(x, name, None, int) for x, name in
                                ((ngood, "ngood"), (nbad, "nbad"), (nsample, "nsample")))
        if not self._kind and (_native.any(ngood >= 10**9) or _native.any(nbad >= 10**9)):
            # The rounding of larger numbers would show.
            raise ValueError("both ngood and nbad must be less than 1000000000")
        if _native.any(ngood + nbad < nsample):
            raise ValueError("ngood + nbad < nsample")
        not_negative(ngood, "ngood")
        not_negative(nbad, "nbad")
        (at_least_one if self._kind else not_negative)(nsample, "nsample")
        return self._draw("hypergeometric", size, ngood, nbad, nsample, dtype="int64")

    def _multinomial(self, n, pvals, size):
        """Counts of `n` trials among kinds; parameters are checked."""
        pvals = _native.ascontiguousarray(pvals)
        if isinstance(n, _native.ndarray):
            shape = common_shape(size, n)
            n = _native.ascontiguousarray(_native.broadcast_to(n, shape))
        else:
            shape = shape_of(size)
            n = _native.full(shape, n, dtype="int64")
        out = _native.empty((*shape, len(pvals)), dtype="int64")
        _compiled._multinomial(self._stream, bool(self._kind), n, pvals, out)
        return out

    def _dirichlet(self, alpha, size):
        alpha = _native.ascontiguousarray(alpha)
        out = _native.empty((*shape_of(size), len(alpha)))
        tails = _native.ascontiguousarray(alpha[::-1].cumsum()[::-1])
        _compiled._dirichlet(self._stream, bool(self._kind), alpha, tails, out)
        return out

    def exponential(self, scale=1.0, size=None):
        """Exponential numbers with mean `scale`."""
        scale = parameter(scale, "scale", not_negative)
        return self._draw("exponential", size, scale)

    def gamma(self, shape, scale=1.0, size=None):
        """Gamma numbers of a shape and a scale."""
        shape = parameter(shape, "shape", not_negative)
        scale = parameter(scale, "scale", not_negative)
        return self._draw("gamma", size, shape, scale)

    def beta(self, a, b, size=None):
        """Beta numbers."""
        a = parameter(a, "a", positive)
        b = parameter(b, "b", positive)
        return self._draw("beta", size, a, b)

    def chisquare(self, df, size=None):
        """Chi-square numbers with `df` degrees of freedom."""
        df = parameter(df, "df", positive)
        return self._draw("chisquare", size, df)

    def f(self, dfnum, dfden, size=None):
        """F numbers with `dfnum` and `dfden` degrees of freedom."""
        dfnum = parameter(dfnum, "dfnum", positive)
        dfden = parameter(dfden, "dfden", positive)
        return self._draw("f", size, dfnum, dfden)

    def noncentral_chisquare(self, df, nonc, size=None):
        """Noncentral chi-square numbers."""
        df = parameter(df, "df", positive)
        nonc = parameter(nonc, "nonc", not_negative)
        return self._draw("noncentral_chisquare", size, df, nonc)

    def noncentral_f(self, dfnum, dfden, nonc, size=None):
        """Noncentral F numbers."""
        dfnum = parameter(dfnum, "dfnum", positive)
        dfden = parameter(dfden, "dfden", positive)
        nonc = parameter(nonc, "nonc", not_negative)
        return self._draw("noncentral_f", size, dfnum, dfden, nonc)

    def standard_t(self, df, size=None):
        """Student's t numbers with `df` degrees of freedom."""
        df = parameter(df, "df", positive)
        return self._draw("standard_t", size, df)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal numbers with mean `loc` and standard deviation `scale`."""
        loc = parameter(loc, "loc")
        scale = parameter(scale, "scale", not_negative)
        return self._draw("normal", size, loc, scale)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normal with `mean` and standard deviation `sigma`."""
        mean = parameter(mean, "mean")
        sigma = parameter(sigma, "sigma", not_negative)
        return self._draw("lognormal", size, mean, sigma)

    def pareto(self, a, size=None):
        """Pareto II (Lomax) numbers of shape `a`."""
        a = parameter(a, "a", positive)
        return self._draw("pareto", size, a)

    def weibull(self, a, size=None):
        """Weibull numbers of shape `a`."""
        a = parameter(a, "a", not_negative)
        return self._draw("weibull", size, a)

    def power(self, a, size=None):
        """Numbers in [0, 1] whose density is a power, `a - 1`."""
        a = parameter(a, "a", positive)
        return self._draw("power", size, a)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Laplace (double exponential) numbers."""
        loc = parameter(loc, "loc")
        scale = parameter(scale, "scale", not_negative)
        return self._draw("laplace", size, loc, scale)

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        """Gumbel numbers."""
        loc = parameter(loc, "loc")
        scale = parameter(scale, "scale", not_negative)
        return self._draw("gumbel", size, loc, scale)

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Logistic numbers."""
        loc = parameter(loc, "loc")
        scale = parameter(scale, "scale", not_negative)
        return self._draw("logistic", size, loc, scale)

    def rayleigh(self, scale=1.0, size=None):
        """Rayleigh numbers with mode `scale`."""
        scale = parameter(scale, "scale", not_negative)
        return self._draw("rayleigh", size, scale)

    def wald(self, mean, scale, size=None):
        """Wald (inverse Gaussian) numbers."""
        mean = parameter(mean, "mean", positive)
        scale = parameter(scale, "scale", positive)
        return self._draw("wald", size, mean, scale)

    def vonmises(self, mu, kappa, size=None):
        """Angles around `mu` with concentration `kappa`, by von Mises."""
        mu = parameter(mu, "mu")
        kappa = parameter(kappa, "kappa", not_negative)
        return self._draw("vonmises", size, mu, kappa)

    def poisson(self, lam=1.0, size=None):
        """Counts of events with mean `lam`."""
        lam = parameter(lam, "lam", poisson_mean)
        return self._draw("poisson", size, lam, dtype="int64")

    def geometric(self, p, size=None):
        """Trials until the first success."""
        p = parameter(p, "p", probability_above_zero)
        return self._draw("geometric", size, p, dtype="int64")

    def logseries(self, p, size=None):
        """Numbers of the logarithmic series."""
        p = parameter(p, "p", probability_below_one)
        return self._draw("logseries", size, p, dtype="int64")

    def zipf(self, a, size=None):
        """Zipf numbers with exponent `a`."""
        a = parameter(a, "a", above_one)
        return self._draw("zipf", size, a, dtype="int64")
