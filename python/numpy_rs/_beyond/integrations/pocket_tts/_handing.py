"""Arrays between the caller's NumPy and ours, without copies.

The package's own code may hold arrays of the real NumPy, and hands results to libraries that take no
others (`torch.from_numpy`).  Where the process has that NumPy, results are handed over as its arrays,
which share our memory; nothing is calculated there.
"""

import sys

from ...audio._samples import np


def foreign():
    """The other NumPy of this process, if it has one."""
    other = sys.modules.get("numpy")
    if other is None or getattr(other, "ndarray", np.ndarray) is np.ndarray:
        return None
    return other


def taken(value):
    """An array of the other NumPy as ours; anything else as it is."""
    other = foreign()
    if other is not None and isinstance(value, (other.ndarray, other.generic)):
        ours = np.asarray(value)
        return ours if isinstance(value, other.ndarray) else ours[()]
    return value


def handed(value):
    """Our arrays and scalars as the caller's."""
    other = foreign()
    if other is None or not isinstance(value, (np.ndarray, np.generic)):
        return value
    made = other.asarray(value)
    return made if isinstance(value, np.ndarray) else made[()]


def served(function):
    """A function that takes and gives the caller's arrays."""
    import functools

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        args = [_taken_deep(a) for a in args]
        kwargs = {name: _taken_deep(a) for name, a in kwargs.items()}
        return handed(function(*args, **kwargs))

    return wrapper


def _taken_deep(value):
    if type(value) in (list, tuple) and foreign() is not None:
        return type(value)(taken(item) for item in value)
    return taken(value)
