"""Lines of text cut into fields: delimiters, quotes, comments."""

__all__ = ["Cutter", "control_character"]

_SPACE = " \t\n\r\f\v"


def control_character(name, value):
    """A single character that rules how text is cut, or None."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 1:
        raise TypeError(
            f"Text reading control character must be a single unicode character or None; but got: {value!r}")
    if value in "\r\n":
        raise TypeError(rf"control character '{name}' cannot be a newline (`\r` or `\n`).")
    return value


class Cutter:
    """Cuts lines into fields."""

    def __init__(self, delimiter, quote, comment):
        self.delimiter = control_character("delimiter", delimiter)
        self.quote = control_character("quotechar", quote)
        self.comment = control_character("comment", comment)
        named = [("comment", self.comment), ("delimiter", self.delimiter), ("quotechar", self.quote)]
        for i, (name, value) in enumerate(named):
            for other, same in named[i + 1:]:
                if value is not None and value == same:
                    raise TypeError(f"The values for control characters '{name}' and '{other}' are incompatible")
        for name, value in named:
            # Without a delimiter whitespace is one.
            if name != "delimiter" and self.delimiter is None and value is not None and value in _SPACE:
                raise TypeError(f"The values for control characters 'delimiter' and '{name}' are incompatible")

    def rows(self, lines):
        """The fields of each line that has any; None for a line that is empty or a comment."""
        lines = iter(lines)
        for line in lines:
            line = line.removesuffix("\n").removesuffix("\r")
            if self.quote is not None and self.quote in line:
                yield self._quoted(line, lines)
                continue
            if "\n" in line or "\r" in line:
                raise ValueError("Found an unquoted embedded newline within a single line of input.  "
                                 "This is currently not supported.")
            if self.comment is not None:
                line = line.partition(self.comment)[0]
            if self.delimiter is None:
                yield line.split() or None
            else:
                yield line.split(self.delimiter) if line else None

    def _quoted(self, line, lines):
        """The fields of a line with quotes, which may go over several lines."""
        fields, field, at, was_quoted, begun = [], [], 0, False, False
        while True:
            if at == len(line):
                break
            c = line[at]
            if c == self.quote and not begun:
                at, was_quoted, begun = at + 1, True, True
                while True:
                    end = line.find(self.quote, at)
                    if end < 0:
                        field.append(line[at:])
                        more = next(lines, None)
                        if more is None:
                            at = len(line)
                            break
                        field.append("\n")
                        line, at = more.removesuffix("\n").removesuffix("\r"), 0
                        continue
                    field.append(line[at:end])
                    if line[end + 1:end + 2] == self.quote:
                        field.append(self.quote)
                        at = end + 2
                        continue
                    at = end + 1
                    break
                continue
            if c == self.comment:
                break
            if (c in _SPACE) if self.delimiter is None else c == self.delimiter:
                if begun or was_quoted or self.delimiter is not None:
                    fields.append("".join(field))
                field, was_quoted, begun = [], False, False
            else:
                field.append(c)
                begun = True
            at += 1
        if begun or was_quoted or (self.delimiter is not None and fields):
            fields.append("".join(field))
        return fields or None
