"""RandomState: NumPy's frozen streams. Arguments are sorted here; the draws are compiled."""

import math
import operator
import threading
import warnings

from .. import _native
from .._native import random as _compiled

_WORD = 0xFFFFFFFF


def _seed_words(seed):
    """A seed as the compiled stream takes it: None, one number, or an array of words."""
    if seed is None:
        return None
    if hasattr(seed, "squeeze"):
        seed = _native.asarray(seed).squeeze()
    try:
        number = operator.index(seed)
    except TypeError:
        pass
    else:
        if not 0 <= number <= _WORD:
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        return number
    words = _native.asarray(seed)
    if words.size == 0:
        raise ValueError("Seed must be non-empty")
    words = words.astype("int64", casting="safe")
    if words.ndim != 1:
        raise ValueError("Seed array must be 1-d")
    if ((words > _WORD) | (words < 0)).any():
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    return words.astype("uint32", order="C")


def _common_shape(size, *parameters):
    """The shape of draws whose parameters are arrays; `size`, if given, must hold it."""
    shape = _native.broadcast(*parameters).shape if len(parameters) > 1 else parameters[0].shape
    if size is None:
        return shape
    size = (size,) if isinstance(size, int) else tuple(size)
    from ..lib._stride_tricks_impl import broadcast_shapes
    if broadcast_shapes(size, shape) != size:
        raise ValueError(f"Output size {size} is not compatible with broadcast dimensions of inputs {shape}.")
    return size


def _size_product(size):
    if size is None:
        return 1
    if isinstance(size, int):
        return size
    product = 1
    for length in size:
        product *= operator.index(length)
    return product


class RandomState:
    """
    A stream of random numbers that never changes between versions.

    Parameters
    ----------
    seed : None, int, or array of ints
        None takes entropy from the system; integers lie in [0, 2**32).

    Methods take `size`: None for one number, or the shape of an array of them. A stream may
    be used by several threads; each draw is one step.
    """

    __module__ = "numpy.random"

    def __init__(self, seed=None):
        self._stream = _compiled._legacy_new()
        self.lock = threading.RLock()
        self.seed(seed)

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}(MT19937)"

    def __getstate__(self):
        return self.get_state(legacy=False)

    def __setstate__(self, state):
        self.set_state(state)

    def __reduce__(self):
        return _restored, (self.get_state(legacy=False),)

    def seed(self, seed=None):
        """Starts the stream anew from a seed; see the class."""
        _compiled._legacy_seed(self._stream, _seed_words(seed))

    def get_state(self, legacy=True):
        """
        The state of the stream.

        Returns a tuple `('MT19937', key, pos, has_gauss, cached_gaussian)`, or with
        `legacy=False` a dict of the same.
        """
        key, pos, has_gauss, gauss = _compiled._legacy_state(self._stream)
        if legacy:
            return "MT19937", key, pos, has_gauss, gauss
        return {"bit_generator": "MT19937", "state": {"key": key, "pos": pos},
                "has_gauss": has_gauss, "gauss": gauss}

    def set_state(self, state):
        """Puts back what `get_state` gave; tuples may lack the last two items."""
        if isinstance(state, dict):
            if "bit_generator" not in state or "state" not in state:
                raise ValueError("state dictionary is not valid.")
            name = state["bit_generator"]
            key, pos = state["state"]["key"], state["state"]["pos"]
            has_gauss, gauss = state.get("has_gauss", 0), state.get("gauss", 0.0)
        else:
            if not isinstance(state, (tuple, list)):
                raise TypeError("state must be a dict or a tuple.")
            if len(state) not in (3, 5):
                raise ValueError("state must be a tuple of 3 or 5 items")
            name, key, pos, *rest = state
            has_gauss, gauss = rest or (0, 0.0)
        if name != "MT19937":
            raise ValueError("set_state can only be used with legacy MT19937 state instances.")
        key = _native.ascontiguousarray(_native.asarray(key).astype("uint32"))
        _compiled._legacy_restore(self._stream, key, pos, has_gauss, gauss)

    # Uniform numbers

    def random_sample(self, size=None):
        """Uniform doubles in [0, 1)."""
        return _compiled._legacy_doubles(self._stream, size)

    def random(self, size=None):
        """Another name of `random_sample`."""
        return self.random_sample(size)

    def rand(self, *args):
        """Uniform doubles in [0, 1) of a shape given as arguments."""
        return self.random_sample(args or None)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform doubles in [low, high)."""
        low, high = _native.asarray(low, dtype=float), _native.asarray(high, dtype=float)
        span = high - low
        if not _native.isfinite(span).all():
            raise OverflowError("Range exceeds valid bounds")
        return self._scaled(self.random_sample, low, span, size)

    def tomaxint(self, size=None):
        """Integers in [0, the largest C long]."""
        words = self.randint(0, 2**64, size, dtype="uint64")
        return (words >> 1).astype(int) if size is not None else int(words) >> 1

    def bytes(self, length):
        """A bytes object of random bytes."""
        n_words = (length - 1) // 4 + 1
        words = self.randint(0, 2**32, size=n_words, dtype="u4").astype("<u4")
        return words.tobytes()[:length]

    # Normal and exponential numbers

    def standard_normal(self, size=None):
        """Standard normal doubles."""
        return _compiled._legacy_normals(self._stream, size)

    def randn(self, *args):
        """Standard normal doubles of a shape given as arguments."""
        return self.standard_normal(args or None)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal doubles with mean `loc` and standard deviation `scale`."""
        loc = _native.asarray(loc, dtype=float)
        scale = self._not_negative(scale, "scale")
        return self._scaled(self.standard_normal, loc, scale, size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Doubles whose logarithm is normal with `mean` and standard deviation `sigma`."""
        mean = _native.asarray(mean, dtype=float)
        sigma = self._not_negative(sigma, "sigma")
        drawn = self._scaled(self.standard_normal, mean, sigma, size)
        return _compiled._legacy_exp(drawn) if isinstance(drawn, _native.ndarray) else math.exp(drawn)

    def standard_exponential(self, size=None):
        """Standard exponential doubles."""
        return _compiled._legacy_exponentials(self._stream, size)

    def exponential(self, scale=1.0, size=None):
        """Exponential doubles with mean `scale`."""
        scale = self._not_negative(scale, "scale")
        return self._scaled(self.standard_exponential, None, scale, size)

    @staticmethod
    def _not_negative(value, name):
        value = _native.asarray(value, dtype=float)
        if _native.signbit(value).any() or _native.isnan(value).any():
            raise ValueError(f"{name} < 0")
        return value

    @staticmethod
    def _scaled(draw, shift, scale, size):
        """`shift + scale * draw`, of `size` or of the common shape of the parameters."""
        parameters = [p for p in (shift, scale) if p is not None]
        if all(p.ndim == 0 for p in parameters):
            drawn = draw(size) * float(scale)
            return drawn if shift is None else float(shift) + drawn
        drawn = draw(_common_shape(size, *parameters)) * scale
        return drawn if shift is None else shift + drawn

    # Integers

    def randint(self, low, high=None, size=None, dtype=int):
        """
        Integers in [low, high), or in [0, low) where only one bound is given.

        `dtype` is bool or any integer type; bounds may be arrays. Raises ValueError where a
        range is empty or a bound lies outside the type.
        """
        if high is None:
            low, high = 0, low
        kind = _native.dtype(dtype)
        if not kind.isnative:
            warnings.warn("Providing a dtype with a non-native byteorder is not supported. If you require "
                          "platform-independent byteorder, call byteswap when required.\n"
                          "In future version, providing byteorder will raise a ValueError",
                          DeprecationWarning, stacklevel=2)
            kind = kind.newbyteorder("=")
        if kind.kind not in "biu":
            raise TypeError(f"Unsupported dtype {kind!r} for randint")
        bits = 1 if kind.kind == "b" else 8 * kind.itemsize
        least = -(1 << (bits - 1)) if kind.kind == "i" else 0
        most = least + (1 << bits) - 1
        low_array, high_array = _native.asarray(low), _native.asarray(high)
        if low_array.size == 1 and high_array.size == 1:
            drawn = self._randint_one(low_array.item(), high_array.item(), size, kind, least, most)
        else:
            drawn = self._randint_many(low_array, high_array, size, kind, least, most)
        if size is None and dtype in (bool, int) and drawn.ndim == 0:
            return dtype(drawn)
        return drawn

    def _randint_one(self, low, high, size, kind, least, most):
        low, last = int(low), int(high) - 1
        if low < least:
            raise ValueError(f"low is out of bounds for {kind.name}")
        if last > most:
            raise ValueError(f"high is out of bounds for {kind.name}")
        if low > last:
            raise ValueError("low >= high" if low else "high <= 0")
        return _compiled._legacy_integers(self._stream, low, last, size, kind)

    def _randint_many(self, low, high, size, kind, least, most):
        shape = _common_shape(size, low, high)
        # Python ints hold any bound exactly; the compiled draw takes the low end and the range modulo 2**64.
        low, last = (_native.broadcast_to(b, shape).astype(object) for b in (low, high))
        low, last = _whole(low), _whole(last) - 1
        if low.size and (low < least).any():
            raise ValueError(f"low is out of bounds for {kind.name}")
        if last.size and (last > most).any():
            raise ValueError(f"high is out of bounds for {kind.name}")
        if low.size and (low > last).any():
            raise ValueError("low >= high" if low.any() else "high <= 0")
        begin, span = ((x % 2**64).astype("uint64") for x in (low, last - low))
        return _compiled._legacy_integers_between(self._stream, begin, span, kind)

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
        if isinstance(x, _native.ndarray):
            if x.ndim == 0:
                raise TypeError("len() of unsized object")
            order = _compiled._legacy_order(self._stream, len(x))
            x[...] = x[order]
            return
        n = len(x)
        if not hasattr(x, "__setitem__"):
            raise TypeError(f"'{type(x).__name__}' object does not support item assignment")
        for i in reversed(range(1, n)):
            j = _compiled._legacy_interval(self._stream, i)
            x[i], x[j] = x[j], x[i]

    def permutation(self, x):
        """A shuffled copy of a sequence along its first axis, or of the integers below `x`."""
        if isinstance(x, (int, _native.integer)):
            return _compiled._legacy_order(self._stream, int(x)).astype("l")
        items = _native.asarray(x)
        if items.ndim == 0:
            raise IndexError("x must be an integer or at least 1-dimensional")
        return items[_compiled._legacy_order(self._stream, len(items))]

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
            if population <= 0 and _size_product(size) != 0:
                raise ValueError("a must be greater than 0 unless no samples are taken")
        elif a.ndim != 1:
            raise ValueError("a must be 1-dimensional")
        else:
            population = a.shape[0]
            if population == 0 and _size_product(size) != 0:
                raise ValueError("'a' cannot be empty unless no samples are taken")
        if p is not None:
            p = _checked_probabilities(p, population)
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
        n = _size_product(size)
        if n > population:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
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


def _whole(numbers):
    """Objects as Python ints."""
    made = _native.empty(numbers.shape, dtype=object)
    made.flat = [int(x) for x in numbers.flat]
    return made


def _checked_probabilities(p, population):
    tolerance = 1.4901161193847656e-08  # the square root of double's epsilon
    if isinstance(p, _native.ndarray) and p.dtype.kind == "f":
        from .._core.getlimits import finfo
        tolerance = max(tolerance, float(finfo(p.dtype).eps) ** 0.5)
    p = _native.ascontiguousarray(_native.asarray(p, dtype=float))
    if p.ndim != 1:
        raise ValueError("'p' must be 1-dimensional")
    if p.size != population:
        raise ValueError("'a' and 'p' must have same size")
    total = math.fsum(p.tolist()) if _native.isfinite(p).all() else float("nan")
    if total != total:
        raise ValueError("probabilities contain NaN")
    if (p < 0).any():
        raise ValueError("probabilities are not non-negative")
    if abs(total - 1.0) > tolerance:
        raise ValueError("probabilities do not sum to 1")
    return p


def _restored(state):
    made = RandomState(0)
    made.set_state(state)
    return made


_global = RandomState()


def seed(seed=None):
    """Starts the stream of the module's functions anew."""
    _global.seed(seed)


def sample(*args, **kwargs):
    """Another name of `random_sample`."""
    return _global.random_sample(*args, **kwargs)


def ranf(*args, **kwargs):
    """Another name of `random_sample`."""
    return _global.random_sample(*args, **kwargs)


#: Methods of the global stream that are functions of the module.
FUNCTIONS = [name for name in vars(RandomState) if not name.startswith("_") and name not in ("tomaxint", "seed")]
globals().update({_name: getattr(_global, _name) for _name in FUNCTIONS})
