"""The .npy format: a magic string, a header that is one literal, and the elements."""

import os
import pickle
import struct
import warnings

from ._header_literal import Reader

__all__ = []

EXPECTED_KEYS = {"descr", "fortran_order", "shape"}
MAGIC_PREFIX = b"\x93NUMPY"
MAGIC_LEN = len(MAGIC_PREFIX) + 2
ARRAY_ALIGN = 64
BUFFER_SIZE = 2**18
GROWTH_AXIS_MAX_DIGITS = 21
_MAX_HEADER_SIZE = 10000
_header_size_info = {
    (1, 0): ("<H", "latin1"),
    (2, 0): ("<I", "latin1"),
    (3, 0): ("<I", "utf8"),
}


def _np():
    from .. import _native

    return _native


def _check_version(version):
    if version not in [(1, 0), (2, 0), (3, 0), None]:
        raise ValueError(f"we only support format version (1,0), (2,0), and (3,0), not {version}")


def magic(major, minor):
    """The bytes with which a file of this format version begins."""
    if major < 0 or major > 255:
        raise ValueError("major version must be 0 <= major < 256")
    if minor < 0 or minor > 255:
        raise ValueError("minor version must be 0 <= minor < 256")
    return MAGIC_PREFIX + bytes([major, minor])


def read_magic(fp):
    """Reads the first bytes; returns the version (major, minor)."""
    found = _read_bytes(fp, MAGIC_LEN, "magic string")
    if found[:-2] != MAGIC_PREFIX:
        raise ValueError(
            f"the magic string is not correct; expected {MAGIC_PREFIX!r}, got {found[:-2]!r}")
    return found[-2], found[-1]


def drop_metadata(dtype, /):
    """The dtype without metadata anywhere; the same object where there is none."""
    new = _np().dtype
    if dtype.fields is not None:
        names, formats, offsets, titles = [], [], [], []
        changed = dtype.metadata is not None
        for name in dtype.names:
            field = dtype.fields[name]
            inner = drop_metadata(field[0])
            changed |= inner is not field[0]
            names.append(name)
            formats.append(inner)
            offsets.append(field[1])
            titles.append(field[2] if len(field) > 2 else None)
        if not changed:
            return dtype
        return new({"names": names, "formats": formats, "offsets": offsets, "titles": titles,
                    "itemsize": dtype.itemsize}, align=dtype.isalignedstruct)
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        inner = drop_metadata(base)
        if inner is base and dtype.metadata is None:
            return dtype
        return new((inner, shape))
    return dtype if dtype.metadata is None else new(dtype.str)


def dtype_to_descr(dtype):
    """What the header says of a dtype; `descr_to_dtype` turns it back."""
    plain = drop_metadata(dtype)
    if plain is not dtype:
        warnings.warn("metadata on a dtype is not saved to an npy/npz. Use another format (such as "
                      "pickle) to store it.", UserWarning, stacklevel=2)
        dtype = plain
    if dtype.names is not None:
        return dtype.descr
    if not type(dtype)._legacy:
        warnings.warn("Custom dtypes are saved as python objects using the pickle protocol. Loading "
                      "requires allow_pickle=True to be set.", UserWarning, stacklevel=2)
        return "|O"
    return dtype.str


def descr_to_dtype(descr):
    """The dtype of a header's description; unnamed fields are padding."""
    new = _np().dtype
    if isinstance(descr, str):
        return new(descr)
    if isinstance(descr, tuple):
        return new((descr_to_dtype(descr[0]), descr[1]))
    names, formats, offsets, titles = [], [], [], []
    offset = 0
    for field in descr:
        if len(field) == 2:
            name, inner = field[0], descr_to_dtype(field[1])
        else:
            name, inner = field[0], new((descr_to_dtype(field[1]), field[2]))
        padding = name == "" and inner.type is _np().void and inner.names is None
        if not padding:
            title, name = name if isinstance(name, tuple) else (None, name)
            titles.append(title)
            names.append(name)
            formats.append(inner)
            offsets.append(offset)
        offset += inner.itemsize
    return new({"names": names, "formats": formats, "titles": titles, "offsets": offsets,
                "itemsize": offset})


def header_data_from_array_1_0(array):
    """The header of an array as a dictionary."""
    return {
        "shape": array.shape,
        "fortran_order": bool(array.flags.f_contiguous and not array.flags.c_contiguous),
        "descr": dtype_to_descr(array.dtype),
    }


def _wrap_header(header, version):
    form, encoding = _header_size_info[version]
    data = header.encode(encoding)
    before = MAGIC_LEN + struct.calcsize(form) + len(data) + 1
    padding = -before % ARRAY_ALIGN
    try:
        start = magic(*version) + struct.pack(form, len(data) + 1 + padding)
    except struct.error:
        raise ValueError(f"Header length {len(data) + 1} too big for version={version}") from None
    return start + data + b" " * padding + b"\n"


def _wrap_header_guess_version(header):
    for version in ((1, 0), (2, 0)):
        try:
            data = _wrap_header(header, version)
        except ValueError:
            continue
        if version == (2, 0):
            warnings.warn("Stored array in format 2.0. It can only be read by NumPy >= 1.9",
                          UserWarning, stacklevel=2)
        return data
    data = _wrap_header(header, (3, 0))
    warnings.warn("Stored array in format 3.0. It can only be read by NumPy >= 1.17", UserWarning,
                  stacklevel=2)
    return data


def _write_array_header(fp, d, version=None):
    text = "{" + "".join(f"'{key}': {value!r}, " for key, value in sorted(d.items())) + "}"
    # Room for the first axis to grow in place.
    shape = d["shape"]
    axis = shape[-1 if d["fortran_order"] else 0] if len(shape) > 0 else None
    text += " " * (GROWTH_AXIS_MAX_DIGITS - len(repr(axis)) if axis is not None else 0)
    data = _wrap_header_guess_version(text) if version is None else _wrap_header(text, version)
    fp.write(data)


def write_array_header_1_0(fp, d):
    """Writes a header in format version 1.0."""
    _write_array_header(fp, d, (1, 0))


def write_array_header_2_0(fp, d):
    """Writes a header in format version 2.0."""
    _write_array_header(fp, d, (2, 0))


def read_array_header_1_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Reads a header of version 1.0 after its magic: (shape, fortran_order, dtype)."""
    return _read_array_header(fp, (1, 0), max_header_size)


def read_array_header_2_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Reads a header of version 2.0 after its magic: (shape, fortran_order, dtype)."""
    return _read_array_header(fp, (2, 0), max_header_size)


def _read_array_header(fp, version, max_header_size=_MAX_HEADER_SIZE):
    form_and_encoding = _header_size_info.get(version)
    if form_and_encoding is None:
        raise ValueError(f"Invalid version {version!r}")
    form, encoding = form_and_encoding
    length = struct.unpack(form, _read_bytes(fp, struct.calcsize(form), "array header length"))[0]
    header = _read_bytes(fp, length, "array header").decode(encoding)
    if len(header) > max_header_size:
        raise ValueError(
            f"Header info length ({len(header)}) is large and may not be safe to load securely.\n"
            "To allow loading, adjust `max_header_size` or fully trust the `.npy` file using "
            "`allow_pickle=True`.\nFor safety against large resource use or crashes, sandboxing "
            "may be necessary.")
    d = _literal(header, version)
    if not isinstance(d, dict):
        raise ValueError(f"Header is not a dictionary: {d!r}")
    if EXPECTED_KEYS != d.keys():
        raise ValueError(f"Header does not contain the correct keys: {sorted(d.keys())!r}")
    shape = d["shape"]
    if not isinstance(shape, tuple) or not all(isinstance(n, int) for n in shape):
        raise ValueError(f"shape is not valid: {shape!r}")
    if not isinstance(d["fortran_order"], bool):
        raise ValueError(f"fortran_order is not a valid bool: {d['fortran_order']!r}")
    try:
        dtype = descr_to_dtype(d["descr"])
    except TypeError as error:
        raise ValueError(f"descr is not a valid dtype descriptor: {d['descr']!r}") from error
    return shape, d["fortran_order"], dtype


def _literal(header, version):
    try:
        reader = Reader(header)
        value = reader.whole()
    except ValueError as error:
        raise ValueError(f"Cannot parse header: {header!r}") from error
    if reader.had_long:
        if version > (2, 0):
            raise ValueError(f"Cannot parse header: {header!r}")
        warnings.warn(
            "Reading `.npy` or `.npz` file required additional header parsing as it was created on "
            "Python 2. Save the file again to speed up loading and avoid this warning.",
            UserWarning, stacklevel=4)
    return value


def write_array(fp, array, version=None, allow_pickle=True, pickle_kwargs=None):
    """Writes an array, header included."""
    _check_version(version)
    _write_array_header(fp, header_data_from_array_1_0(array), version)
    if array.dtype.hasobject or not type(array.dtype)._legacy:
        if not allow_pickle:
            if array.dtype.hasobject:
                raise ValueError("Object arrays cannot be saved when allow_pickle=False")
            raise ValueError("User-defined dtypes cannot be saved when allow_pickle=False")
        pickle.dump(array, fp, protocol=4, **(pickle_kwargs or {}))
        return
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    if isfileobj(fp) and array.nbytes > 0:
        array = array.T if order == "F" else array
        whole = memoryview(array.ravel(order="C").view("u1"))
        # One call of `write` cannot be interrupted.
        for start in range(0, len(whole), BUFFER_SIZE):
            fp.write(whole[start:start + BUFFER_SIZE])
        return
    flat = array.T.ravel(order="C") if order == "F" else array.ravel(order="C")
    items = max(BUFFER_SIZE // max(array.itemsize, 1), 1)
    for start in range(0, flat.size, items):
        fp.write(flat[start:start + items].tobytes())


def read_array(fp, allow_pickle=False, pickle_kwargs=None, *, max_header_size=_MAX_HEADER_SIZE):
    """Reads an array, header included."""
    if allow_pickle:
        max_header_size = 2**64
    version = read_magic(fp)
    _check_version(version)
    shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size)
    count = 1
    for length in shape:
        count *= length
    if dtype.hasobject:
        if not allow_pickle:
            raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
        try:
            array = pickle.load(fp, **(pickle_kwargs or {}))
        except UnicodeError as error:
            raise UnicodeError(f"Unpickling a python object failed: {error!r}\nYou may need to pass "
                               "the encoding= option to numpy.load") from error
        return array.reshape(shape)
    np = _np()
    # The layout is checked before any memory is asked for: a header may promise anything.
    if len(shape) > 64 or any(n < 0 for n in shape) or count * dtype.itemsize >= 2**63:
        np.empty(shape, dtype)
    array = np.empty(count, dtype)
    if dtype.itemsize > 0:
        _read_into(fp, array, count, dtype)
    if fortran_order:
        return array.reshape(shape[::-1]).transpose()
    return array.reshape(shape)


def _read_into(fp, array, count, dtype):
    """Fills the elements piece by piece, so that a short file fails before it costs memory."""
    np = _np()
    items = max(BUFFER_SIZE // max(dtype.itemsize, 1), 1)
    if isfileobj(fp):
        items = max(items, (1 << 24) // dtype.itemsize)
    for start in range(0, count, items):
        n = min(items, count - start)
        data = _read_bytes(fp, n * dtype.itemsize, "array data", total=count * dtype.itemsize,
                           before=start * dtype.itemsize)
        array[start:start + n] = np.frombuffer(data, dtype=dtype, count=n)


def open_memmap(filename, mode="r+", dtype=None, shape=None, fortran_order=False, version=None, *,
                max_header_size=_MAX_HEADER_SIZE):
    """A .npy file as an array whose elements stay in the file."""
    from .._core.memmap import memmap

    if isfileobj(filename):
        raise ValueError("Filename must be a string or a path-like object.  Memmap cannot use "
                         "existing file handles.")
    if "w" in mode:
        _check_version(version)
        dtype = _np().dtype(dtype)
        if dtype.hasobject:
            raise ValueError("Array can't be memory-mapped: Python objects in dtype.")
        header = {"descr": dtype_to_descr(dtype), "fortran_order": fortran_order, "shape": shape}
        with open(os.fspath(filename), mode + "b") as fp:
            _write_array_header(fp, header, version)
            offset = fp.tell()
    else:
        with open(os.fspath(filename), "rb") as fp:
            version = read_magic(fp)
            _check_version(version)
            shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size)
            if dtype.hasobject:
                raise ValueError("Array can't be memory-mapped: Python objects in dtype.")
            offset = fp.tell()
    return memmap(filename, dtype=dtype, shape=shape, order="F" if fortran_order else "C",
                  mode="r+" if mode == "w+" else mode, offset=offset)


def _read_bytes(fp, size, error_template="ran out of data", total=None, before=0):
    """Exactly so many bytes; reads on where the source gives them in parts."""
    parts, left = [], size
    while left > 0:
        # A hostile size is never asked for at once: what is not there is not allocated.
        part = fp.read(min(left, 1 << 24))
        if not part:
            wanted = size if total is None else total
            raise ValueError(f"EOF: reading {error_template}, expected {wanted} bytes got "
                             f"{before + size - left}")
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def isfileobj(f):
    """Whether this is a file of the operating system, not something that only reads like one."""
    import io

    if not isinstance(f, (io.FileIO, io.BufferedReader, io.BufferedWriter)):
        return False
    try:
        f.fileno()
    except OSError:
        return False
    return True
