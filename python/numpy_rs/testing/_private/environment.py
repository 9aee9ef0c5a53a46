"""What the machine and the interpreter are, and decorators that skip tests they cannot run."""

import functools
import os
import pathlib
import platform
import sys
import sysconfig

from ... import _core as _core_package
from ..._core import multiarray

IS_WASM = platform.machine() in ("wasm32", "wasm64")
IS_PYPY = sys.implementation.name == "pypy"
IS_PYSTON = hasattr(sys, "pyston_version_info")
HAS_REFCOUNT = hasattr(sys, "getrefcount") and not IS_PYSTON
IS_64BIT = sys.maxsize > 2**32
IS_MUSL = "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "")
NOGIL_BUILD = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
NUMPY_ROOT = pathlib.Path(_core_package.__file__).parent.parent
IS_INSTALLED = any(part in ("site-packages", "dist-packages") for part in NUMPY_ROOT.parts)
IS_EDITABLE = False
#: Matrix products here report floating-point events, and there is no LAPACK with 64-bit integers.
BLAS_SUPPORTS_FPE = True
HAS_LAPACK64 = False
LONG_DOUBLE_IS_IBM_DOUBLE_DOUBLE = (
    platform.machine().startswith("ppc") and multiarray.dtype("longdouble").itemsize == 16)


def _proc_stat(field, path=None):
    with open(path or f"/proc/{os.getpid()}/stat") as stream:
        return int(stream.readline().split(" ")[field])


def memusage(_proc_pid_stat=None):
    """Virtual memory of this process in bytes; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        raise NotImplementedError("memory use is only known on Linux")
    try:
        return _proc_stat(22, _proc_pid_stat)
    except (OSError, ValueError, IndexError):
        return None


def jiffies(_proc_pid_stat=None, _load_time=[]):
    """Hundredths of a second of user time, or of wall time where the system does not tell."""
    import time
    if not _load_time:
        _load_time.append(time.time())
    try:
        return _proc_stat(13, _proc_pid_stat)
    except (OSError, ValueError, IndexError):
        return int(100 * (time.time() - _load_time[0]))


def check_support_sve():
    """Whether the CPU has Arm's scalable vectors."""
    try:
        with open("/proc/cpuinfo") as stream:
            return "sve" in stream.read()
    except OSError:
        return False


def _glibc_older_than(version):
    try:
        mine = os.confstr("CS_GNU_LIBC_VERSION").rsplit(" ")[1]
    except (AttributeError, ValueError, OSError, IndexError):
        return False
    return mine < version


_UNITS = {"": 1, "b": 1}
for _i, _letter in enumerate("kmgt", 1):
    _UNITS[_letter] = _UNITS[_letter + "b"] = 1000**_i
    _UNITS[_letter + "ib"] = 1024**_i


def _parse_size(text):
    """Bytes from a text such as `12 GB`."""
    bare = text.strip().lower()
    digits = len(bare) - len(bare.lstrip("0123456789."))
    number, unit = bare[:digits], bare[digits:].strip()
    try:
        return int(float(number) * _UNITS[unit])
    except (ValueError, KeyError):
        raise ValueError(f"value {text!r} not a valid size") from None


def _get_mem_available():
    """Available memory in bytes, or None."""
    try:
        with open("/proc/meminfo") as stream:
            rows = dict(line.split(":", 1) for line in stream)
        return int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def check_free_memory(free_bytes):
    """None when so much memory is free, else what is missing."""
    limit = os.environ.get("NPY_AVAILABLE_MEM")
    if limit is not None:
        try:
            available = _parse_size(limit)
        except ValueError as error:
            raise ValueError(f"Invalid environment variable NPY_AVAILABLE_MEM: {error}") from None
        message = (f"{free_bytes / 1e9} GB memory required, but environment variable "
                   f"NPY_AVAILABLE_MEM={limit} set")
    else:
        available = _get_mem_available()
        if available is None:
            return "the available memory is unknown; set NPY_AVAILABLE_MEM (e.g. to 16GB)"
        message = f"{free_bytes / 1e9} GB memory required, but {available / 1e9} GB available"
    return message if available < free_bytes else None


def requires_memory(free_bytes):
    """Skips a test that needs more memory than is free."""
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            import pytest
            message = check_free_memory(free_bytes)
            if message is not None:
                pytest.skip(message)
            try:
                return function(*args, **kwargs)
            except MemoryError:
                pytest.xfail("MemoryError raised")
        return wrapper
    return decorate


def requires_deep_recursion(function):
    """Skips a test of deep recursion where the stack is small."""
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        import pytest
        if IS_PYSTON or IS_WASM or not IS_64BIT:
            pytest.skip("deep recursion is not possible here")
        flags = f"{sysconfig.get_config_var('CFLAGS')} {sysconfig.get_config_var('CONFIG_ARGS')}"
        if "sanitize" in flags:
            pytest.skip("sanitizers limit the stack")
        return function(*args, **kwargs)
    return wrapper
