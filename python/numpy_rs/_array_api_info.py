"""What the array API standard lets a program ask of a namespace."""

from ._native import (
    bool, complex64, complex128, dtype, float32, float64, int8, int16, int32, int64, intp, uint8,
    uint16, uint32, uint64)

_KINDS = {
    "bool": {"bool": bool},
    "signed integer": {"int8": int8, "int16": int16, "int32": int32, "int64": int64},
    "unsigned integer": {"uint8": uint8, "uint16": uint16, "uint32": uint32, "uint64": uint64},
    "real floating": {"float32": float32, "float64": float64},
    "complex floating": {"complex64": complex64, "complex128": complex128},
}
_GROUPS = {
    "integral": ("signed integer", "unsigned integer"),
    "numeric": ("signed integer", "unsigned integer", "real floating", "complex floating"),
}


def _check_device(device):
    if device not in ("cpu", None):
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')


class __array_namespace_info__:
    """The inspection interface of the standard: devices, dtypes and capabilities."""

    __module__ = "numpy"

    def capabilities(self):
        """What optional behaviour there is."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self):
        """The device of new arrays."""
        return "cpu"

    def default_dtypes(self, *, device=None):
        """The dtypes that are chosen where none is given."""
        _check_device(device)
        return {"real floating": dtype(float64), "complex floating": dtype(complex128),
                "integral": dtype(intp), "indexing": dtype(intp)}

    def dtypes(self, *, device=None, kind=None):
        """The dtypes of one kind, of several, or all, by name."""
        _check_device(device)
        if kind is None:
            kinds = tuple(_KINDS)
        elif isinstance(kind, tuple):
            found = {}
            for one in kind:
                found.update(self.dtypes(kind=one))
            return found
        elif kind in _KINDS:
            kinds = (kind,)
        elif kind in _GROUPS:
            kinds = _GROUPS[kind]
        else:
            raise ValueError(f"unsupported kind: {kind!r}")
        return {name: dtype(t) for one in kinds for name, t in _KINDS[one].items()}

    def devices(self):
        """All devices."""
        return ["cpu"]
