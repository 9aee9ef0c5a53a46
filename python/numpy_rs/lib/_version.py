"""Versions of NumPy that compare in the order of their releases."""

import re

__all__ = ["NumpyVersion"]

_RELEASE = re.compile(r"\d+\.\d+\.\d+")
_STAGE = re.compile(r"(a|b|rc)\d+")


class NumpyVersion:
    """A version `major.minor.micro` with a stage such as `rc1` and a mark for development builds."""

    __module__ = __name__.rpartition(".")[0]

    def __init__(self, vstring):
        self.vstring = vstring
        release = _RELEASE.match(vstring)
        if release is None:
            raise ValueError("Not a valid numpy version string")
        self.version = release.group()
        self.major, self.minor, self.bugfix = map(int, self.version.split("."))
        rest = vstring[release.end():]
        stage = _STAGE.match(rest)
        self.pre_release = stage.group() if stage else "final" if not rest else ""
        self.is_devversion = ".dev" in vstring

    def _order(self):
        # Stages compare as text, and a release comes behind all of its stages.
        stage = self.pre_release == "final", self.pre_release
        return (self.major, self.minor, self.bugfix), stage, not self.is_devversion

    def _both(self, other):
        if not isinstance(other, (str, NumpyVersion)):
            raise ValueError("Invalid object to compare with NumpyVersion.")
        return self._order(), (NumpyVersion(other) if isinstance(other, str) else other)._order()

    def __lt__(self, other):
        one, two = self._both(other)
        return one < two

    def __le__(self, other):
        one, two = self._both(other)
        return one <= two

    def __eq__(self, other):
        one, two = self._both(other)
        return one == two

    def __ne__(self, other):
        one, two = self._both(other)
        return one != two

    def __gt__(self, other):
        one, two = self._both(other)
        return one > two

    def __ge__(self, other):
        one, two = self._both(other)
        return one >= two

    __hash__ = None

    def __repr__(self):
        return f"NumpyVersion({self.vstring})"
