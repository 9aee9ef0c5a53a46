"""Random streams and distributions.

Names that are not available yet raise AttributeError.
"""

from . import _pickle, mtrand  # noqa: F401
from ._generator import Generator, default_rng  # noqa: F401
from ._mt19937 import MT19937  # noqa: F401
from ._pcg64 import PCG64, PCG64DXSM  # noqa: F401
from ._philox import Philox  # noqa: F401
from ._sfc64 import SFC64  # noqa: F401
from .bit_generator import BitGenerator, SeedSequence  # noqa: F401
from .mtrand import RandomState, get_bit_generator, ranf, sample, seed, set_bit_generator  # noqa: F401

_NAMES = """
beta binomial bytes chisquare choice dirichlet exponential f gamma geometric get_state gumbel
hypergeometric laplace logistic lognormal logseries multinomial multivariate_normal
negative_binomial noncentral_chisquare noncentral_f normal pareto permutation poisson power rand
randint randn random random_integers random_sample ranf rayleigh sample seed set_state shuffle
standard_cauchy standard_exponential standard_gamma standard_normal standard_t triangular uniform
vonmises wald weibull zipf default_rng Generator RandomState SeedSequence BitGenerator MT19937 PCG64
PCG64DXSM Philox SFC64""".split()

globals().update({_name: getattr(mtrand, _name) for _name in mtrand.FUNCTIONS})



def __RandomState_ctor():
    """A RandomState for pickles of old versions, which set its state."""
    return RandomState(seed=0)


__all__ = [name for name in _NAMES if name in globals()]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name in _NAMES:
        raise AttributeError(f"{__name__}.{name} is not available yet", name=name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
