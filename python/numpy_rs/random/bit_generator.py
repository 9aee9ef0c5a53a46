"""Seed sequences, and what all generators of bits have in common."""

import abc
import functools
import re
import secrets
import threading

from .. import _native
from .._native import random as _compiled
from ._common import by_cffi, by_ctypes

__all__ = ["SeedSequence", "BitGenerator"]

_DIGITS = re.compile("[0-9]+")


def _words(number):
    """32-bit words of a number, the lowest first."""
    if number < 0:
        raise ValueError("expected non-negative integer")
    words = [number & 0xFFFFFFFF]
    while number := number >> 32:
        words.append(number & 0xFFFFFFFF)
    return words


def _entropy_words(entropy):
    """32-bit words of entropy: an integer, a string of one, or sequences of them."""
    if isinstance(entropy, _native.ndarray) and entropy.dtype == "uint32":
        return entropy.ravel().tolist()
    if isinstance(entropy, str):
        if entropy.startswith("0x"):
            return _words(int(entropy, base=16))
        if _DIGITS.match(entropy):
            return _words(int(entropy))
        raise ValueError("unrecognized seed string")
    if isinstance(entropy, (int, _native.integer)):
        return _words(int(entropy))
    if isinstance(entropy, (float, _native.inexact)):
        raise TypeError("seed must be integer")
    return [word for part in entropy for word in _entropy_words(part)]


def _n_children(n):
    if n < 0:
        raise ValueError("n_children must be non-negative")
    return n


class ISeedSequence(abc.ABC):
    """What generators of bits ask for their state."""

    @abc.abstractmethod
    def generate_state(self, n_words, dtype="uint32"):
        """`n_words` words of uint32 or uint64."""


class ISpawnableSeedSequence(ISeedSequence):
    """A seed sequence that has children."""

    @abc.abstractmethod
    def spawn(self, n_children):
        """`n_children` seed sequences whose states have nothing in common."""


class SeedlessSeedSequence(ISpawnableSeedSequence):
    """For generators whose seed nobody knows; it can give nothing."""

    def generate_state(self, n_words, dtype="uint32"):
        raise NotImplementedError("seedless SeedSequences cannot generate state")

    def spawn(self, n_children):
        return [self] * _n_children(n_children)


class SeedSequence(ISpawnableSeedSequence):
    """
    Entropy mixed into states of generators, with children that share nothing with it.

    Parameters
    ----------
    entropy : None, int, or sequence of ints
        None takes it from the system.
    spawn_key : tuple of ints
        The way from the first ancestor to this sequence.
    pool_size : int
        How many words of entropy are kept, at least 4.
    n_children_spawned : int
        How many children there are already.
    """

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if pool_size < 4:
            raise ValueError(f"The size of the entropy pool should be at least {4}")
        if entropy is None:
            entropy = secrets.randbits(pool_size * 32)
        elif not isinstance(entropy, (int, _native.integer, list, tuple, range, _native.ndarray)):
            raise TypeError(f"SeedSequence expects int or sequence of ints for entropy not {entropy}")
        elif isinstance(entropy, (list, tuple)) and any(isinstance(part, (list, tuple)) for part in entropy):
            raise TypeError("SeedSequence does not accept nested sequences.")
        self.entropy = entropy
        self.spawn_key = tuple(spawn_key)
        self.pool_size = pool_size
        self.n_children_spawned = n_children_spawned
        words, key = _entropy_words(entropy), _entropy_words(self.spawn_key)
        if key and len(words) < pool_size:
            # A short entropy and a key must not be mistaken for a longer entropy.
            words += [0] * (pool_size - len(words))
        self.pool = _compiled._seed_pool(_native.array(words + key, dtype="uint32"), pool_size)

    @property
    def state(self):
        """What makes an equal sequence."""
        names = ("entropy", "spawn_key", "pool_size", "n_children_spawned")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def __repr__(self):
        lines = [f"{type(self).__name__}(", f"    entropy={self.entropy!r},"]
        if self.spawn_key:
            lines.append(f"    spawn_key={self.spawn_key!r},")
        if self.pool_size != 4:
            lines.append(f"    pool_size={self.pool_size!r},")
        if self.n_children_spawned != 0:
            lines.append(f"    n_children_spawned={self.n_children_spawned!r},")
        return "\n".join([*lines, ")"])

    def generate_state(self, n_words, dtype="uint32"):
        """`n_words` words of uint32 or uint64."""
        dtype = _native.dtype(dtype)
        if dtype == "uint32":
            return _compiled._seed_words(self.pool, n_words)
        if dtype != "uint64":
            raise ValueError("only support uint32 or uint64")
        words = _compiled._seed_words(self.pool, 2 * n_words)
        return words.astype("<u4").view("<u8").astype("uint64")

    def spawn(self, n_children):
        """`n_children` seed sequences whose states have nothing in common."""
        first = self.n_children_spawned
        n_children = _n_children(n_children)
        self.n_children_spawned += n_children
        return [type(self)(self.entropy, spawn_key=(*self.spawn_key, i), pool_size=self.pool_size)
                for i in range(first, first + n_children)]


ISpawnableSeedSequence.register(SeedSequence)


class BitGenerator:
    """
    A stream of random bits.

    Parameters
    ----------
    seed : None, int, sequence of ints, or SeedSequence
        None takes entropy from the system.
    """

    #: How many words of 64 bits seed the stream.
    _n_seed_words = 0

    def __init__(self, seed=None):
        if not self._n_seed_words:
            raise NotImplementedError("BitGenerator is a base class and cannot be instantized")
        self.lock = threading.RLock()
        self._seed_seq = seed if isinstance(seed, ISeedSequence) else SeedSequence(seed)
        self._stream = _compiled._stream(self._name, self._seed_words())

    def _seed_words(self):
        return _native.ascontiguousarray(self._seed_seq.generate_state(self._n_seed_words, "uint64"))

    @property
    def _name(self):
        for cls in type(self).__mro__:
            if BitGenerator in cls.__bases__:
                return cls.__name__
        raise NotImplementedError("unknown BitGenerator")

    @property
    def seed_seq(self):
        """The seed sequence the stream was made of."""
        return self._seed_seq

    def _restore(self, words):
        _compiled._stream_restore(self._stream, self._name, _native.array(words, dtype="uint64"))

    def _checked(self, state):
        """A state that is for this generator."""
        if not isinstance(state, dict):
            raise TypeError("state must be a dict")
        if state.get("bit_generator", "") != self._name:
            raise ValueError(f"state must be for a {self._name} RNG")
        return state

    def __getstate__(self):
        return self.state, self._seed_seq

    def __setstate__(self, state):
        if isinstance(state, dict):
            self.state = state
        else:
            self._seed_seq = state[1]
            self.state = state[0]

    def __reduce__(self):
        return self._unpickled_by, (type(self),), (self.state, self._seed_seq)

    def spawn(self, n_children):
        """`n_children` generators whose streams have nothing in common."""
        if not isinstance(self._seed_seq, ISpawnableSeedSequence):
            raise TypeError("The underlying SeedSequence does not implement spawning.")
        return [type(self)(seed) for seed in self._seed_seq.spawn(n_children)]

    def random_raw(self, size=None, output=True):
        """The words that the generator makes: an int, or an array; None without `output`."""
        drawn = _compiled._stream_raw(self._stream, 1 if size is None else size)
        if not output:
            return None
        return int(drawn[0]) if size is None else drawn

    def _benchmark(self, cnt, method="uint64"):
        if method not in ("uint64", "double"):
            raise ValueError("method must be 'uint64' or 'double'")
        self.random_raw(cnt, output=False)

    @functools.cached_property
    def ctypes(self):
        """The interface for C code, with functions of ctypes."""
        return by_ctypes(_compiled._stream_addresses(self._stream))

    @functools.cached_property
    def cffi(self):
        """The interface for C code, with functions of cffi."""
        return by_cffi(_compiled._stream_addresses(self._stream))

    @functools.cached_property
    def capsule(self):
        """A capsule with a `bitgen_t` for C code."""
        return _compiled._stream_capsule(self._stream)

    def _advanced(self, delta):
        delta %= 1 << 256
        words = [(delta >> shift) & (2**64 - 1) for shift in range(0, 256, 64)]
        _compiled._stream_advance(self._stream, _native.array(words, dtype="uint64"))
        return self

    def _copy(self):
        made = type(self)(self._seed_seq)
        made.state = self.state
        return made


def whole(number):
    """An int of anything that is one."""
    if isinstance(number, float):
        raise TypeError("expected an integer")
    return int(number)


