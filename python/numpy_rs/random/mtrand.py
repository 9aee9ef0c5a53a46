"""RandomState: NumPy's frozen streams, and the functions of the module, which draw from one of them."""

import operator
import warnings

from .. import _native
from .._native import random as _compiled
from ._laws import Laws
from ._mt19937 import MT19937
from ._multivariate import factored, normal_arguments
from ._parameters import (
    POISSON_MOST,
    checked_probabilities,
    concentrations,
    draw,
    integers,
    multinomial_shares,
    n_items,
    not_negative,
    parameter,
    positive,
    probability,
    shuffled_in_place,
    warn_of_strange_sequence,
    writable,
)
from .bit_generator import BitGenerator


class RandomState(Laws):
    """
    A stream of random numbers that never changes between versions.

    Parameters
    ----------
    seed : None, int, array of ints, or BitGenerator
        None takes entropy from the system; integers lie in [0, 2**32).

    Methods take `size`: None for one number, or the shape of an array of them. A stream may
    be used by several threads; each draw is one step.
    """

    _kind = "legacy_"
    _poisson_lam_max = POISSON_MOST

    def __init__(self, seed=None):
        if isinstance(seed, BitGenerator):
            bit_generator = seed
        elif isinstance(seed, type) and issubclass(seed, BitGenerator):
            raise ValueError("Invalid bit generator. The bit generator must be instantized.")
        else:
            bit_generator = MT19937()
            if seed is not None:
                bit_generator._legacy_seeding(seed)
        self._initialize_bit_generator(bit_generator)

    def _initialize_bit_generator(self, bit_generator):
        self._bit_generator = bit_generator
        self.lock = bit_generator.lock
        self._reset_gauss()

    def _reset_gauss(self):
        _compiled._stream_keep(self._stream, None)

    @property
    def _stream(self):
        return self._bit_generator._stream

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __getstate__(self):
        return self.get_state(legacy=False)

    def __setstate__(self, state):
        self.set_state(state)

    def __reduce__(self):
        return self._unpickled_by, (self._bit_generator,), self.get_state(legacy=False)

    def seed(self, seed=None):
        """Starts the stream anew from a seed; see the class."""
        if not isinstance(self._bit_generator, MT19937):
            raise TypeError("can only re-seed a MT19937 BitGenerator")
        self._bit_generator._legacy_seeding(seed)
        self._reset_gauss()

    def get_state(self, legacy=True):
        """
        The state of the stream.

        Returns a tuple `('MT19937', key, pos, has_gauss, cached_gaussian)`, or with
        `legacy=False` a dict of the same.
        """
        state = self._bit_generator.state
        spare = _compiled._stream_spare(self._stream)
        state["has_gauss"], state["gauss"] = int(spare is not None), spare or 0.0
        if not legacy:
            return state
        if state["bit_generator"] != "MT19937":
            warnings.warn("get_state and legacy can only be used with the MT19937 BitGenerator. To silence this "
                          "warning, set `legacy` to False.", RuntimeWarning, stacklevel=2)
            return state
        return "MT19937", state["state"]["key"], state["state"]["pos"], state["has_gauss"], state["gauss"]

    def set_state(self, state):
        """Puts back what `get_state` gave; tuples may lack the last two items."""
        if isinstance(state, dict):
            if "bit_generator" not in state or "state" not in state:
                raise ValueError("state dictionary is not valid.")
            made = state
        else:
            if not isinstance(state, (tuple, list)):
                raise TypeError("state must be a dict or a tuple.")
            if state[0] != "MT19937":
                raise ValueError("set_state can only be used with legacy MT19937 state instances.")
            if len(state) not in (3, 5):
                raise ValueError("state must be a tuple of 3 or 5 items")
            name, key, pos, *rest = state
            has_gauss, gauss = rest or (0, 0.0)
            made = {"bit_generator": name, "state": {"key": key, "pos": pos}, "has_gauss": has_gauss, "gauss": gauss}
        self._bit_generator.state = made
        spare = made.get("gauss", 0.0) if made.get("has_gauss", 0) else None
        _compiled._stream_keep(self._stream, spare)

    # Uniform numbers

    def random_sample(self, size=None):
        """Uniform doubles in [0, 1)."""
        return draw(self._stream, "random", size)

    def random(self, size=None):
        """Another name of `random_sample`."""
        return self.random_sample(size)

    def rand(self, *args):
        """Uniform doubles in [0, 1) of a shape given as arguments."""
        return self.random_sample(args or None)

    def tomaxint(self, size=None):
        """Integers in [0, the largest C long]."""
        return draw(self._stream, "positive", size, dtype="int64")

    def bytes(self, length):
        """A bytes object of random bytes."""
        n_words = int((length - 1) / 4) + 1
        words = self.randint(0, 2**32, size=n_words, dtype="u4").astype("<u4", copy=False)
        return words.tobytes()[:length]

    # Normal, exponential and gamma numbers

    def standard_normal(self, size=None):
        """Standard normal doubles."""
        return self._draw("standard_normal", size)

    def randn(self, *args):
        """Standard normal doubles of a shape given as arguments."""
        return self.standard_normal(args or None)

    def standard_exponential(self, size=None):
        """Standard exponential doubles."""
        return self._draw("standard_exponential", size)

    def standard_gamma(self, shape, size=None):
        """Gamma numbers of scale one."""
        return self._draw("standard_gamma", size, parameter(shape, "shape", not_negative))

    def negative_binomial(self, n, p, size=None):
        """Failures before the `n`-th success of trials that succeed with probability `p`."""
        n, p = parameter(n, "n", positive), parameter(p, "p", probability)
        return self._draw("negative_binomial", size, n, p, dtype="int64")

    # Several numbers at once

    def multinomial(self, n, pvals, size=None):
        """Counts of `n` trials among kinds with probabilities `pvals`."""
        n = operator.index(n) if not isinstance(n, float) else int(n)
        pvals = _native.asarray(pvals)
        if pvals.ndim == 0:
            raise TypeError("pvals must be a 1-d sequence")
        if pvals.ndim > 1:
            raise ValueError("pvals must be a 1-d sequence")
        not_negative(n, "n")
        return self._multinomial(n, multinomial_shares(pvals), size)

    def dirichlet(self, alpha, size=None):
        """Shares with concentrations `alpha`."""
        alpha = concentrations(alpha)
        if (alpha <= 0).any():
            raise ValueError("alpha <= 0")
        return self._dirichlet(alpha, size)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        """Normal vectors with mean `mean` and covariance `cov`."""
        mean, cov, shape = normal_arguments(mean, cov, size, check_valid)
        x = self.standard_normal((*shape, len(mean))).reshape(-1, len(mean))
        x = _native.dot(x, factored(cov, "svd", check_valid, tol, legacy=True))
        return (x + mean).reshape((*shape, len(mean)))

    # Integers

    def randint(self, low, high=None, size=None, dtype=int):
        """
        Integers in [low, high), or in [0, low) where only one bound is given.

        `dtype` is bool or any integer type; bounds may be arrays. Raises ValueError where a
        range is empty or a bound lies outside the type.
        """
        if high is None:
            low, high = 0, low
        return integers(self._stream, low, high, size, dtype, closed=False, masked=True, name="randint")

    def random_integers(self, low, high=None, size=None):
        """Integers in [low, high]. Deprecated: `randint(low, high + 1)` says the same."""
        if high is None:
            warnings.warn("This function is deprecated. Please call "
                          f"randint(1, {low} + 1) instead", DeprecationWarning, stacklevel=2)
            low, high = 1, low
        else:
            warnings.warn("This function is deprecated. Please call "
                          f"randint({low}, {high} + 1) instead", DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size=size, dtype="l")

    # Orders and choices

    def shuffle(self, x):
        """Puts the items of a sequence in random order, in place; an array along its first axis."""
        x = writable(x)
        if isinstance(x, _native.ndarray):
            if x.ndim == 0:
                raise TypeError("len() of unsized object")
            if x.ndim == 1 and type(x) is not _native.ndarray and x.dtype.kind == "O":
                warnings.warn("Shuffling a one dimensional array subclass containing objects gives incorrect results "
                              "for most array subclasses.  Please use the new random number API instead: "
                              "https://numpy.org/doc/stable/reference/random/index.html\n"
                              "The new API fixes this issue. This version will not be fixed due to stability "
                              "guarantees of the API.", UserWarning, stacklevel=2)
            if shuffled_in_place(self._stream, x):
                return
            order = _compiled._order(self._stream, len(x), 1, True)[0]
            x[...] = x[order]
            return
        n = len(x)
        warn_of_strange_sequence(x)
        for i in reversed(range(1, n)):
            j = _compiled._interval(self._stream, i, True)
            x[i], x[j] = x[j], x[i]

    def permutation(self, x):
        """A shuffled copy of a sequence along its first axis, or of the integers below `x`."""
        if isinstance(x, (int, _native.integer)):
            return _compiled._order(self._stream, max(int(x), 0), 1, True)[0]
        items = _native.asarray(x)
        if items.ndim == 0:
            raise IndexError("x must be an integer or at least 1-dimensional")
        return items[_compiled._order(self._stream, len(items), 1, True)[0]]

    def choice(self, a, size=None, replace=True, p=None):
        """
        Random items of `a` (the integers below `a` if it is one), with or without replacement.

        `p` gives the probability of each item; all are equally likely without it. Raises
        ValueError for an empty population, for probabilities that do not fit it, and for more
        items than there are where `replace` is false.
        """
        a = _native.asarray(a)
        if a.ndim == 0:
            try:
                population = operator.index(a.item())
            except TypeError as error:
                raise ValueError("a must be 1-dimensional or an integer") from error
            if population <= 0 and n_items(size) != 0:
                raise ValueError("a must be greater than 0 unless no samples are taken")
        elif a.ndim != 1:
            raise ValueError("a must be 1-dimensional")
        else:
            population = a.shape[0]
            if population == 0 and n_items(size) != 0:
                raise ValueError("'a' cannot be empty unless no samples are taken")
        if p is not None:
            p = checked_probabilities(p, population, legacy=True)
        if replace:
            chosen = self._choose_again(population, size, p)
        else:
            chosen = self._choose_once(population, size, p)
        if size is None and isinstance(chosen, _native.ndarray):
            chosen = chosen.item(0)
        if a.ndim == 0:
            return chosen
        if size is not None and chosen.ndim == 0:
            made = _native.empty((), dtype=a.dtype)
            made[()] = a[chosen]
            return made
        return a[chosen]

    def _choose_again(self, population, size, p):
        if p is None:
            return self.randint(0, population, size=size)
        steps = p.cumsum()
        steps /= steps[-1]
        return _native.asarray(steps.searchsorted(self.random_sample(size), side="right"))

    def _choose_once(self, population, size, p):
        n = n_items(size)
        if n > population:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        if n < 0:
            raise ValueError("Negative dimensions are not allowed")
        if p is None:
            return self.permutation(population)[:n].reshape(() if size is None else size)
        if _native.count_nonzero(p > 0) < n:
            raise ValueError("Fewer non-zero entries in p than size")
        p, n_found = p.copy(), 0
        found = _native.zeros(n, dtype=int)
        while n_found < n:
            drawn = self.rand(n - n_found)
            p[found[:n_found]] = 0
            steps = p.cumsum()
            steps /= steps[-1]
            fresh = list(dict.fromkeys(steps.searchsorted(drawn, side="right").tolist()))
            found[n_found:n_found + len(fresh)] = fresh
            n_found += len(fresh)
        return found.reshape(() if size is None else size)


_rand = RandomState()


def seed(seed=None):
    """Starts the stream of the module's functions anew."""
    bits = _rand._bit_generator
    if isinstance(bits, MT19937):
        _rand.seed(seed)
    else:
        bits.state = type(bits)(seed).state
        _rand._reset_gauss()


def get_bit_generator():
    """The bit generator behind the functions of the module."""
    return _rand._bit_generator


def set_bit_generator(bitgen):
    """Puts another bit generator behind the functions of the module."""
    _rand._initialize_bit_generator(bitgen)


def sample(*args, **kwargs):
    """Another name of `random_sample`."""
    return _rand.random_sample(*args, **kwargs)


def ranf(*args, **kwargs):
    """Another name of `random_sample`."""
    return _rand.random_sample(*args, **kwargs)


#: Methods of the global stream that are functions of the module.
FUNCTIONS = [name for name in dir(RandomState)
             if not name.startswith("_") and name not in ("tomaxint", "seed")]
globals().update({_name: getattr(_rand, _name) for _name in FUNCTIONS})

__all__ = [*FUNCTIONS, "RandomState", "ranf", "sample", "seed"]
