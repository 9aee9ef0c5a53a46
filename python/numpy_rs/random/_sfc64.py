"""SFC64, a small fast generator."""

from .. import _native
from .._native import random as _compiled
from .bit_generator import BitGenerator


class SFC64(BitGenerator):
    """Chris Doty-Humphrey's SFC64."""

    _n_seed_words = 3

    @property
    def state(self):
        """The state of the stream, a dict."""
        words = _compiled._stream_words(self._stream)
        return {"bit_generator": self._name, "state": {"state": words[:4].copy()},
                "has_uint32": int(words[4]), "uinteger": int(words[5])}

    @state.setter
    def state(self, value):
        value = self._checked(value)
        words = _native.empty(6, dtype="uint64")
        words[:4] = value["state"]["state"]
        words[4], words[5] = value["has_uint32"], value["uinteger"]
        self._restore(words)
