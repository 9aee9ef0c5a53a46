"""Reading and writing arrays: `load`, `save` and archives; what NumPy keeps in `numpy.lib._npyio_impl`."""

from ._npz_impl import BagObj, NpzFile, _savez, load, save, savez, savez_compressed, zipfile_factory

__all__ = ["load", "save", "savez", "savez_compressed"]

from .._core._unavailable import fromregex, genfromtxt, loadtxt, savetxt  # noqa: E402, F401
