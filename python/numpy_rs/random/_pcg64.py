"""PCG64, the default generator, and PCG64DXSM."""

from .._native import random as _compiled
from .bit_generator import BitGenerator, whole

_LOW = 2**64 - 1


class _Pcg(BitGenerator):
    _n_seed_words = 4

    @property
    def state(self):
        """The state of the stream, a dict."""
        high, low, inc_high, inc_low, has, word = _compiled._stream_words(self._stream).tolist()
        return {"bit_generator": self._name,
                "state": {"state": high << 64 | low, "inc": inc_high << 64 | inc_low},
                "has_uint32": has, "uinteger": word}

    @state.setter
    def state(self, value):
        value = self._checked(value)
        state, inc = value["state"]["state"], value["state"]["inc"]
        self._restore([state >> 64, state & _LOW, inc >> 64, inc & _LOW, value["has_uint32"], value["uinteger"]])

    def advance(self, delta):
        """Goes on by `delta` steps, backward if it is negative; the generator itself is returned."""
        return self._advanced(whole(delta) % 2**128)

    def jumped(self, jumps=1):
        """A generator far away in the same stream: by the golden ratio of its period, `jumps` times."""
        return self._copy().advance(210306068529402873165736369884012333109 * whole(jumps))


class PCG64(_Pcg, BitGenerator):
    """PCG XSL-RR 128/64, the generator of `default_rng`."""


class PCG64DXSM(_Pcg, BitGenerator):
    """PCG DXSM 128/64: a stronger output of a cheaper multiplication."""

