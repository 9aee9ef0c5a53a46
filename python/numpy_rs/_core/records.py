"""Record arrays: structured arrays whose fields can be read as attributes."""

import os

from .. import _native as _n
from .._globals import ROOT
from .._utils import rename_module as _rename
from .arrayprint import _get_legacy_print_mode
from .numerictypes import sctypes as _sctypes  # noqa: F401

__all__ = ["array", "find_duplicate", "format_parser", "fromarrays", "fromfile", "fromrecords",
           "fromstring", "recarray", "record"]

_ORDERS = {"b": ">", "l": "<", "n": "=", "B": ">", "L": "<", "N": "=", "S": "s", "s": "s", ">": ">",
           "<": "<", "=": "=", "|": "|", "I": "|", "i": "|"}


def find_duplicate(list):
    """The items that occur more than once."""
    counts = {}
    for item in list:
        counts[item] = counts.get(item, 0) + 1
    return [item for item, n in counts.items() if n > 1]


class format_parser:
    """A structured dtype from formats, names and titles, each a list or a comma-separated string."""

    def __init__(self, formats, names, titles, aligned=False, byteorder=None):
        self._formats(formats, aligned)
        self._names_and_titles(names, titles)
        self.dtype = _n.dtype({"names": self._names, "formats": self._f_formats, "offsets": self._offsets,
                               "titles": self._titles})
        if byteorder is not None:
            self.dtype = self.dtype.newbyteorder(_ORDERS[byteorder[0]])

    def _formats(self, formats, aligned):
        if formats is None:
            raise ValueError("Need formats argument")
        if isinstance(formats, list):
            dtype = _n.dtype([(f"f{i}", f) for i, f in enumerate(formats)], aligned)
        else:
            dtype = _n.dtype(formats, aligned)
        fields = dtype.fields
        if fields is None:
            dtype = _n.dtype([("f1", dtype)], aligned)
            fields = dtype.fields
        self._f_formats = [fields[key][0] for key in dtype.names]
        self._offsets = [fields[key][1] for key in dtype.names]
        self._nfields = len(dtype.names)

    def _names_and_titles(self, names, titles):
        if names:
            if isinstance(names, str):
                names = names.split(",")
            elif not isinstance(names, (list, tuple)):
                raise NameError(f"illegal input names {names!r}")
            self._names = [n.strip() for n in names[:self._nfields]]
        else:
            self._names = []
        self._names += [f"f{i}" for i in range(len(self._names), self._nfields)]
        repeated = find_duplicate(self._names)
        if repeated:
            raise ValueError(f"Duplicate field names: {repeated}")
        self._titles = [n.strip() for n in titles[:self._nfields]] if titles else []
        self._titles += [None] * (self._nfields - len(self._titles))


class record(_n.void):
    """One element of a record array."""

    def __repr__(self):
        if _get_legacy_print_mode() <= 113:
            return self.__str__()
        return super().__repr__()

    def __str__(self):
        if _get_legacy_print_mode() <= 113:
            return str(self.item())
        return super().__str__()

    def __getattribute__(self, attr):
        if attr in ("setfield", "getfield", "dtype"):
            return _n.void.__getattribute__(self, attr)
        try:
            return _n.void.__getattribute__(self, attr)
        except AttributeError:
            pass
        found = _n.void.__getattribute__(self, "dtype").fields.get(attr)
        if not found:
            raise AttributeError(f"'record' object has no attribute '{attr}'")
        value = self.getfield(*found[:2])
        try:
            dtype = value.dtype
        except AttributeError:
            return value
        if dtype.names is not None:
            return value.view((self.__class__, value.dtype))
        return value

    def __setattr__(self, attr, val):
        if attr in ("setfield", "getfield", "dtype"):
            raise AttributeError(f"Cannot set '{attr}' attribute")
        found = _n.void.__getattribute__(self, "dtype").fields.get(attr)
        if found:
            return self.setfield(val, *found[:2])
        if getattr(self, attr, None):
            return _n.void.__setattr__(self, attr, val)
        raise AttributeError(f"'record' object has no attribute '{attr}'")

    def __getitem__(self, indx):
        value = _n.void.__getitem__(self, indx)
        if isinstance(value, _n.void) and value.dtype.names is not None:
            return value.view((self.__class__, value.dtype))
        return value

    def pprint(self):
        """The fields, one line each."""
        names = self.dtype.names
        width = max(len(name) for name in names)
        return "\n".join(f"{name:>{width}}: {getattr(self, name)}" for name in names)


class recarray(_n.ndarray):
    """An array of records."""

    # A view of another dtype has it from the start; `__array_finalize__` makes its items records.
    _set_dtype = None

    def __new__(subtype, shape, dtype=None, buf=None, offset=0, strides=None, formats=None, names=None,
                titles=None, byteorder=None, aligned=False, order="C"):
        if dtype is not None:
            descr = _n.dtype(dtype)
        else:
            descr = format_parser(formats, names, titles, aligned, byteorder).dtype
        if buf is None:
            return _n.ndarray.__new__(subtype, shape, (record, descr), order=order)
        return _n.ndarray.__new__(subtype, shape, (record, descr), buffer=buf, offset=offset,
                                  strides=strides, order=order)

    def __array_finalize__(self, obj):
        if self.dtype.type is not record and self.dtype.names is not None:
            _n.ndarray._set_dtype(self, _n.dtype((record, self.dtype)))

    def __getattribute__(self, attr):
        try:
            return object.__getattribute__(self, attr)
        except AttributeError:
            pass
        fields = _n.ndarray.__getattribute__(self, "dtype").fields
        try:
            found = fields[attr][:2]
        except (TypeError, KeyError) as error:
            raise AttributeError(f"recarray has no attribute {attr}") from error
        value = self.getfield(*found)
        if value.dtype.names is not None:
            if issubclass(value.dtype.type, _n.void):
                return value.view(dtype=(self.dtype.type, value.dtype))
            return value
        return value.view(_n.ndarray)

    def __setattr__(self, attr, val):
        if attr == "dtype" and issubclass(val.type if isinstance(val, _n.dtype) else _n.dtype(val).type,
                                          _n.void):
            val = val if isinstance(val, _n.dtype) else _n.dtype(val)
            if val.names is not None:
                val = _n.dtype((record, val))
        is_new = attr not in self.__dict__
        try:
            result = object.__setattr__(self, attr, val)
        except Exception:
            fields = _n.ndarray.__getattribute__(self, "dtype").fields or {}
            if attr not in fields:
                raise
        else:
            fields = _n.ndarray.__getattribute__(self, "dtype").fields or {}
            if attr not in fields:
                return result
            if is_new:
                try:
                    object.__delattr__(self, attr)
                except Exception:
                    return result
        try:
            found = fields[attr][:2]
        except (TypeError, KeyError) as error:
            raise AttributeError(f"record array has no attribute {attr}") from error
        return self.setfield(val, *found)

    def __getitem__(self, indx):
        value = super().__getitem__(indx)
        if isinstance(value, _n.ndarray):
            if value.dtype.names is not None:
                value = value.view(type(self))
                if issubclass(value.dtype.type, _n.void):
                    return value.view(dtype=(self.dtype.type, value.dtype))
                return value
            return value.view(type=_n.ndarray)
        return value

    def __repr__(self):
        shown = self.dtype
        if self.dtype.type is record or not issubclass(self.dtype.type, _n.void):
            if self.dtype.type is record:
                shown = _n.dtype((_n.void, self.dtype))
            prefix, form = "rec.array(", "%s,\n%sdtype=%s)"
        else:
            prefix, form = "array(", "%s,\n%sdtype=%s).view(numpy.recarray)"
        if self.size > 0 or self.shape == (0,):
            text = _n.array2string(self, separator=", ", prefix=prefix, suffix=",")
        else:
            text = f"[], shape={self.shape!r}"
        if _get_legacy_print_mode() <= 113:
            shown = repr(shown)
        return prefix + form % (text, " " * len(prefix), shown)

    def field(self, attr, val=None):
        """A field by name or number; with `val`, set it."""
        if isinstance(attr, int):
            attr = _n.ndarray.__getattribute__(self, "dtype").names[attr]
        found = _n.ndarray.__getattribute__(self, "dtype").fields[attr][:2]
        if val is not None:
            return self.setfield(val, *found)
        value = self.getfield(*found)
        return value if value.dtype.names is not None else value.view(_n.ndarray)


def _shape_or_none(shape):
    if shape == 0:
        return None
    return shape


def fromarrays(arrayList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False,
               byteorder=None):
    """A record array with one field for each array."""
    arrays = [_n.asarray(x) for x in arrayList]
    shape = _shape_or_none(shape)
    if shape is None:
        shape = arrays[0].shape
    elif isinstance(shape, int):
        shape = (shape,)
    if formats is None and dtype is None:
        formats = [x.dtype for x in arrays]
    descr = _n.dtype(dtype) if dtype is not None else format_parser(
        formats, names, titles, aligned, byteorder).dtype
    fields = descr.names
    if len(descr) != len(arrays):
        raise ValueError("mismatch between the number of fields and the number of arrays")
    lead = len(descr[0].shape)
    if lead:
        shape = shape[:-lead]
    made = recarray(shape, descr)
    for k, x in enumerate(arrays):
        own = descr[k].ndim
        part = x.shape[:x.ndim - own]
        if part != shape:
            raise ValueError(f'array-shape mismatch in array {k} ("{fields[k]}")')
        made[fields[k]] = x
    return made


def fromrecords(recList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False,
                byteorder=None):
    """A record array from a list of records."""
    if formats is None and dtype is None:
        whole = _n.array(recList, dtype=object)
        columns = [_n.array(whole[..., i].tolist()) for i in range(whole.shape[-1])]
        return fromarrays(columns, formats=formats, shape=shape, names=names, titles=titles,
                          aligned=aligned, byteorder=byteorder)
    descr = _n.dtype((record, dtype)) if dtype is not None else format_parser(
        formats, names, titles, aligned, byteorder).dtype
    try:
        made = _n.array(recList, dtype=descr)
    except (TypeError, ValueError):
        shape = _shape_or_none(shape)
        if shape is None:
            shape = len(recList)
        if isinstance(shape, int):
            shape = (shape,)
        if len(shape) > 1:
            raise ValueError("Can only deal with 1-d array.") from None
        made = recarray(shape, descr)
        for k in range(made.size):
            made[k] = tuple(recList[k])
        import warnings

        warnings.warn(
            "fromrecords expected a list of tuples, may have received a list of lists instead. In the "
            "future that will raise an error", FutureWarning, stacklevel=2)
        return made
    if shape is not None and made.shape != shape:
        made.shape = shape
    return made.view(recarray)


def _refuse_references(descr):
    if descr.hasobject:
        raise ValueError("Arrays containing references are not supported")


def fromstring(datastring, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None,
               aligned=False, byteorder=None):
    """A record array on the bytes of a buffer."""
    if dtype is None and formats is None:
        raise TypeError("fromstring() needs a 'dtype' or 'formats' argument")
    descr = _n.dtype(dtype) if dtype is not None else format_parser(
        formats, names, titles, aligned, byteorder).dtype
    _refuse_references(descr)
    shape = _shape_or_none(shape)
    if shape in (None, -1):
        shape = (len(datastring) - offset) // descr.itemsize
    return recarray(shape, descr, buf=datastring, offset=offset)


def get_remaining_size(fd):
    position = fd.tell()
    try:
        fd.seek(0, 2)
        return fd.tell() - position
    finally:
        fd.seek(position, 0)


def fromfile(fd, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, aligned=False,
             byteorder=None):
    """A record array read from a binary file."""
    from contextlib import nullcontext

    if dtype is None and formats is None:
        raise TypeError("fromfile() needs a 'dtype' or 'formats' argument")
    shape = _shape_or_none(shape)
    if shape is None:
        shape = (-1,)
    elif isinstance(shape, int):
        shape = (shape,)
    context = nullcontext(fd) if hasattr(fd, "readinto") else open(os.fspath(fd), "rb")
    with context as file:
        if offset > 0:
            file.seek(offset, 1)
        size = get_remaining_size(file)
        descr = _n.dtype(dtype) if dtype is not None else format_parser(
            formats, names, titles, aligned, byteorder).dtype
        _refuse_references(descr)
        shape_size = 1
        for n in shape:
            shape_size *= int(n)
        nbytes = shape_size * descr.itemsize
        if nbytes < 0:
            shape = list(shape)
            shape[shape.index(-1)] = size // -nbytes
            shape = tuple(shape)
            nbytes = descr.itemsize
            for n in shape:
                nbytes *= n
        if nbytes > size:
            raise ValueError("Not enough bytes left in file for specified shape and type.")
        made = recarray(shape, descr)
        if file.readinto(made.data) != nbytes:
            raise OSError("Didn't read as many bytes as expected")
    return made


def array(obj, dtype=None, shape=None, offset=0, strides=None, formats=None, names=None, titles=None,
          aligned=False, byteorder=None, copy=True):
    """A record array from almost anything."""
    if (isinstance(obj, (type(None), str)) or hasattr(obj, "readinto")) and formats is None and dtype is None:
        raise ValueError("Must define formats (or dtype) if object is None, string, or an open file")
    options = {}
    if dtype is not None:
        dtype = _n.dtype(dtype)
    elif formats is not None:
        dtype = format_parser(formats, names, titles, aligned, byteorder).dtype
    else:
        options = {"formats": formats, "names": names, "titles": titles, "aligned": aligned,
                   "byteorder": byteorder}
    if obj is None:
        if shape is None:
            raise ValueError("Must define a shape if obj is None")
        return recarray(shape, dtype, buf=obj, offset=offset, strides=strides)
    if isinstance(obj, bytes):
        return fromstring(obj, dtype, shape=shape, offset=offset, **options)
    if isinstance(obj, (list, tuple)):
        if isinstance(obj[0], (tuple, list)):
            return fromrecords(obj, dtype=dtype, shape=shape, **options)
        return fromarrays(obj, dtype=dtype, shape=shape, **options)
    if isinstance(obj, recarray):
        new = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        return new.copy() if copy else new
    if hasattr(obj, "readinto"):
        return fromfile(obj, dtype=dtype, shape=shape, offset=offset)
    if isinstance(obj, _n.ndarray):
        new = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        if copy:
            new = new.copy()
        return new.view(recarray)
    interface = getattr(obj, "__array_interface__", None)
    if interface is None or not isinstance(interface, dict):
        raise ValueError("Unknown input type")
    obj = _n.array(obj)
    if dtype is not None and obj.dtype != dtype:
        obj = obj.view(dtype)
    return obj.view(recarray)


for _public in (find_duplicate, format_parser, fromarrays, fromrecords, fromstring, fromfile, array,
                recarray):
    _rename(_public, "rec")
record.__module__ = ROOT
