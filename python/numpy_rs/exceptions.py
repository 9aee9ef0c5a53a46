"""Exceptions and warnings that NumPy code raises and catches by name."""

# A reload would make second classes, and `except` clauses that hold the first ones would miss.
if "_is_loaded" in globals():
    raise RuntimeError("Reloading numpy._globals is not allowed")
_is_loaded = True

__all__ = [
    "AxisError", "ComplexWarning", "DTypePromotionError", "ModuleDeprecationWarning",
    "TooHardError", "VisibleDeprecationWarning", "RankWarning",
]


class ComplexWarning(RuntimeWarning):
    """A complex value became real and lost its imaginary part."""


class ModuleDeprecationWarning(DeprecationWarning):
    """A whole module is deprecated (test runners may treat it apart)."""


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that end users see by default."""


class RankWarning(RuntimeWarning):
    """A least-squares problem has too low a rank to be well determined."""


class TooHardError(RuntimeError):
    """The work allowed for a question (such as memory overlap) was used up."""


class DTypePromotionError(TypeError):
    """Two dtypes have no common dtype."""


class AxisError(ValueError, IndexError):
    """An axis number does not fit the number of dimensions.

    Made from `(axis, ndim, msg_prefix=None)` or from one ready message.
    """

    __slots__ = ("_msg", "axis", "ndim")

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._msg, self.axis, self.ndim = axis, None, None
        else:
            self._msg, self.axis, self.ndim = msg_prefix, axis, ndim

    def __str__(self):
        if self.axis is None and self.ndim is None:
            return self._msg
        text = f"axis {self.axis} is out of bounds for array of dimension {self.ndim}"
        return text if self._msg is None else f"{self._msg}: {text}"
