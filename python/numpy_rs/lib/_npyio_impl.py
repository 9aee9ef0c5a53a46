"""Reading and writing arrays: `load`, `save` and archives; what NumPy keeps in `numpy.lib._npyio_impl`."""

from ._npz_impl import BagObj, NpzFile, _savez, load, save, savez, savez_compressed, zipfile_factory

__all__ = ["load", "loadtxt", "save", "savetxt", "savez", "savez_compressed"]

from .._core._unavailable import fromregex, genfromtxt  # noqa: E402, F401
from ._loadtxt import loadtxt  # noqa: E402
from ._savetxt import savetxt  # noqa: E402
