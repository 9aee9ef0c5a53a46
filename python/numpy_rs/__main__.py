"""`python -m numpy_rs prog.py args...`, `-m module args...` or `-c code args...`: numpy is numpy_rs there."""

import os
import sys

_USAGE = """usage: python -m numpy_rs program.py [argument ...]
       python -m numpy_rs -m module [argument ...]
       python -m numpy_rs -c code [argument ...]

Runs a program in which `import numpy` gives numpy_rs, in it and in the processes that it starts.
"""


def _without_our_frames(original):
    """An exception hook that shows the program's frames only."""
    # The hook outlives this module's namespace, which the program takes over.
    ours = {__file__, _main.__code__.co_filename, "<frozen runpy>"}

    def hook(kind, error, traceback):
        kept = traceback
        while kept is not None and kept.tb_frame.f_code.co_filename in ours:
            kept = kept.tb_next
        original(kind, error.with_traceback(kept or traceback), kept or traceback)

    return hook


def _namespace(file):
    """The real `__main__` namespace, emptied for the program."""
    space = sys.modules["__main__"].__dict__
    builtins = space["__builtins__"]
    space.clear()
    space.update(__name__="__main__", __doc__=None, __package__=None, __spec__=None, __loader__=None,
                 __builtins__=builtins)
    if file is not None:
        from importlib.machinery import SourceFileLoader

        space.update(__file__=file, __cached__=None, __loader__=SourceFileLoader("__main__", file))
    return space


def _set_path(first):
    if not getattr(sys.flags, "safe_path", False) and sys.path:
        sys.path[0] = first


def _main(arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        (sys.stdout if arguments else sys.stderr).write(_USAGE)
        return 0 if arguments else 2
    from ._dropin import install

    install()
    sys.excepthook = _without_our_frames(sys.excepthook)
    first, rest = arguments[0], arguments[1:]
    if first == "-m":
        import runpy

        if not rest:
            sys.stderr.write(_USAGE)
            return 2
        sys.argv[:] = ["-m", *rest[1:]]
        runpy._run_module_as_main(rest[0], alter_argv=True)
        return None
    if first == "-c":
        if not rest:
            sys.stderr.write(_USAGE)
            return 2
        sys.argv[:] = ["-c", *rest[1:]]
        _set_path("")
        exec(compile(rest[0], "<string>", "exec"), _namespace(None))
        return None
    sys.argv[:] = [first, *rest]
    if os.path.isdir(first) or first.endswith(".zip"):
        import runpy

        runpy.run_path(first, run_name="__main__")
        return None
    _set_path(os.path.dirname(os.path.realpath(first)))
    try:
        with open(first, "rb") as file:
            source = file.read()
    except OSError as error:
        sys.stderr.write(f"{sys.executable}: can't open file {os.path.abspath(first)!r}: "
                         f"[Errno {error.errno}] {error.strerror}\n")
        return 2
    exec(compile(source, first, "exec"), _namespace(first))
    return None


if __name__ == "__main__":
    _status = _main(sys.argv[1:])
    if _status is not None:
        sys.exit(_status)
