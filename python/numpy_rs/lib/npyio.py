"""The class of open archives, as `numpy.lib.npyio`."""

from ._npz_impl import NpzFile
