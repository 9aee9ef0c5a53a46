"""Philox, a generator that counts."""

from .. import _native
from .._native import random as _compiled
from .bit_generator import BitGenerator, whole


def _wide(value, n_words, name):
    """The words of a number, or of an array of words."""
    if isinstance(value, (int, _native.integer)):
        value = int(value)
        if value < 0 or value >= 1 << (64 * n_words):
            raise ValueError(f"{name} must be positive and less than 2**{64 * n_words}.")
        return [(value >> (64 * i)) & (2**64 - 1) for i in range(n_words)]
    value = _native.asarray(value).astype("uint64", casting="unsafe")
    if value.shape != (n_words,):
        raise ValueError(f"{name} must have {n_words} elements when using array form")
    return value.tolist()


class Philox(BitGenerator):
    """
    Philox 4x64-10.

    Parameters
    ----------
    seed : None, int, sequence of ints, or SeedSequence
        None takes entropy from the system.
    counter : None, int, or array of 4 words
        Where to begin.
    key : None, int, or array of 2 words
        Which stream; instead of a seed.
    """

    _n_seed_words = 2

    def __init__(self, seed=None, counter=None, key=None):
        if seed is not None and key is not None:
            raise ValueError("seed and key cannot be both used")
        super().__init__(seed)
        words = _compiled._stream_words(self._stream)
        if key is not None:
            words[4:6] = _wide(key, 2, "key")
        if counter is not None:
            words[:4] = _wide(counter, 4, "counter")
        self._restore(words)

    @property
    def state(self):
        """The state of the stream, a dict."""
        words = _compiled._stream_words(self._stream)
        return {"bit_generator": self._name,
                "state": {"counter": words[:4].copy(), "key": words[4:6].copy()},
                "buffer": words[6:10].copy(), "buffer_pos": int(words[10]),
                "has_uint32": int(words[11]), "uinteger": int(words[12])}

    @state.setter
    def state(self, value):
        value = self._checked(value)
        if not 1 <= value["buffer_pos"] <= 4:
            raise ValueError("buffer_pos must be between 1 and 4")
        words = _native.empty(13, dtype="uint64")
        words[:4], words[4:6] = value["state"]["counter"], value["state"]["key"]
        words[6:10], words[10] = value["buffer"], value["buffer_pos"]
        words[11], words[12] = value["has_uint32"], value["uinteger"]
        self._restore(words)

    def advance(self, delta):
        """Goes on by `delta` counts, backward if it is negative; the generator itself is returned."""
        return self._advanced(whole(delta))

    def jumped(self, jumps=1):
        """A generator `jumps` times 2**128 counts on."""
        return self._copy().advance(whole(jumps) << 128)
