"""The conversion between two DType classes, to be looked at and tried."""

from .._native import _casting_level, _convert_items, dtype


class _CastingImplementation:
    """One conversion: what it makes of given dtypes, and the conversion itself."""

    _supports_unaligned = True

    def __init__(self, from_class, to_class):
        self._classes = from_class, to_class

    def _resolve_descriptors(self, descriptors):
        """The casting level, the dtypes that will be used, and the offset of a view (None without one)."""
        given, wanted = descriptors
        if wanted is None:
            wanted = given if isinstance(given, self._classes[1]) else self._default(given)
        level = _casting_level(given, wanted)
        if level is None:
            raise TypeError(f"cannot cast from {given!r} to {wanted!r}")
        return level, (given, wanted), 0 if level & 63 == 0 else None

    def _default(self, given):
        made = dtype(self._classes[1])
        if made.itemsize == 0 and made.kind in "SUV":
            from .._native import promote_types
            return promote_types(given, made) if given.kind != "V" and made.kind != "V" else (
                dtype((made.type, given.itemsize)))
        return made

    def _simple_strided_call(self, arrays):
        """Converts the items of the first array into the second."""
        source, target = arrays
        if source.shape != target.shape:
            raise ValueError("arrays must have the same length")
        _convert_items(source, target)


def _get_castingimpl(from_class, to_class):
    """The conversion from one DType class to another."""
    return _CastingImplementation(from_class, to_class)
