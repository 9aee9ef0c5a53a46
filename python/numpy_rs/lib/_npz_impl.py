"""Archives of arrays: .npz files are zip files of .npy files."""

import os
import pickle
from collections.abc import Mapping

from .._utils import set_module
from . import _format_impl as format


def _is_path(file):
    return not hasattr(file, "read") and not hasattr(file, "write")


class BagObj:
    """Attributes that are the items of another object."""

    def __init__(self, obj):
        import weakref

        self._obj = weakref.proxy(obj)

    def __getattribute__(self, key):
        try:
            return object.__getattribute__(self, "_obj")[key]
        except KeyError:
            raise AttributeError(key) from None

    def __dir__(self):
        return list(object.__getattribute__(self, "_obj").keys())


def zipfile_factory(file, *args, **kwargs):
    """A zip file that may pass four gigabytes."""
    import zipfile

    if _is_path(file):
        file = os.fspath(file)
    kwargs["allowZip64"] = True
    return zipfile.ZipFile(file, *args, **kwargs)


@set_module("numpy.lib.npyio")
class NpzFile(Mapping):
    """The arrays of an open archive by name; each is read when it is asked for."""

    zip = None
    fid = None
    _MAX_REPR_ARRAY_COUNT = 5

    def __init__(self, fid, own_fid=False, allow_pickle=False, pickle_kwargs=None, *,
                 max_header_size=format._MAX_HEADER_SIZE):
        archive = zipfile_factory(fid)
        names = archive.namelist()
        self.files = [name.removesuffix(".npy") for name in names]
        self._files = dict(zip(self.files, names))
        self._files.update(zip(names, names))
        self.allow_pickle = allow_pickle
        self.max_header_size = max_header_size
        self.pickle_kwargs = pickle_kwargs
        self.zip = archive
        self.f = BagObj(self)
        if own_fid:
            self.fid = fid

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close()

    def close(self):
        """Closes the archive, and the file if it was opened for it."""
        if self.zip is not None:
            self.zip.close()
            self.zip = None
        if self.fid is not None:
            self.fid.close()
            self.fid = None
        self.f = None

    def __del__(self):
        self.close()

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def __getitem__(self, key):
        try:
            name = self._files[key]
        except KeyError:
            raise KeyError(f"{key} is not a file in the archive") from None
        with self.zip.open(name) as member:
            start = member.read(len(format.MAGIC_PREFIX))
            member.seek(0)
            if start != format.MAGIC_PREFIX:
                return member.read()
            return format.read_array(member, allow_pickle=self.allow_pickle,
                                     pickle_kwargs=self.pickle_kwargs,
                                     max_header_size=self.max_header_size)

    def __contains__(self, key):
        return key in self._files

    def __repr__(self):
        name = self.fid if isinstance(self.fid, str) else getattr(self.fid, "name", "object")
        shown = ", ".join(self.files[:self._MAX_REPR_ARRAY_COUNT])
        if len(self.files) > self._MAX_REPR_ARRAY_COUNT:
            shown += "..."
        return f"NpzFile {name!r} with keys: {shown}"

    def get(self, key, default=None, /):
        """The array of this name, or the default."""
        return Mapping.get(self, key, default)

    def items(self):
        """Names and arrays."""
        return Mapping.items(self)

    def keys(self):
        """Names."""
        return Mapping.keys(self)

    def values(self):
        """Arrays."""
        return Mapping.values(self)


@set_module("numpy")
def load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding="ASCII", *,
         max_header_size=format._MAX_HEADER_SIZE):
    """The array of a .npy file, or the open archive of a .npz file.

    Pickled objects run code when they are loaded, so `allow_pickle` must ask for them.
    """
    if encoding not in ("ASCII", "latin1", "bytes"):
        raise ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'")
    pickle_kwargs = {"encoding": encoding, "fix_imports": fix_imports}
    own_fid = _is_path(file)
    fid = open(os.fspath(file), "rb") if own_fid else file
    keep_open = False
    try:
        start = fid.read(len(format.MAGIC_PREFIX))
        if not start:
            raise EOFError("No data left in file")
        fid.seek(-min(len(format.MAGIC_PREFIX), len(start)), 1)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            keep_open = True
            try:
                return NpzFile(fid, own_fid=own_fid, allow_pickle=allow_pickle,
                               pickle_kwargs=pickle_kwargs, max_header_size=max_header_size)
            except BaseException:
                keep_open = False
                raise
        if start == format.MAGIC_PREFIX:
            if mmap_mode:
                if allow_pickle:
                    max_header_size = 2**64
                return format.open_memmap(file, mode=mmap_mode, max_header_size=max_header_size)
            return format.read_array(fid, allow_pickle=allow_pickle, pickle_kwargs=pickle_kwargs,
                                     max_header_size=max_header_size)
        if not allow_pickle:
            raise ValueError(
                "This file contains pickled (object) data. If you trust the file you can load it "
                "unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.")
        try:
            return pickle.load(fid, **pickle_kwargs)
        except Exception as error:
            raise pickle.UnpicklingError(f"Failed to interpret file {file!r} as a pickle") from error
    finally:
        if own_fid and not keep_open:
            fid.close()


@set_module("numpy")
def save(file, arr, allow_pickle=True):
    """Writes one array to a .npy file; a name without that ending gets it."""
    from .. import _native

    own_fid = _is_path(file)
    if own_fid:
        file = os.fspath(file)
        if not file.endswith(".npy"):
            file += ".npy"
    arr = _native.asanyarray(arr)
    fid = open(file, "wb") if own_fid else file
    try:
        format.write_array(fid, arr, allow_pickle=allow_pickle, pickle_kwargs={"fix_imports": True})
    finally:
        if own_fid:
            fid.close()


@set_module("numpy")
def savez(file, *args, allow_pickle=True, **kwds):
    """Writes arrays to a .npz archive: positional ones as arr_0, arr_1…, the others by name."""
    _savez(file, args, kwds, False, allow_pickle)


@set_module("numpy")
def savez_compressed(file, *args, allow_pickle=True, **kwds):
    """As `savez`, compressed."""
    _savez(file, args, kwds, True, allow_pickle)


def _savez(file, args, kwds, compress, allow_pickle=True, pickle_kwargs=None):
    import zipfile

    from .. import _native

    if _is_path(file):
        file = os.fspath(file)
        if not file.endswith(".npz"):
            file += ".npz"
    named = dict(kwds)
    for i, value in enumerate(args):
        key = f"arr_{i}"
        if key in named:
            raise ValueError(f"Cannot use un-named variables and keyword {key}")
        named[key] = value
    compression = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile_factory(file, mode="w", compression=compression) as archive:
        for key, value in named.items():
            value = _native.asanyarray(value)
            # A member may pass two gigabytes, and its size is not known before it is written.
            with archive.open(key + ".npy", "w", force_zip64=True) as member:
                format.write_array(member, value, allow_pickle=allow_pickle,
                                   pickle_kwargs=pickle_kwargs)
