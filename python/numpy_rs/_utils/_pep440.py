"""Comparing version numbers as PEP 440 orders them."""

import functools
import re

_VERSION = re.compile(
    r"\s*v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_n>\d+)?)?"
    r"(?:-(?P<post_bare>\d+)|[-_.]?(?P<post>post|rev|r)[-_.]?(?P<post_n>\d+)?)?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_n>\d+)?)?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*", re.IGNORECASE)
_PRE = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}


class InvalidVersion(ValueError):
    """A string that PEP 440 does not allow."""


@functools.total_ordering
class Version:
    """A version number that compares as PEP 440 says."""

    def __init__(self, version):
        match = _VERSION.fullmatch(version)
        if match is None:
            raise InvalidVersion(f"Invalid version: '{version}'")
        self._text = version.strip()
        part = match.groupdict()
        self.release = tuple(int(n) for n in part["release"].split("."))
        trimmed = self.release
        while len(trimmed) > 1 and trimmed[-1] == 0:
            trimmed = trimmed[:-1]
        is_post = part["post"] is not None or part["post_bare"] is not None
        self.is_devrelease = part["dev"] is not None
        self.is_postrelease = is_post
        self.local = part["local"]
        # A final release stands after its pre-releases, and a bare dev release before them.
        if part["pre"]:
            pre = (_PRE[part["pre"].lower()], int(part["pre_n"] or 0))
        else:
            pre = (-1, 0) if self.is_devrelease and not is_post else (3, 0)
        self.is_prerelease = part["pre"] is not None or self.is_devrelease
        post = int(part["post_bare"] or part["post_n"] or 0) if is_post else -1
        dev = int(part["dev_n"] or 0) if self.is_devrelease else float("inf")
        local = tuple((1, int(p), "") if p.isdigit() else (0, 0, p.lower())
                      for p in re.split(r"[-_.]", self.local)) if self.local else ()
        self._key = (int(part["epoch"] or 0), trimmed, pre, post, dev, bool(local), local)

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"<Version({self._text!r})>"

    def __hash__(self):
        return hash(self._key)

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented

    @property
    def public(self):
        return self._text.split("+", 1)[0]

    @property
    def base_version(self):
        return ".".join(map(str, self.release))


def parse(version):
    return Version(version)
