"""Generator: NumPy's current streams. Arguments are sorted here; the draws are compiled."""

import operator

from .. import _native
from .._native import random as _compiled
from ._laws import Laws
from ._multivariate import factored, normal_arguments
from ._parameters import (
    POISSON_MOST,
    checked_out,
    checked_probabilities,
    common_shape,
    concentrations,
    draw,
    integers,
    multinomial_shares,
    n_items,
    not_negative,
    parameter,
    positive_number,
    probability_above_zero,
    shape_of,
    shuffled_in_place,
    warn_of_strange_sequence,
    writable,
)
from ._pcg64 import PCG64
from .bit_generator import BitGenerator
from .mtrand import RandomState

__all__ = ["Generator", "default_rng"]


class Generator(Laws):
    """
    Random numbers of many laws from a stream of random bits.

    Parameters
    ----------
    bit_generator : BitGenerator
        Where the bits come from.

    Methods take `size`: None for one number, or the shape of an array of them. A stream may
    be used by several threads; each draw is one step.
    """


    _poisson_lam_max = POISSON_MOST

    def __init__(self, bit_generator):
        if not isinstance(bit_generator, BitGenerator):
            if isinstance(bit_generator, type):
                raise ValueError("Invalid bit generator. The bit generator must be instantiated.")
            raise AttributeError(f"{type(bit_generator).__name__!r} object has no attribute 'capsule'")
        self._bit_generator = bit_generator
        self.lock = bit_generator.lock

    @property
    def bit_generator(self):
        """Where the bits come from."""
        return self._bit_generator

    @property
    def _stream(self):
        return self._bit_generator._stream

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __getstate__(self):
        return None

    def __setstate__(self, bit_gen):
        if isinstance(bit_gen, dict):
            # Pickles of old versions hold the state of the bits.
            self.bit_generator.state = bit_gen

    def __reduce__(self):
        return self._unpickled_by, (self._bit_generator,), None

    def spawn(self, n_children):
        """`n_children` generators whose streams have nothing in common."""
        return [type(self)(g) for g in self._bit_generator.spawn(n_children)]

    # Uniform, normal, exponential and gamma numbers

    def _standard(self, law, size, dtype, out, *parameters):
        """Numbers of a law that comes in two precisions."""
        kind = _native.dtype(dtype)
        if kind not in ("float64", "float32"):
            raise TypeError(f"Unsupported dtype {kind!r} for {law.removesuffix('_inverted')}")
        arrays = [p for p in parameters if isinstance(p, _native.ndarray)]
        out, given = checked_out(out, kind, size, in_c_order=bool(arrays))
        if kind != "float64":
            law += "_f32"
            parameters = [p.astype(kind) if isinstance(p, _native.ndarray) else p for p in parameters]
        drawn = draw(self._stream, law, size, *parameters, dtype=kind, out=out)
        return drawn if given is None else given

    def random(self, size=None, dtype=_native.float64, out=None):
        """Uniform numbers in [0, 1)."""
        return self._standard("random", size, dtype, out)

    def standard_normal(self, size=None, dtype=_native.float64, out=None):
        """Standard normal numbers."""
        return self._standard("standard_normal", size, dtype, out)

    def standard_exponential(self, size=None, dtype=_native.float64, method="zig", out=None):
        """Standard exponential numbers, by the ziggurat (`'zig'`) or by inversion (`'inv'`)."""
        law = "standard_exponential" if method == "zig" else "standard_exponential_inverted"
        return self._standard(law, size, dtype, out)

    def standard_gamma(self, shape, size=None, dtype=_native.float64, out=None):
        """Gamma numbers of scale one."""
        return self._standard("standard_gamma", size, dtype, out, parameter(shape, "shape", not_negative))

    def negative_binomial(self, n, p, size=None):
        """Failures before the `n`-th success of trials that succeed with probability `p`."""
        n, p = parameter(n, "n", positive_number), parameter(p, "p", probability_above_zero)
        # All but the rarest Poisson numbers of the mean drawn must fit.
        if _native.any((1 - p) / p * (n + 10 * _native.sqrt(n)) > POISSON_MOST):
            raise ValueError("n too large or p too small, see Generator.negative_binomial Notes")
        return self._draw("negative_binomial", size, n, p, dtype="int64")

    # Integers

    def integers(self, low, high=None, size=None, dtype=_native.int64, endpoint=False):
        """
        Integers in [low, high), or in [0, low) where only one bound is given; `endpoint` includes the upper one.

        `dtype` is bool or any integer type; bounds may be arrays. Raises ValueError where a
        range is empty or a bound lies outside the type.
        """
        if high is None:
            low, high = 0, low
        return integers(self._stream, low, high, size, dtype, closed=bool(endpoint), masked=False, name="integers")

    def bytes(self, length):
        """A bytes object of random bytes."""
        n_words = int((length - 1) / 4) + 1
        words = self.integers(0, 2**32, size=n_words, dtype="u4").astype("<u4", copy=False)
        return words.tobytes()[:length]

    # Several numbers at once

    def multinomial(self, n, pvals, size=None):
        """Counts of `n` trials among kinds with probabilities `pvals`, along the last axis."""
        pvals = _native.asarray(pvals)
        if pvals.ndim == 0 or pvals.shape[-1] == 0:
            raise ValueError("pvals must have at least 1 dimension and the last dimension of pvals must be greater "
                             "than 0.")
        n = parameter(n, "n", not_negative, int)
        pvals = multinomial_shares(pvals)
        if pvals.ndim == 1:
            return self._multinomial(n, pvals, size)
        kinds = pvals.shape[-1]
        rows = pvals[..., 0].shape
        n = _native.asarray(n)
        shape = common_shape(size, n, _native.empty(rows))
        out = _native.zeros((*shape, kinds), dtype="int64")
        n = _native.broadcast_to(n, shape).reshape(-1)
        pvals = _native.ascontiguousarray(_native.broadcast_to(pvals, (*shape, kinds))).reshape(-1, kinds)
        flat = out.reshape(-1, kinds)
        for i in range(len(flat)):
            _compiled._multinomial(self._stream, False, n[i:i + 1].copy(), pvals[i], flat[i])
        return out

    def dirichlet(self, alpha, size=None):
        """Shares with concentrations `alpha`."""
        alpha = concentrations(alpha)
        if (alpha < 0).any():
            raise ValueError("alpha < 0")
        return self._dirichlet(alpha, size)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
        """Normal vectors with mean `mean` and covariance `cov`."""
        mean, cov, shape = normal_arguments(mean, cov, size, check_valid, method)
        x = self.standard_normal((*shape, len(mean))).reshape(-1, len(mean))
        x = _native.dot(x, factored(cov, method, check_valid, tol))
        return (x + mean).reshape((*shape, len(mean)))

    def multivariate_hypergeometric(self, colors, nsample, size=None, method="marginals"):
        """Counts of `nsample` items taken from as many of each kind as `colors` says."""
        if method not in ("count", "marginals"):
            raise ValueError('method must be "count" or "marginals".')
        try:
            nsample = operator.index(nsample)
        except TypeError:
            raise ValueError("nsample must be an integer") from None
        if nsample < 0:
            raise ValueError("nsample must be nonnegative.")
        if nsample > 2**63 - 1:
            raise ValueError(f"nsample must not exceed {2**63 - 1}")
        message = "colors must be a one-dimensional sequence of nonnegative integers not exceeding 9223372036854775807."
        given = _native.asarray(colors)
        if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
            raise ValueError(message)
        if given.size and ((given < 0).any() or (given > 2**63 - 1).any()):
            raise ValueError(message)
        colors = _native.ascontiguousarray(given.astype("int64"))
        total = sum(colors.tolist())
        if total > 2**63 - 1:
            raise ValueError("sum(colors) must not exceed the maximum value of a 64 bit signed integer (2**63 - 1)")
        if method == "count" and total > (2**63 - 1) // 8:
            raise ValueError(f"When method is 'count', sum(colors) must not exceed {(2**63 - 1) // 8}")
        if method == "marginals" and total >= 10**9:
            raise ValueError("When method is \"marginals\", sum(colors) must be less than 1000000000.")
        if nsample > total:
            raise ValueError("nsample > sum(colors)")
        out = _native.zeros((*shape_of(size), len(colors)), dtype="int64")
        if out.size:
            _compiled._multivariate_hypergeometric(self._stream, colors, nsample, method == "count", out)
        return out

    # Orders and choices

    def _order(self, n, rows=1):
        return _compiled._order(self._stream, n, rows, True)

    def shuffle(self, x, axis=0):
        """Puts the items of a sequence in random order, in place; an array along an axis."""
        x = writable(x)
        if isinstance(x, _native.ndarray):
            if not x.flags.writeable:
                raise ValueError("array is read-only")
            if x.ndim == 0:
                raise TypeError("len() of unsized object")
            if x.size == 0:
                return
            rows = _front(x, axis)
            if shuffled_in_place(self._stream, x):
                return
            rows[...] = rows[self._order(len(rows))[0]]
            return
        if isinstance(x, memoryview):
            self.shuffle(_native.asarray(x), axis)
            return
        if axis != 0:
            raise NotImplementedError("Axis argument is only supported on ndarray objects")
        n = len(x)
        warn_of_strange_sequence(x)
        for i in reversed(range(1, n)):
            j = _compiled._interval(self._stream, i, True)
            x[i], x[j] = x[j], x[i]

    def permutation(self, x, axis=0):
        """A shuffled copy of a sequence along an axis, or of the integers below `x`."""
        if isinstance(x, (int, _native.integer)):
            return self._order(max(int(x), 0))[0]
        items = _native.asarray(x)
        axis = _axis(axis, items.ndim)
        return items.take(self._order(items.shape[axis])[0], axis=axis)

    def permuted(self, x, *, axis=None, out=None):
        """A copy of `x` whose items are in random order along an axis, in each row apart; all items if it is None."""
        x = _native.asarray(x)
        given, out = out, writable(out)
        if given is not None and out is not given:
            self.permuted(x, axis=axis, out=out)
            return given
        if out is None:
            out = x.copy(order="K")
        else:
            if type(out) is not _native.ndarray:
                raise TypeError("out must be a numpy array")
            if out.shape != x.shape:
                raise ValueError("out must have the same shape as x")
            if not _native.can_cast(x.dtype, out.dtype):
                raise TypeError(f"Cannot cast array data from {x.dtype!r} to {out.dtype!r} "
                                "according to the rule 'safe'")
            out[...] = x
        if x.ndim == 0:
            raise TypeError("len() of unsized object")
        if axis is None:
            if out.size == 0 or (out.flags.c_contiguous and shuffled_in_place(self._stream, out.reshape(-1))):
                return out
            out[...] = out.reshape(-1)[self._order(out.size)[0]].reshape(out.shape)
            return out
        axis = _axis(axis, out.ndim)
        if out.size == 0:
            return out
        rows = _back(out, axis)
        n = rows.shape[-1]
        order = self._order(n, rows.size // n)
        order += (_native.arange(len(order)) * n)[:, None]
        rows[...] = rows.reshape(-1)[order].reshape(rows.shape)
        return out

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """
        Random items of `a` along an axis (the integers below `a` if it is one), with or without replacement.

        `p` gives the probability of each item; all are equally likely without it. Without
        `shuffle` a choice without replacement may keep some order. Raises ValueError for an
        empty population, for probabilities that do not fit it, and for more items than there
        are where `replace` is false.
        """
        given, a = a, _native.asarray(a)
        if a.ndim == 0:
            try:
                population = operator.index(a.item())
            except TypeError as error:
                raise ValueError("a must be a sequence or an integer, not " + str(type(given))) from error
            if population <= 0 and n_items(size) != 0:
                raise ValueError("a must be a positive integer unless no samples are taken")
        else:
            population = a.shape[axis]
            if population == 0 and n_items(size) != 0:
                raise ValueError("a cannot be empty unless no samples are taken")
        if p is not None:
            p = checked_probabilities(p, population, legacy=False)
        if replace:
            chosen = self._choose_again(population, size, p)
        else:
            chosen = self._choose_once(population, size, p, shuffle)
        if size is None and isinstance(chosen, _native.ndarray):
            chosen = chosen.item(0)
        if a.ndim == 0:
            return chosen
        if size is not None and chosen.ndim == 0 and a.ndim == 1:
            made = _native.empty((), dtype=a.dtype)
            made[()] = a[chosen]
            return made
        if not isinstance(chosen, _native.ndarray):
            return a[(slice(None),) * (axis % a.ndim) + (chosen,)]
        return a.take(chosen, axis=axis)

    def _choose_again(self, population, size, p):
        if p is None:
            return self.integers(0, population, size=size, dtype=_native.int64)
        steps = p.cumsum()
        steps /= steps[-1]
        return _native.asarray(steps.searchsorted(self.random(size), side="right"))

    def _choose_once(self, population, size, p, shuffle):
        n = n_items(size)
        if n > population:
            raise ValueError("Cannot take a larger sample than population when replace is False")
        if n < 0:
            raise ValueError("negative dimensions are not allowed")
        if p is None:
            found = _compiled._sample(self._stream, population, n, bool(shuffle))
            return found.reshape(shape_of(size))
        if _native.count_nonzero(p > 0) < n:
            raise ValueError("Fewer non-zero entries in p than size")
        p, n_found = p.copy(), 0
        found = _native.zeros(n, dtype="int64")
        while n_found < n:
            drawn = self.random((n - n_found,))
            p[found[:n_found]] = 0
            steps = p.cumsum()
            steps /= steps[-1]
            fresh = list(dict.fromkeys(steps.searchsorted(drawn, side="right").tolist()))
            found[n_found:n_found + len(fresh)] = fresh
            n_found += len(fresh)
        return found.reshape(shape_of(size))


def _axis(axis, ndim):
    """An axis counted from the front."""
    from ..exceptions import AxisError
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise AxisError(axis, ndim)
    return axis % ndim


def _front(x, axis):
    """A view whose first axis is the given one; the others keep their order."""
    axis = _axis(axis, x.ndim)
    return x.transpose(axis, *(i for i in range(x.ndim) if i != axis))


def _back(x, axis):
    """A view whose last axis is the given one; the others keep their order."""
    return x.transpose(*(i for i in range(x.ndim) if i != axis), axis)


def default_rng(seed=None):
    """
    A Generator of PCG64.

    Parameters
    ----------
    seed : None, int, sequence of ints, SeedSequence, BitGenerator, Generator or RandomState
        A Generator comes back as it is; a BitGenerator gets one around it.
    """
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, BitGenerator):
        return Generator(seed)
    if isinstance(seed, RandomState):
        return Generator(seed._bit_generator)
    return Generator(PCG64(seed))
