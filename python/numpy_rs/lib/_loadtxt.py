"""`loadtxt`: a table of text as an array."""

import contextlib
import itertools
import operator
import os
import re
import warnings

from .._core import numeric as np
from .._core.getlimits import iinfo
from .._core.overrides import from_like
from .._utils import rename_module
from ._opening import open_text
from ._text_rows import Cutter

__all__ = ["loadtxt"]

_FLOAT = re.compile(r"\s*[+-]?(?:inf(?:inity)?|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)\s*", re.IGNORECASE)
_INTEGER = re.compile(r"\s*[+-]?[0-9]+\s*")


def _float(text):
    # Python takes underscores and the digits of all scripts too.
    if "_" in text or not text.isascii():
        raise ValueError
    return float(text)


def _long_double(text):
    if _FLOAT.fullmatch(text) is None:
        raise ValueError
    return np.longdouble(text.strip())


def _complex(text):
    text = text.strip().replace("i", "j") if "inf" not in text.lower() else text.strip()
    if "_" in text or " " in text:
        raise ValueError
    return complex(text)


def _boolean(text):
    if _INTEGER.fullmatch(text) is None:
        raise ValueError
    return int(text) != 0


def _integer(dtype):
    bounds = iinfo(dtype)
    low, high = int(bounds.min), int(bounds.max)

    def value(text):
        if _INTEGER.fullmatch(text) is None:
            raise ValueError
        number = int(text)
        if not low <= number <= high:
            raise ValueError
        return number

    return value


def _reader(dtype):
    """What makes an item of a dtype out of a field."""
    kind = dtype.kind
    if kind == "f":
        return _long_double if dtype.char == "g" else _float
    if kind in "iu":
        return _integer(dtype)
    if kind == "c":
        return _complex
    if kind == "b":
        return _boolean
    if kind == "S":
        return lambda text: text.encode("latin1")
    if kind in "UO":
        return lambda text: text
    if kind in "mM":
        return lambda text: np.array([text], dtype=dtype)[0]

    def refuse(text):
        raise ValueError
    return refuse


def _flat(dtype):
    """The simple dtypes that an item is made of, one for each column."""
    if dtype.names is not None:
        for name in dtype.names:
            yield from _flat(dtype.fields[name][0])
    elif dtype.subdtype is not None:
        base, shape = dtype.subdtype
        count = 1
        for n in shape:
            count *= n
        parts = list(_flat(base))
        for _ in range(count):
            yield from parts
    else:
        yield dtype


def _nested(dtype, values):
    """An item of a dtype out of the values of its columns."""
    if dtype.names is not None:
        return tuple(_nested(dtype.fields[name][0], values) for name in dtype.names)
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype

        def level(shape):
            if not shape:
                return _nested(base, values)
            return [level(shape[1:]) for _ in range(shape[0])]
        return level(shape)
    return next(values)


def _columns(usecols):
    if usecols is None:
        return None
    try:
        given = list(usecols)
    except TypeError:
        given = [usecols]
    try:
        return [operator.index(column) for column in given]
    except TypeError:
        wrong = next(type(c).__name__ for c in given if not hasattr(c, "__index__"))
        raise TypeError("usecols must be an int or a sequence of ints but it contains at least one element of type "
                        f"'{wrong}'") from None


def _converters(converters, count, columns, as_bytes):
    """The functions for the columns of the array, by position, of those that have one."""
    if converters is None:
        return {}

    def adapted(function):
        return (lambda text: function(text.encode("latin1"))) if as_bytes else function

    if callable(converters):
        return dict.fromkeys(range(count), adapted(converters))
    found = {}
    for key, function in converters.items():
        place = key
        if columns is not None:
            try:
                place = columns.index(key)
            except ValueError:
                continue
        elif not -count <= key < count:
            raise ValueError(
                f"converter specified for column {key}, which is invalid for the number of fields {count}.")
        found[place % count] = adapted(function)
    return found


def _check_converters(converters):
    if converters is None or callable(converters):
        return
    if not isinstance(converters, dict):
        raise TypeError("converters must be a dictionary mapping columns to converter functions or a single callable.")
    for key, function in converters.items():
        if not hasattr(key, "__index__"):
            raise TypeError(f"keys of the converters dictionary must be integers; got {key!r}")
        if not callable(function):
            raise TypeError("values of the converters dictionary must be callable, but the value associated with key "
                            f"{key!r} is not")


def _count(value, default):
    """A number of lines."""
    if value is None:
        return default
    if not hasattr(value, "__index__"):
        raise TypeError("argument must be an integer")
    value = operator.index(value)
    if value < 0:
        raise ValueError("argument must be nonnegative")
    return value


@contextlib.contextmanager
def _lines(fname, encoding):
    """The lines of what was given, as text."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        with open_text(fname, "rt", encoding=encoding) as stream:
            yield stream
        return
    try:
        lines = iter(fname)
    except TypeError:
        raise ValueError("fname must be a string, filehandle, list of strings,\n"
                         f"or generator. Got {type(fname)} instead.") from None
    encoding = encoding or getattr(fname, "encoding", None) or "latin1"
    yield (line.decode(encoding) if isinstance(line, bytes) else line for line in lines)


def loadtxt(fname, dtype=float, comments="#", delimiter=None, converters=None, skiprows=0, usecols=None,
            unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None):
    """Read a table: a row for each line that is not empty, a column for each field.

    `fname` is a path (also of a compressed file), an open file, or lines. Fields are cut at `delimiter`, by default
    at whitespace; `quotechar` keeps fields together. A structured dtype takes a column for each of its fields.
    Text that does not fit raises `ValueError` with its row and column.
    """
    options = {"dtype": dtype, "comments": comments, "delimiter": delimiter, "converters": converters,
               "skiprows": skiprows, "usecols": usecols, "unpack": unpack, "ndmin": ndmin, "encoding": encoding,
               "max_rows": max_rows}
    if answer := from_like(loadtxt, like, (fname,), options):
        return answer[0]
    if ndmin not in (0, 1, 2):
        raise ValueError(f"Illegal value of ndmin keyword: {ndmin}")
    dtype = np.dtype(float if dtype is None else dtype)
    if dtype.subdtype is not None:
        raise TypeError("file reader does not support subarray dtypes.  You can put the dtype into a structured one "
                        "using `np.dtype(('name', dtype))` to avoid this limitation.")
    as_bytes = encoding == "bytes"
    encoding = None if as_bytes else encoding
    delimiter = delimiter.decode("latin1") if isinstance(delimiter, bytes) else delimiter
    comments = [] if comments is None else [comments] if isinstance(comments, (str, bytes)) else list(comments)
    comments = [c.decode("latin1") if isinstance(c, bytes) else c for c in comments]
    if any(not c for c in comments):
        raise ValueError("comments cannot be an empty string. Use comments=None to disable comments.")
    # One character is looked for while a line is cut, anything else is cut off before.
    one = comments[0] if len(comments) == 1 and len(comments[0]) == 1 else None
    if one is None and comments and delimiter is not None and delimiter in comments:
        raise TypeError("The values for control characters 'comment' and 'delimiter' are incompatible")
    if one is None and comments and quotechar is not None:
        raise ValueError("when multiple comments or a multi-character comment is given, quotes are not supported.  "
                         "In this case quotechar must be set to None.")
    cutter = Cutter(delimiter, quotechar, one)
    columns = _columns(usecols)
    _check_converters(converters)
    skiprows, limit = _count(skiprows, 0), _count(max_rows, None)
    with _lines(fname, encoding) as lines:
        if one is None and comments:
            lines = _without(lines, comments)
        rows, table = _table(cutter.rows(itertools.islice(lines, skiprows, None)), dtype, columns, converters,
                             as_bytes, limit)
    if not rows:
        warnings.warn(f'loadtxt: input contained no data: "{fname}"', category=UserWarning, stacklevel=2)
    if table.ndim > ndmin:
        table = table.squeeze()
    while table.ndim < ndmin:
        table = np.atleast_1d(table) if ndmin == 1 or table.ndim == 0 else np.atleast_2d(table).T
    if unpack and table.dtype.names is not None:
        return [table[name] for name in table.dtype.names]
    return table.T if unpack else table


def _without(lines, comments):
    for line in lines:
        for comment in comments:
            line = line.partition(comment)[0]
        yield line


def _table(rows, dtype, columns, converters, as_bytes, limit):
    """The number of rows, and the array of their fields."""
    structured = dtype.names is not None
    parts = list(_flat(dtype))
    values, readers, width, number = [], None, None, 0
    for fields in rows:
        if limit is not None and len(values) >= limit:
            break
        number += 1
        if fields is None:
            number -= 1
            continue
        if columns is not None:
            for column in columns:
                if not -len(fields) <= column < len(fields):
                    raise ValueError(f"invalid column index {column} at row {number} with {len(fields)} columns")
            fields = [fields[column] for column in columns]
        if readers is None:
            width = len(fields)
            if structured and width != len(parts):
                raise ValueError(f"the dtype passed requires {len(parts)} columns but {width} were found at row "
                                 f"{number}; use `usecols` to select a subset and avoid this error")
            kinds = parts if structured else parts * width
            own = _converters(converters, width, columns, as_bytes)
            readers = [own.get(i) or _reader(kind) for i, kind in enumerate(kinds)]
        if len(fields) != width:
            if structured:
                raise ValueError(f"the dtype passed requires {len(parts)} columns but {len(fields)} were found at row "
                                 f"{number}; use `usecols` to select a subset and avoid this error")
            raise ValueError(f"the number of columns changed from {width} to {len(fields)} at row {number}; "
                             "use `usecols` to select a subset and avoid this error")
        if not own:
            with contextlib.suppress(ValueError):
                values.append([reader(text) for reader, text in zip(readers, fields)])
                continue
        row = []
        for i, (reader, text) in enumerate(zip(readers, fields)):
            try:
                row.append(reader(text))
            except Exception as error:
                if own.get(i) is not None and not isinstance(error, ValueError):
                    raise
                raise ValueError(f"could not convert string {text!r} to {kinds[i]} at row {len(values)}, "
                                 f"column {i + 1}.") from (error if own.get(i) is not None else None)
        values.append(row)
    if structured:
        return len(values), np.array([_nested(dtype, iter(row)) for row in values], dtype=dtype)
    if dtype.kind in "SU" and dtype.itemsize == 0:
        longest = max((len(text) for row in values for text in row), default=1)
        dtype = np.dtype(f"{dtype.kind}{max(longest, 1)}")
    if not values:
        return 0, np.empty((0,) if width is None else (0, width), dtype=dtype)
    if dtype.kind in "biuf":
        return len(values), np.array(values, dtype=dtype)
    table = np.empty((len(values), width), dtype=dtype)
    for i, row in enumerate(values):
        table[i] = row
    return len(values), table


rename_module(loadtxt)
