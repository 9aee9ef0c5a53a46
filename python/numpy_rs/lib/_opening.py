"""Opening files by name, compressed ones as what they hold."""

import bz2
import gzip
import io
import lzma
import os

__all__ = ["open_text"]

_OPENERS = {"": io.open, ".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_SCHEMES = ("http://", "https://", "ftp://")


def _existing(path):
    """The file that a name stands for: itself, or with the ending of a compressed one."""
    ending = os.path.splitext(path)[1]
    names = [path] if ending in _OPENERS and ending else [path, *(path + more for more in _OPENERS if more)]
    return next((name for name in names if os.path.exists(name)), None)


def open_text(path, mode="rt", encoding=None):
    """Open a file of text by name; what it is compressed with is told by its ending. Addresses are fetched."""
    if "r" in mode and path.startswith(_SCHEMES):
        from urllib.request import urlopen

        with urlopen(path) as answer:
            data = io.BytesIO(answer.read())
        opener = _OPENERS.get(os.path.splitext(path)[1], None)
        return io.TextIOWrapper(data, encoding=encoding) if opener in (None, io.open) else opener(
            data, mode, encoding=encoding)
    name = path if "w" in mode else _existing(path)
    if name is None:
        raise FileNotFoundError(f"{path} not found.")
    opener = _OPENERS.get(os.path.splitext(name)[1], io.open)
    return opener(name, mode, encoding=encoding)
