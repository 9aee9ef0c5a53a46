"""Recipes of random arrays: the same dtype, values and layout on any module.

A recipe holds raw bytes and how to look at them, never an array, so that neither side's
array code has a hand in the other's operands.
"""

import struct

BOOL = "?"
INTS = "bBhHiIlLqQ"
FLOATS = "efd"
COMPLEX = "FD"
NUMERIC = BOOL + INTS + FLOATS + COMPLEX
ORDINARY = "?bBhHiIlLefdFD"

SIZES = {"?": 1, "b": 1, "B": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 8, "L": 8, "q": 8, "Q": 8,
         "e": 2, "f": 4, "d": 8, "F": 8, "D": 16}
FORMATS = {"l": "q", "L": "Q", "F": "f", "D": "d"}

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 3.0, float("inf"), float("-inf"), float("nan"), 1e-3, 1e3]
EXTREME = {
    "e": [65504.0, -65504.0, 6.103515625e-05, 5.960464477539063e-08],
    "f": [3.4028234663852886e38, 1.1754943508222875e-38, 1.401298464324817e-45, -3e38],
    "d": [1.7976931348623157e308, 2.2250738585072014e-308, 5e-324, -1e308],
}

LAYOUTS = ("C", "C", "C", "F", "every second", "reversed", "broadcast", "unaligned", "swapped", "read-only",
           "transposed")


def int_value(rng, code):
    bits = 8 * SIZES[code]
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if code.islower() else (0, (1 << bits) - 1)
    draw = rng.random()
    if draw < 0.75:
        return rng.randint(max(low, -9), 9)
    if draw < 0.85:
        return rng.choice([low, high, low + 1, high - 1, 0])
    return rng.randint(low, high)


def float_value(rng, code):
    draw = rng.random()
    if draw < 0.45:
        return float(rng.randint(-9, 9))
    if draw < 0.75:
        value = rng.uniform(-10, 10)
        return struct.unpack(code, struct.pack(code, value))[0]
    if draw < 0.97:
        return rng.choice(SPECIAL)
    return rng.choice(EXTREME[code])


def raw_values(rng, code, n):
    """Bytes of n random elements in native byte order."""
    if code == "?":
        return bytes(rng.randint(0, 1) for _ in range(n))
    if code in INTS:
        return struct.pack(f"={n}{FORMATS.get(code, code)}", *(int_value(rng, code) for _ in range(n)))
    part = {"F": "f", "D": "d"}.get(code, code)
    count = n * (2 if code in COMPLEX else 1)
    return struct.pack(f"={count}{part}", *(float_value(rng, part) for _ in range(count)))


def swapped_bytes(raw, width):
    return b"".join(raw[at : at + width][::-1] for at in range(0, len(raw), width))


class Recipe:
    """One array: element code, shape, layout, and the bytes behind it."""

    def __init__(self, rng, code, shape, layout=None):
        self.code, self.shape = code, tuple(shape)
        self.layout = layout or rng.choice(LAYOUTS)
        if code in "?bB" and self.layout in ("swapped", "unaligned") or not self.shape and self.layout != "swapped":
            self.layout = "C"
        n = 1
        for length in self.shape:
            n *= length
        self.raw = raw_values(rng, code, n)

    def build(self, module):
        """The array on this module; its memory is writable and its own unless read-only."""
        code, shape = self.code, self.shape
        if self.layout == "swapped":
            width = SIZES[code] // (2 if code in COMPLEX else 1)
            flat = module.frombuffer(bytearray(swapped_bytes(self.raw, width)), dtype=module.dtype(code).newbyteorder())
            return flat.reshape(shape)
        if self.layout == "unaligned":
            return module.frombuffer(bytearray(b"\0" + self.raw), dtype=code, offset=1).reshape(shape)
        if self.layout == "read-only":
            return module.frombuffer(self.raw, dtype=code).reshape(shape)
        flat = module.frombuffer(bytearray(self.raw), dtype=code)
        if self.layout in ("F", "transposed"):
            return flat.reshape(shape[::-1]).transpose()
        array = flat.reshape(shape)
        if self.layout == "every second":
            wide = module.zeros((*shape[:-1], 2 * shape[-1]), dtype=code)
            wide[..., ::2] = array
            return wide[..., ::2]
        if self.layout == "reversed":
            return array[..., ::-1]
        if self.layout == "broadcast" and shape[0] > 0:
            return module.broadcast_to(array[:1], shape)
        return array

    def __repr__(self):
        return f"<{self.code} {self.shape} {self.layout}>"


class Scalar:
    """A Python or NumPy scalar operand."""

    def __init__(self, rng):
        kind = rng.random()
        self.code = None
        if kind < 0.4:
            self.value = rng.choice([0, 1, -1, 2, 3, 7, 100, 255, 256, -129, 70000, 1 << 40, -(1 << 40)])
        elif kind < 0.65:
            self.value = rng.choice([0.0, 1.0, -1.5, 0.5, 1e10, float("inf"), float("nan"), 3.7])
        elif kind < 0.72:
            self.value = rng.choice([1j, 1 + 2j, -0.5j])
        elif kind < 0.8:
            self.value = rng.choice([True, False])
        else:
            self.code = rng.choice(ORDINARY)
            self.value = rng.randint(0, 9)

    def build(self, module):
        return self.value if self.code is None else module.dtype(self.code).type(self.value)

    def __repr__(self):
        return repr(self.value) if self.code is None else f"{self.code}({self.value})"


def shape(rng, max_ndim=3, allow_empty=True):
    ndim = rng.choice([0, 1, 1, 1, 2, 2, 3][: 4 + max_ndim])
    lengths = [1, 2, 3, 4, 5, 7] + ([0] if allow_empty else [])
    return tuple(rng.choice(lengths) for _ in range(min(ndim, max_ndim)))


def long_shape(rng):
    """Long enough for vector loops and their tails."""
    return (rng.choice([16, 17, 31, 33, 64, 100, 129, 200]),)


def broadcastable(rng, full):
    """A shape that broadcasts to (or, rarely, against) the given one."""
    if rng.random() < 0.04:
        return shape(rng)
    kept = full[rng.randint(0, len(full)) :] if rng.random() < 0.3 else full
    return tuple(1 if rng.random() < 0.2 else length for length in kept)
