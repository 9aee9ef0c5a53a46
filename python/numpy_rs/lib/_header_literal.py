"""Reads the header of a .npy file: one Python literal, and never anything that runs.

A header is a dictionary of strings, numbers, booleans, None, tuples and lists. Nesting is limited,
so that a hostile header costs neither stack nor time.
"""

import re

DEPTH = 32
_TOKEN = re.compile(
    r"""\s*(?:(?P<string>[bu]?'(?:[^'\\\n]|\\.)*'|[bu]?"(?:[^"\\\n]|\\.)*")"""
    r"""|(?P<number>[-+]?(?:\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+))(?P<long>L?)"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<mark>[()\[\]{},:]))""")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\", "0": "\0"}
_WORDS = {"True": True, "False": False, "None": None}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Reader:
    """The value of a text; `had_long` tells whether it held integers as Python 2 wrote them."""

    def __init__(self, text):
        self._text = text
        self._at = 0
        self.had_long = False
        self._kind, self._token = None, None
        self._advance()

    def whole(self):
        """The value, which must be all there is; ValueError if it is no plain literal."""
        value = self._value(0)
        if self._token is not None:
            raise ValueError("text after the literal")
        return value

    def _advance(self):
        rest = _TOKEN.match(self._text, self._at)
        if rest is None:
            if self._text[self._at:].strip():
                raise ValueError(f"not a literal at position {self._at}")
            self._kind, self._token = None, None
            return
        self._at = rest.end()
        self._kind = rest.lastgroup if rest.lastgroup != "long" else "number"
        self._token = rest[self._kind]
        self.had_long |= bool(rest["long"])

    def _value(self, depth):
        if depth > DEPTH:
            raise ValueError("too deeply nested")
        kind, token = self._kind, self._token
        if kind == "mark" and token in _CLOSING:
            return self._group(token, depth)
        self._advance()
        if kind == "string":
            return _string(token)
        if kind == "number":
            return float(token) if any(c in token for c in ".eE") else int(token)
        if kind == "word" and token in _WORDS:
            return _WORDS[token]
        raise ValueError(f"not a literal: {token!r}")

    def _group(self, opening, depth):
        closing = _CLOSING[opening]
        self._advance()
        items, keys, comma = [], [], False
        while self._token != closing or self._kind != "mark":
            if self._token is None:
                raise ValueError("the literal ends early")
            item = self._value(depth + 1)
            if opening == "{":
                self._expect(":")
                keys.append(item)
                item = self._value(depth + 1)
            items.append(item)
            comma = self._token == "," and self._kind == "mark"
            if comma:
                self._advance()
            elif self._token != closing:
                raise ValueError("a comma is missing")
        self._advance()
        if opening == "{":
            if any(not isinstance(key, str) for key in keys):
                raise ValueError("keys must be strings")
            return dict(zip(keys, items))
        if opening == "[":
            return items
        return items[0] if len(items) == 1 and not comma else tuple(items)

    def _expect(self, mark):
        if self._kind != "mark" or self._token != mark:
            raise ValueError(f"expected {mark!r}")
        self._advance()


def _string(token):
    prefix = token[0] if token[0] in "bu" else ""
    body = token[len(prefix) + 1:-1]

    def plain(match):
        code = match[1]
        if code[0] in "xuU" and len(code) > 1:
            return chr(int(code[1:], 16))
        if code not in _ESCAPES:
            raise ValueError(f"escape not understood: {match[0]}")
        return _ESCAPES[code]

    text = _ESCAPE.sub(plain, body)
    return text.encode("latin1") if prefix == "b" else text
