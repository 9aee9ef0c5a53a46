"""The Mersenne Twister."""

import operator

from .. import _native
from .._native import random as _compiled
from .bit_generator import BitGenerator, SeedSequence

_WORD = 0xFFFFFFFF


def _legacy_seed(seed):
    """A seed of `RandomState`: one number, or an array of words."""
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
    if not words.ndim and not _native.can_cast(words.dtype, "int64"):
        raise TypeError(f"Cannot cast scalar from {words.dtype!r} to {_native.dtype('int64')!r} "
                        "according to the rule 'safe'")
    words = words.astype("int64", casting="safe")
    if words.ndim != 1:
        raise ValueError("Seed array must be 1-d")
    if ((words > _WORD) | (words < 0)).any():
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    return words.astype("uint32", order="C")


class MT19937(BitGenerator):
    """The Mersenne Twister MT19937, the generator of `RandomState`."""

    _n_seed_words = 624

    def _seed_words(self):
        words = self._seed_seq.generate_state(624).astype("uint64")
        # A state of zeros would stay one.
        words[0] = 0x80000000
        return words

    def _legacy_seeding(self, seed):
        """Starts anew as `RandomState` does."""
        if seed is None:
            self._seed_seq = SeedSequence()
            fresh = _compiled._stream(self._name, self._seed_words())
            self._restore(_compiled._stream_words(fresh))
        else:
            _compiled._stream_seed_legacy(self._stream, _legacy_seed(seed))

    @property
    def state(self):
        """The state of the stream, a dict."""
        words = _compiled._stream_words(self._stream)
        return {"bit_generator": self._name,
                "state": {"key": words[:-1].astype("uint32"), "pos": int(words[-1])}}

    @state.setter
    def state(self, value):
        if isinstance(value, tuple):
            if value[0] != "MT19937" or len(value) not in (3, 5):
                raise ValueError("state is not a legacy MT19937 state")
            key, pos = value[1:3]
        else:
            value = self._checked(value)["state"]
            key, pos = value["key"], value["pos"]
        if not 0 <= pos <= 624:
            raise ValueError("state position must be between 0 and 624")
        words = _native.empty(625, dtype="uint64")
        words[:-1] = key
        words[-1] = pos
        self._restore(words)

    def jumped(self, jumps=1):
        """A generator `jumps` times 2**128 steps on."""
        made = self._copy()
        for _ in range(operator.index(jumps)):
            _compiled._stream_jump(made._stream)
        return made
