"""Generator: streams seeded apart from each other; uniform doubles so far."""

import operator

from .._native import random as _compiled


def _words(seed):
    """32-bit words of a seed, the lowest first."""
    if seed is None:
        return None
    try:
        number = operator.index(seed)
    except TypeError:
        return [word for part in seed for word in _words(part)]
    if number < 0:
        raise ValueError("expected non-negative integer")
    words = []
    while True:
        words.append(number & 0xFFFFFFFF)
        number >>= 32
        if not number:
            return words


class Generator:
    """A PCG64 stream of random numbers."""

    __module__ = "numpy.random"

    def __init__(self, seed=None):
        self._state, self._increment = _compiled._pcg64_seeded(_words(seed))

    def random(self, size=None):
        """Uniform doubles in [0, 1)."""
        value, self._state = _compiled._pcg64_random(self._state, self._increment, size)
        return value

    def __getattr__(self, name):
        raise AttributeError(f"Generator.{name} is not available yet")


def default_rng(seed=None):
    """A Generator; one that is given comes back."""
    return seed if isinstance(seed, Generator) else Generator(seed)
