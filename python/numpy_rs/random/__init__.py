"""Random streams and distributions.

Names that are not available yet raise AttributeError.
"""

from . import _random_state
from ._generator import Generator, default_rng  # noqa: F401
from ._random_state import RandomState, ranf, sample, seed  # noqa: F401

_NAMES = """
beta binomial bytes chisquare choice dirichlet exponential f gamma geometric get_state gumbel
hypergeometric laplace logistic lognormal logseries multinomial multivariate_normal
negative_binomial noncentral_chisquare noncentral_f normal pareto permutation poisson power rand
randint randn random random_integers random_sample ranf rayleigh sample seed set_state shuffle
standard_cauchy standard_exponential standard_gamma standard_normal standard_t triangular uniform
vonmises wald weibull zipf default_rng Generator RandomState SeedSequence BitGenerator MT19937 PCG64
PCG64DXSM Philox SFC64 get_bit_generator set_bit_generator""".split()

globals().update({_name: getattr(_random_state, _name) for _name in _random_state.FUNCTIONS})

__all__ = [name for name in _NAMES if name in globals()]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name in _NAMES:
        raise AttributeError(f"{__name__}.{name} is not available yet", name=name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
