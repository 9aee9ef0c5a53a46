"""Arrays from files and from text: `fromfile` and `fromstring`."""

import os
import re

from .. import _native as _n
from .._utils import rename_module as _rename
from .overrides import from_like

__all__ = ["fromfile", "fromstring"]

_UNREAD = "string or file could not be read to its end due to unmatched data"
_REAL = r"(?:inf(?:inity)?|nan(?:\([0-9a-z_]*\))?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)"
_SPACE = " \t\n\r\f\v"
#: What one number looks like, by the kind of the dtype.
_NUMBER = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in {
    "i": r"[+-]?[0-9]+",
    "u": r"\+?[0-9]+",
    "b": rf"[+-]?{_REAL}",
    "f": rf"[+-]?{_REAL}",
    "c": rf"(?P<open>\()?(?:(?P<re>[+-]?{_REAL})(?![0-9.]*j)(?P<im>[+-]{_REAL}?j)?"
         rf"|(?P<alone>[+-]?{_REAL}?j))(?(open)\))",
}.items()}


def _real(text):
    """A float; what C allows behind `nan` in parentheses says nothing."""
    return float(text.partition("(")[0])


def _complex(found):
    def part(text):
        if text is None:
            return 0.0
        text = text[:-1] if text[-1] in "jJ" else text
        return _real(text + "1" if text in ("", "+", "-") else text)

    if found["alone"] is not None:
        return complex(0.0, part(found["alone"]))
    return complex(part(found["re"]), part(found["im"]))


def _integer(kind, bits):
    """The value of digits: cut off at 64 bits as C does, wrapped into fewer."""
    low, high = (0, 2**64 - 1) if kind == "u" else (-2**63, 2**63 - 1)
    span, offset = 2**bits, 0 if kind == "u" else 2 ** (bits - 1)

    def value(found):
        number = min(max(int(found[0]), low), high)
        return (number + offset) % span - offset

    return value


def _separator(text, at, sep):
    """Where the separator at a place ends: whitespace in it stands for any whitespace, or none. None for no match."""
    start, k = at, 0
    while True:
        if at == len(text):
            return at
        if k == len(sep):
            return at if at > start else None
        if sep[k] == " ":
            if text[at] in _SPACE:
                at += 1
            else:
                k += 1
        elif sep[k] != text[at]:
            return None
        else:
            k, at = k + 1, at + 1


def _parse(text, dtype, count, sep):
    """Numbers with separators between them."""
    if dtype.kind not in _NUMBER:
        raise ValueError("don't know how to read character strings with that array type")
    pattern = _NUMBER[dtype.kind]
    value = (_complex if dtype.kind == "c" else (lambda found: _real(found[0]) != 0) if dtype.kind == "b"
             else _integer(dtype.kind, 8 * dtype.itemsize) if dtype.kind in "iu"
             # Long double keeps its digits: its own constructor reads them.
             else (lambda found: dtype.type(found[0].partition("(")[0])) if dtype.char == "g"
             else lambda found: _real(found[0]))
    values, at, left = [], 0, count
    while at < len(text) and left != 0:
        while at < len(text) and text[at] in _SPACE:
            at += 1
        if at == len(text):
            break
        found = pattern.match(text, at)
        if found is None:
            raise ValueError(_UNREAD)
        values.append(value(found))
        left -= 1
        if left == 0:
            break
        at = _separator(text, found.end(), sep)
        if at is None:
            raise ValueError(_UNREAD)
    array = _n.zeros(max(count, len(values)), dtype=dtype)
    array[: len(values)] = values
    return array


def fromstring(string, dtype=float, count=-1, *, sep="", like=None):
    """Read numbers from text, `count` of them or all.

    Whitespace in `sep` matches any whitespace, also none. Text that does not match raises `ValueError`.
    """
    if answer := from_like(fromstring, like, (string,), {"dtype": dtype, "count": count, "sep": sep}):
        return answer[0]
    dtype = _n.dtype(float if dtype is None else dtype)
    if not sep:
        raise ValueError("The binary mode of fromstring is removed, use frombuffer instead")
    if dtype.hasobject:
        raise ValueError("Cannot create an object array from a string")
    if not isinstance(string, str):
        try:
            string = bytes(memoryview(string)).decode("latin1")
        except TypeError:
            raise TypeError(f"a bytes-like object is required, not '{type(string).__name__}'") from None
    return _parse(string, dtype, count if count >= 0 else -1, _plain(sep))


def _plain(sep):
    """A separator whose runs of whitespace are one space, with one at both ends."""
    return re.sub(rf"[{_SPACE}]+", " ", f" {sep} ")


def fromfile(file, dtype=float, count=-1, sep="", offset=0, *, like=None):
    """Read items from a file, `count` of them or all: raw bytes, or with `sep` text.

    `file` is a path or an open file with a descriptor, which is left behind what was read; `offset` counts bytes
    from its position.
    """
    options = {"dtype": dtype, "count": count, "sep": sep, "offset": offset}
    if answer := from_like(fromfile, like, (file,), options):
        return answer[0]
    dtype = _n.dtype(float if dtype is None else dtype)
    if sep and offset:
        raise TypeError("'offset' argument only permitted for binary files")
    if dtype.hasobject:
        raise ValueError("Cannot read into object array")
    if isinstance(file, (str, bytes, os.PathLike)):
        with open(file, "rb") as stream:
            return _read(stream, dtype, count, sep, offset)
    file.flush()
    position = file.tell()
    with open(os.dup(file.fileno()), "rb") as stream:
        stream.seek(position)
        array = _read(stream, dtype, count, sep, offset)
        position = stream.tell()
    file.seek(position)
    return array


def _read(stream, dtype, count, sep, offset):
    if sep:
        return _parse(stream.read().decode("latin1"), dtype, count if count >= 0 else -1, _plain(sep))
    if offset:
        stream.seek(offset, os.SEEK_CUR)
    if dtype.itemsize == 0:
        raise ValueError("The elements are 0-sized.")
    if count < 0:
        here = stream.tell()
        count = (stream.seek(0, os.SEEK_END) - here) // dtype.itemsize
        stream.seek(here)
        if count < 0:
            raise ValueError("negative dimensions are not allowed")
    array = _n.empty(count, dtype=dtype)
    have = 0
    if count:
        room = memoryview(array.view("u1"))
        while have < len(room):
            got = stream.readinto(room[have:])
            if not got:
                break
            have += got
    whole = have // dtype.itemsize
    return array if whole == count else array[:whole].copy()


for _function in (fromfile, fromstring):
    _rename(_function)
