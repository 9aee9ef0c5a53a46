"""Exceptions of ufuncs and of allocation; their text is made when it is asked for."""

_KIND = {0: "no", 1: "equiv", 2: "safe", 3: "same_kind", 4: "unsafe"}


def _unwrap(items):
    items = tuple(items)
    return items[0] if len(items) == 1 else items


def _display_as_base(cls):
    """Let a private exception class show the name of its public base in tracebacks."""
    base = cls.__base__
    cls.__name__ = base.__name__
    return cls


class UFuncTypeError(TypeError):
    """The types of the operands do not suit the ufunc."""

    def __init__(self, ufunc):
        self.ufunc = ufunc


@_display_as_base
class _UFuncNoLoopError(UFuncTypeError):
    """No loop takes these types."""

    def __init__(self, ufunc, dtypes):
        super().__init__(ufunc)
        self.dtypes = tuple(dtypes)

    def __str__(self):
        shown = tuple(self.dtypes)
        n = self.ufunc.nin
        return (f"ufunc {self.ufunc.__name__!r} did not contain a loop with signature matching types "
                f"{_unwrap(shown[:n])!r} -> {_unwrap(shown[n:])!r}")


@_display_as_base
class _UFuncBinaryResolutionError(_UFuncNoLoopError):
    """A binary operation has no resolution for these two types."""

    def __init__(self, ufunc, dtypes):
        super().__init__(ufunc, dtypes)
        if len(self.dtypes) != 2:
            raise AssertionError("a binary resolution error has two dtypes")

    def __str__(self):
        return (f"ufunc {self.ufunc.__name__!r} cannot use operands with types "
                f"{self.dtypes[0]!r} and {self.dtypes[1]!r}")


@_display_as_base
class _UFuncCastingError(UFuncTypeError):
    def __init__(self, ufunc, casting, from_, to):
        super().__init__(ufunc)
        self.casting = casting
        self.from_ = from_
        self.to = to

    def _text(self, what, count):
        which = f"{what} {self._index} " if count != 1 else f"{what} "
        casting = _KIND.get(self.casting, self.casting)
        return (f"Cannot cast ufunc {self.ufunc.__name__!r} {which}from {self.from_!r} to {self.to!r} "
                f"with casting rule {casting!r}")


@_display_as_base
class _UFuncInputCastingError(_UFuncCastingError):
    """An input cannot be cast to what the loop takes."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self._index = self.in_i = i

    def __str__(self):
        return self._text("input", self.ufunc.nin)


@_display_as_base
class _UFuncOutputCastingError(_UFuncCastingError):
    """The loop's result cannot be cast to the output."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self._index = self.out_i = i

    def __str__(self):
        return self._text("output", self.ufunc.nout)


@_display_as_base
class _ArrayMemoryError(MemoryError):
    """An array cannot be allocated."""

    def __init__(self, shape, dtype):
        self.shape = shape
        self.dtype = dtype

    @property
    def _total_size(self):
        size = self.dtype.itemsize
        for length in self.shape:
            size *= length
        return size

    @staticmethod
    def _size_to_string(num_bytes):
        """A size in binary units, with three digits; sizes round up to the next unit at 999.5."""
        units = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
        step = 0
        value = float(num_bytes)
        while step < len(units) - 1 and (value >= 1024 or (step and round(value) >= 1024)):
            value /= 1024
            step += 1
        if step and step < len(units) - 1 and round(value) == 1024:
            value /= 1024
            step += 1
        if step == 0:
            return f"{value:.0f} bytes"
        return f"{value:#.3g} {units[step]}" if value < 1000 else f"{value:.0f}. {units[step]}"

    def __str__(self):
        return (f"Unable to allocate {self._size_to_string(self._total_size)} for an array with shape "
                f"{self.shape} and data type {self.dtype}")
