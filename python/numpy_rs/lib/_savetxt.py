"""`savetxt`: an array of one or two axes as a table of text."""

import os

from .._core import numeric as np
from .._core.overrides import overridable
from ._opening import open_text
from ._type_check_impl import iscomplexobj

__all__ = ["savetxt"]


class _Encoded:
    """Writes text to a stream that takes text, or else bytes."""

    def __init__(self, stream, encoding):
        self.stream, self.encoding = stream, encoding
        self.write = self._first

    def _first(self, text):
        try:
            self.stream.write(text)
            self.write = self.stream.write
        except TypeError:
            self.stream.write(text.encode(self.encoding))
            self.write = lambda text: self.stream.write(text.encode(self.encoding))


def _format(fmt, count, delimiter, is_complex):
    """The format of a whole row."""
    if type(fmt) in (list, tuple):
        if len(fmt) != count:
            raise AttributeError(f"fmt has wrong shape.  {fmt!s}")
        return delimiter.join(fmt)
    if not isinstance(fmt, str):
        raise ValueError(f"invalid fmt: {fmt!r}")
    found = fmt.count("%")
    wrong = ValueError(f"fmt has wrong number of % formats:  {fmt}")
    if found == 1:
        one = f" ({fmt}+{fmt}j)" if is_complex else fmt
        return delimiter.join([one] * count)
    if found != (2 * count if is_complex else count):
        raise wrong
    return fmt


@overridable("X", module="numpy")
def savetxt(fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", footer="", comments="# ", encoding=None):
    """Write rows of formatted items; `header` and `footer` come behind `comments`.

    `fmt` is one format for all items, one for each column, or one for a whole row. `fname` is a path (also of a
    compressed file) or an open file.
    """
    fmt = fmt.decode("latin1") if isinstance(fmt, bytes) else fmt
    delimiter = delimiter.decode("latin1") if isinstance(delimiter, bytes) else delimiter
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    opened = None
    if isinstance(fname, str):
        # A path that cannot be written is found out before any work.
        open(fname, "wb").close()
        opened = open_text(fname, "wt", encoding=encoding or "latin1")
        write = opened.write
    elif hasattr(fname, "write"):
        stream = _Encoded(fname, encoding or "latin1")

        def write(text):
            stream.write(text)
    else:
        raise ValueError("fname must be a string or file handle")
    try:
        X = np.asarray(X)
        if X.ndim == 0 or X.ndim > 2:
            raise ValueError(f"Expected 1D or 2D array, got {X.ndim}D array instead")
        if X.ndim == 1:
            if X.dtype.names is None:
                X = np.atleast_2d(X).T
                count = 1
            else:
                count = len(X.dtype.names)
        else:
            count = X.shape[1]
        is_complex = iscomplexobj(X)
        row_format = _format(fmt, count, delimiter, is_complex)
        if header:
            write(comments + header.replace("\n", "\n" + comments) + newline)
        for row in X:
            if is_complex:
                text = row_format % tuple(part for item in row for part in (item.real, item.imag)) + newline
                write(text.replace("+-", "-"))
                continue
            try:
                text = row_format % tuple(row) + newline
            except TypeError as error:
                raise TypeError(f"Mismatch between array dtype ('{X.dtype!s}') and format specifier "
                                f"('{row_format!s}')") from error
            write(text)
        if footer:
            write(comments + footer.replace("\n", "\n" + comments) + newline)
    finally:
        if opened is not None:
            opened.close()
