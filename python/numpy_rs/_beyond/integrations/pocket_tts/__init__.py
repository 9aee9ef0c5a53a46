"""pocket-tts on numpy_rs: its sound functions served by `numpy_rs.audio`.

    from numpy_rs.integrations import pocket_tts
    pocket_tts.install()        # before or after `import pocket_tts`
    pocket_tts.status()
    pocket_tts.uninstall()

Two packages of that name are known.  Of the fork 1.0.3 the modules `pocket_tts.numpy_rs` and
`pocket_tts.rust_audio` are replaced whole; what they had beyond our functions is fetched from the
originals, with one warning.  Of the release 4.0.1 `resample_poly`, the reading of sound files and the
writing of PCM are replaced.  Other versions are refused.
"""

import importlib.metadata
import importlib.util
import os
import re

from . import _fork, _release
from ._hooks import Hook

__all__ = ["install", "uninstall", "status"]

PACKAGE = "pocket_tts"
KNOWN = {"1.0.3": _fork, "4.0.1": _release}

_active = None


def _folder():
    """Where the package lies, without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{PACKAGE} is not installed: nothing to serve", name=PACKAGE)
    return list(spec.submodule_search_locations)[0]


def _version(folder):
    """The version of the package in a folder: what its installation says, else what its files tell."""
    try:
        found = importlib.metadata.distribution("pocket-tts")
        if os.path.realpath(str(found.locate_file(PACKAGE))) == os.path.realpath(folder):
            return found.version
    except importlib.metadata.PackageNotFoundError:
        pass
    project = os.path.join(os.path.dirname(folder), "pyproject.toml")
    if os.path.exists(project):
        with open(project, encoding="utf-8") as lines:
            told = re.search(r'^version\s*=\s*"([^"]+)"', lines.read(), re.MULTILINE)
        if told:
            return told[1]
    # The fork is used from a copy of its folder, too; nothing else has these two modules.
    return "1.0.3" if _has_files(folder, _fork) else "of unknown version"


def _has_files(folder, kind):
    return all(os.path.exists(os.path.join(folder, name)) for name in kind.FILES)


def install():
    """Serve pocket-tts's sound functions; RuntimeError for versions that are not known."""
    global _active
    if _active is not None:
        return
    folder = _folder()
    version = _version(folder)
    kind = KNOWN.get(version)
    if kind is None or not _has_files(folder, kind):
        raise RuntimeError(
            f"pocket-tts {version} is not known here; {', '.join(KNOWN)} are (1.0.3 being the fork with "
            "rust_audio). Nothing was changed.")
    hook = Hook(PACKAGE, kind.replacements())
    hook.install()
    _active = (version, kind, hook)


def uninstall():
    """Give pocket-tts its own functions back."""
    global _active
    if _active is not None:
        _active[2].uninstall()
        _active = None


def status():
    """What is served: a dict of `installed`, `version`, `kind`, `replaced`, `waiting` and `fallbacks`.

    `replaced` names what is served now, `waiting` the modules that are not imported yet, and `fallbacks`
    what was asked for and taken from the originals.
    """
    if _active is None:
        return {"installed": False, "version": None, "kind": None, "replaced": [], "waiting": [], "fallbacks": []}
    version, kind, hook = _active
    return {"installed": True, "version": version, "kind": kind.KIND, "replaced": hook.replaced(),
            "waiting": hook.waiting(), "fallbacks": sorted(hook.fallbacks)}
