"""How the package was built, as `show_config` tells it."""

from enum import Enum

__all__ = ["show_config"]


class DisplayModes(Enum):
    stdout = "stdout"
    dicts = "dicts"


def _configuration():
    import platform
    import sys

    from .version import numpy_rs_version, version

    return {
        "Build": {"numpy_rs": numpy_rs_version, "NumPy API": version, "compiler": "rustc"},
        "Machine Information": {
            "host": {"cpu": platform.machine(), "family": platform.machine(),
                     "endian": sys.byteorder, "system": platform.system().lower()},
        },
        "Build Dependencies": {"blas": {"name": "faer"}, "lapack": {"name": "faer"}},
        "Python Information": {"path": sys.executable, "version": platform.python_version()},
        "SIMD Extensions": {"baseline": [], "found": [], "not found": []},
    }


CONFIG = _configuration()


def show(mode=DisplayModes.stdout.value):
    """Print the build configuration, or return it with `mode="dicts"`."""
    try:
        mode = DisplayModes(mode)
    except ValueError:
        raise AttributeError(
            "Invalid `mode`, use one of: "
            f"{', '.join(repr(m.value) for m in DisplayModes)}.\n".rstrip()) from None
    if mode is DisplayModes.dicts:
        return CONFIG
    import json

    print(json.dumps(CONFIG, indent=2))


def show_config(mode=DisplayModes.stdout.value):
    return show(mode)


show_config.__doc__ = show.__doc__
show_config.__module__ = __name__.partition(".")[0]
